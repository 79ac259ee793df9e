package engineroom.http;

import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.ServerConnectionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// The connections that came in, and the watch over how long they take. The library (4.5.0) sets no
/// time limit for reads, whatever its `readTimeout` says. A [Wire] takes its client from here to
/// make the limits finer.
final class Accepted implements SocketOptions, AutoCloseable {
  /// A client of HTTP/2 is silent while it waits for an answer, which may take as long as a request
  /// and a little.
  private static final int REQUESTS_SILENT = 2;

  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  private final Supplier<Limits> limits;
  private final SocketOptions library = SocketOptions.builder().tcpNoDelay(true).build();
  private final Map<SocketAddress, Client> clients = new ConcurrentHashMap<>();
  private final Thread watch;
  private volatile boolean closed;

  /// The other end of one connection, and how long we wait for it. Waiting costs nothing while all
  /// goes well: the limits of what may take long are looked at from outside, by [Accepted].
  static final class Client {
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

  /// @param limits those of the moment
  Accepted(Supplier<Limits> limits) {
    this.limits = limits;
    watch = Thread.ofPlatform().name("http-watch").daemon().unstarted(this::watch);
  }

  /// Begins to watch.
  void start() {
    watch.start();
  }

  /// The client at an address.
  ///
  /// @throws ServerConnectionException if it has left
  Client client(SocketAddress address) {
    var client = clients.get(address);
    if (client == null) {
      throw new ServerConnectionException(
          "the client left", new UncheckedIOException(new SocketException("closed")));
    }
    return client;
  }

  /// Asked by the library, on one thread, for each new connection.
  @Override
  public void configureSocket(SocketChannel channel) {
    library.configureSocket(channel);
    try {
      var client = new Client(channel.socket());
      client.patience(silence(limits.get()));
      clients.put(channel.getRemoteAddress(), client);
    } catch (SocketException _) {
      return; // gone already, as its first read will tell
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void watch() {
    while (!closed) {
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
      var now = System.nanoTime();
      clients.values().removeIf(Client::gone);
      clients.values().forEach(client -> client.look(now));
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(watch);
  }

  /// How long a client of HTTP/2 may say nothing.
  static Duration silence(Limits limits) {
    return limits.request().multipliedBy(REQUESTS_SILENT);
  }

  @Override
  public Map<SocketOption<?>, Object> socketOptions() {
    return library.socketOptions();
  }

  @Override
  public Duration connectTimeout() {
    return library.connectTimeout();
  }

  @Override
  public Duration readTimeout() {
    return library.readTimeout();
  }

  @Override
  public Optional<Integer> socketReceiveBufferSize() {
    return library.socketReceiveBufferSize();
  }

  @Override
  public Optional<Integer> socketSendBufferSize() {
    return library.socketSendBufferSize();
  }

  @Override
  public boolean socketReuseAddress() {
    return library.socketReuseAddress();
  }

  @Override
  public boolean socketKeepAlive() {
    return library.socketKeepAlive();
  }

  @Override
  public boolean tcpNoDelay() {
    return library.tcpNoDelay();
  }
}
