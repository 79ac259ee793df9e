package engineroom.http;

import io.helidon.common.socket.SocketOptions;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The sockets that came in, each with a time limit for its reads: the library (4.5.0) sets none,
/// whatever its `readTimeout` says. A [Wire] takes its socket from here to make the limit finer.
final class Accepted implements SocketOptions {
  /// A client of HTTP/2 is silent while it waits for an answer, which may take as long as a request
  /// and a little.
  private static final int REQUESTS_SILENT = 2;

  private static final int SWEEP_MIN = 1024;

  private final Supplier<Limits> limits;
  private final SocketOptions library = SocketOptions.builder().tcpNoDelay(true).build();
  private final Map<SocketAddress, Socket> waiting = new ConcurrentHashMap<>();
  private int sweepAt = SWEEP_MIN;

  /// @param limits those of the moment
  Accepted(Supplier<Limits> limits) {
    this.limits = limits;
  }

  /// The socket of a client, once; null where it is not known any more.
  @Nullable Socket take(SocketAddress client) {
    return waiting.remove(client);
  }

  /// Asked by the library, on one thread, for each new connection.
  @Override
  public void configureSocket(SocketChannel channel) {
    library.configureSocket(channel);
    try {
      var socket = channel.socket();
      socket.setSoTimeout(millis(silence(limits.get())));
      waiting.put(channel.getRemoteAddress(), socket);
    } catch (SocketException _) {
      return; // gone already, as its first read will tell
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sweep();
  }

  /// Some connections end before they are taken, those of HTTP/2 are never taken.
  private void sweep() {
    if (waiting.size() >= sweepAt) {
      waiting.values().removeIf(Socket::isClosed);
      sweepAt = Math.max(SWEEP_MIN, 2 * waiting.size());
    }
  }

  /// How long a client of HTTP/2 may say nothing.
  static Duration silence(Limits limits) {
    return limits.request().multipliedBy(REQUESTS_SILENT);
  }

  /// At least one, as 0 stands for ever.
  static int millis(Duration limit) {
    return Math.clamp(limit.toMillis(), 1, Integer.MAX_VALUE);
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
