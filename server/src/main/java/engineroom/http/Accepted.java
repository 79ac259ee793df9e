package engineroom.http;

import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.ServerConnectionException;
import java.io.IOException;
import java.io.UncheckedIOException;
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
