package engineroom.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A line to a server that can be cut at any byte, or fall silent, as networks do.
final class CutLine implements AutoCloseable {
  private final ServerSocket entrance;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean silent;

  CutLine(int target) throws IOException {
    this.target = target;
    this.entrance = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return entrance.getLocalPort();
  }

  private void accept() {
    while (!entrance.isClosed()) {
      try {
        var near = entrance.accept();
        Thread.ofVirtual().start(() -> join(near));
      } catch (IOException _) {
        return; // it was closed
      }
    }
  }

  private void join(Socket near) {
    sockets.add(near);
    try {
      var far = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.add(far);
      Thread.ofVirtual().start(() -> pass(near, far));
      pass(far, near);
    } catch (IOException _) {
      end(near);
    }
  }

  private void pass(Socket from, Socket to) {
    try (from;
        to) {
      pass(from.getInputStream(), to.getOutputStream());
    } catch (IOException _) {
      // cut
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private void pass(InputStream in, OutputStream out) throws IOException {
    var bytes = new byte[8192];
    var mute = false;
    for (var read = in.read(bytes); read >= 0; read = in.read(bytes)) {
      mute |= silent; // what missed a part never speaks again
      if (!mute) {
        out.write(bytes, 0, read);
      }
    }
  }

  /// Ends all connections; new ones are taken.
  void cut() {
    sockets.forEach(CutLine::end);
  }

  /// Swallows from now on what either side says, and tells nobody.
  void fallSilent() {
    silent = true;
  }

  /// Lets new connections speak. Those that said something meanwhile stay without an answer, and
  /// nobody ends them: both sides have to find out.
  void speak() {
    silent = false;
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // it is over
    }
  }

  @Override
  public void close() throws IOException {
    entrance.close();
    cut();
  }
}
