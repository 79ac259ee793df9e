package engineroom.http;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;

/// The other end of one connection, and how long we wait for it. Waiting costs nothing while all
/// goes well: the limits of what may take long are looked at from outside, by [Accepted].
final class Client {
  private static final long NONE = 0;

  private final Socket socket;
  private int readMillis;

  /// By [System#nanoTime]; [#NONE] while nothing is awaited.
  private volatile long silentUntil = NONE;

  private volatile long takenUntil = NONE;

  Client(Socket socket) {
    this.socket = socket;
  }

  /// How long each of the next reads may take.
  void patience(Duration limit) throws SocketException {
    await(Math.clamp(limit.toMillis(), 1, Integer.MAX_VALUE));
  }

  private void await(int millis) throws SocketException {
    if (millis != readMillis) {
      socket.setSoTimeout(millis);
      readMillis = millis;
    }
  }

  /// Nothing need come, but silence has an end.
  void idle(Duration limit) throws SocketException {
    await(0);
    silentUntil = after(limit);
  }

  /// Something came, or nobody waits.
  void heard() {
    silentUntil = NONE;
  }

  /// Bytes are on their way to it.
  ///
  /// @param limit until when they must be taken
  void sending(Duration limit) {
    takenUntil = after(limit);
  }

  void taken() {
    takenUntil = NONE;
  }

  private static long after(Duration limit) {
    var end = System.nanoTime() + limit.toNanos();
    return end == NONE ? 1 : end;
  }

  /// Whether the connection has ended.
  boolean gone() {
    return socket.isClosed();
  }

  /// Ends what takes too long: silence as if the client had left, and an answer that is not taken
  /// with the connection.
  void look(long now) {
    try {
      if (over(takenUntil, now)) {
        socket.close();
      } else if (over(silentUntil, now)) {
        heard();
        socket.shutdownInput();
      }
    } catch (IOException _) {
      taken(); // it has just ended by itself
    }
  }

  private static boolean over(long end, long now) {
    return end != NONE && now - end > 0;
  }
}
