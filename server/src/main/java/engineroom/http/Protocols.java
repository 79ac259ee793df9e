package engineroom.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.task.InterruptableTask;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.http2.Http2Config;
import io.helidon.webserver.http2.Http2ConnectionSelector;
import io.helidon.webserver.http2.Http2Upgrader;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/// HTTP/1.1 and HTTP/2 as the library speaks them, over a [Wire] that keeps our limits. Tells the
/// two apart itself: the library (4.5.0) waits for ever where the beginning of HTTP/2 comes in
/// pieces.
final class Protocols implements ServerConnectionSelector {
  /// How HTTP/2 begins (RFC 9113, section 3.4).
  private static final byte[] PREFACE = "PRI * HTTP/2".getBytes(StandardCharsets.US_ASCII);

  /// The wire refuses long before.
  private static final int UNLIMITED = Integer.MAX_VALUE / 2;

  private final Exchange exchange;
  private final Accepted accepted;
  private final ServerConnectionSelector http1;
  private final ServerConnectionSelector http2;

  /// @param exchange knows the limits of the moment
  Protocols(Exchange exchange, Accepted accepted, Http2Config settings) {
    this.exchange = exchange;
    this.accepted = accepted;
    var config =
        Http1Config.builder()
            .maxPrologueLength(UNLIMITED)
            .maxHeadersSize(UNLIMITED)
            .addReceiveListener(new Received(exchange))
            .addSendListener(new Sent())
            .build();
    var upgrader = Http2Upgrader.create(settings);
    http2 = Http2ConnectionSelector.builder().http2Config(settings).build();
    http1 =
        Http1ConnectionSelector.builder()
            .config(config)
            .putUpgrader(upgrader.supportedProtocol(), upgrader)
            .build();
  }

  /// Ends a connection whose client is still sending a body that nobody wants.
  static final class Unread extends CloseConnectionException {
    Unread() {
      super("the body is not read");
    }
  }

  @Override
  public int bytesToIdentifyConnection() {
    return 0;
  }

  @Override
  public Support supports(BufferData data) {
    return Support.SUPPORTED;
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return Set.of("http/1.1", "h2");
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    var client = accepted.client(context.remotePeer().address());
    var wire = new Wire(context, client, exchange::limits);
    var out = new Outlet(context.dataWriter(), client, exchange::limits);
    var wired = new Wired(context, wire, DataReader.create(wire), out);
    if (version2(context.dataReader())) {
      wire.other();
      return http2.connection(wired);
    }
    return new Connection(http1.connection(wired), wire);
  }

  private static boolean version2(DataReader begin) {
    try {
      return begin.startsWith(PREFACE);
    } catch (DataReader.InsufficientDataAvailableException e) {
      throw new CloseConnectionException("the client left", e);
    }
  }

  /// Tells the wire how far the library has read.
  private record Received(Exchange exchange) implements Http1ConnectionListener {
    @Override
    public void prologue(ConnectionContext context, HttpPrologue prologue) {
      wire(context).line(prologue);
    }

    @Override
    public void headers(ConnectionContext context, Headers headers) {
      var wire = wire(context);
      if (headers.contains(HeaderNames.UPGRADE) && !body(headers)) {
        wire.other();
      } else {
        wire.header(exchange.intake(wire.head(new Exchange.Fields(headers))));
      }
    }

    /// With a body the library does not take another protocol.
    private static boolean body(Headers headers) {
      return headers.contains(HeaderNames.TRANSFER_ENCODING)
          || headers.value(HeaderNames.CONTENT_LENGTH).filter(n -> !n.equals("0")).isPresent();
    }
  }

  /// Tells the wire what has been answered.
  private static final class Sent implements Http1ConnectionListener {
    @Override
    public void headers(ConnectionContext context, Headers headers) {
      wire(context).answering();
    }
  }

  private static Wire wire(ConnectionContext context) {
    if (context instanceof Wired wired) {
      return wired.wire();
    }
    throw new IllegalStateException("a connection without its wire");
  }

  /// A connection of the library that takes its bytes from a wire.
  private record Wired(
      ConnectionContext library, Wire wire, DataReader dataReader, DataWriter dataWriter)
      implements ConnectionContext {
    @Override
    public ListenerContext listenerContext() {
      return library.listenerContext();
    }

    @Override
    public ExecutorService executor() {
      return library.executor();
    }

    @Override
    public Router router() {
      return library.router();
    }

    @Override
    public HelidonSocket serverSocket() {
      return library.serverSocket();
    }

    @Override
    public PeerInfo remotePeer() {
      return library.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
      return library.localPeer();
    }

    @Override
    public boolean isSecure() {
      return library.isSecure();
    }

    @Override
    public String socketId() {
      return library.socketId();
    }

    @Override
    public String childSocketId() {
      return library.childSocketId();
    }
  }

  /// Leaves a client that was refused in the middle of its request only when it has read why.
  private static final class Connection implements ServerConnection, InterruptableTask<Void> {
    private final ServerConnection library;
    private final Wire wire;
    private volatile boolean closing;

    Connection(ServerConnection library, Wire wire) {
      this.library = library;
      this.wire = wire;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
      try {
        ScopedValue.where(Wire.CURRENT, wire).call(() -> served(limit));
        linger();
      } catch (Unread e) {
        linger();
        throw e;
      }
    }

    private ServerConnection served(Limit limit) throws InterruptedException {
      library.handle(limit);
      return library;
    }

    private void linger() {
      if (!closing) {
        wire.linger();
      }
    }

    @Override
    public boolean canInterrupt() {
      return library instanceof InterruptableTask<?> task && task.canInterrupt();
    }

    @Override
    public Void call() {
      throw new IllegalStateException("a connection is not called");
    }

    @Override
    public Duration idleTime() {
      return library.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
      closing = true;
      library.close(interrupt);
    }
  }
}
