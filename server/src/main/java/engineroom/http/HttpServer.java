package engineroom.http;

import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsConfig;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.service.registry.GlobalServiceRegistry;
import io.helidon.service.registry.ServiceRegistryConfig;
import io.helidon.service.registry.ServiceRegistryManager;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http2.Http2Config;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// The HTTP server: HTTP/1.1 and HTTP/2 on one port, a virtual thread for each request, everything
/// within limits.
public final class HttpServer implements AutoCloseable {
  /// How long clients are told to leave before the port closes.
  private static final Duration FAREWELL = Duration.ofMillis(300);

  /// The library closes a connection of HTTP/2 over a header that is too long; so it reads more
  /// than is allowed, and ours answers 431.
  private static final int HEADER_SLACK = 8;

  private static final AtomicBoolean LOADED = new AtomicBoolean();

  private final WebServer server;
  private final Exchange exchange;
  private final Accepted accepted;
  private final AccessLog log;

  private HttpServer(WebServer server, Exchange exchange, Accepted accepted, AccessLog log) {
    this.server = server;
    this.exchange = exchange;
    this.accepted = accepted;
    this.log = log;
  }

  /// Looks for mistakes that would stop a start.
  ///
  /// @throws IllegalArgumentException with a text for the operator
  public static void check(HttpConfig config) {
    var files = config.tls();
    if (files != null) {
      PemFiles.read(files);
    }
  }

  /// Makes the library ready, so that a start that has other things to do meanwhile is shorter by
  /// it. Changes nothing else.
  public static void load() {
    if (LOADED.getAndSet(true)) {
      return; // each has a thread that the library never ends
    }
    plugNothingIn();
    var _ =
        WebServer.builder()
            .shutdownHook(false)
            .featuresDiscoverServices(false)
            .protocolsDiscoverServices(false)
            .build();
  }

  /// The library would look through every jar for parts to plug in, which takes a fifteenth of what
  /// a start costs. Ours are all named where they are used.
  private static void plugNothingIn() {
    if (!GlobalServiceRegistry.configured()) {
      var none =
          ServiceRegistryConfig.builder()
              .discoverServices(false)
              .discoverServicesFromServiceLoader(false)
              .build();
      GlobalServiceRegistry.registry(ServiceRegistryManager.create(none).registry());
    }
  }

  /// Starts to listen; returns once requests are served.
  public static HttpServer start(HttpConfig config, HttpParts parts) {
    plugNothingIn();
    var log = new AccessLog();
    try {
      var exchange = new Exchange(config, parts, log);
      var accepted = new Accepted(exchange::limits);
      var builder = configure(config, exchange, accepted);
      var files = config.tls();
      if (files != null) {
        builder.tls(tls(new Certificates(files, parts.clock())));
      }
      var server = builder.build().start();
      accepted.start();
      return new HttpServer(server, exchange, accepted, log);
    } catch (RuntimeException e) {
      log.close();
      throw e;
    }
  }

  /// The port listened on.
  public int port() {
    return server.port();
  }

  /// From the next request on, the limits and origins of another configuration hold. Where the
  /// server listens stays; so do the limits that the library keeps, of HTTP/2's header and of one
  /// read, and the number of requests at once.
  public void follow(HttpConfig config) {
    exchange.follow(config);
  }

  /// Stops without failing anybody: `/ready` says no, clients on open connections are told to
  /// leave, the port closes, and requests under way end or run out of their time.
  @Override
  public void close() {
    if (!server.isRunning()) {
      return;
    }
    exchange.stop();
    LockSupport.parkNanos(FAREWELL.toNanos());
    server.stop();
    exchange.forget();
    accepted.close();
    log.close();
  }

  private static WebServerConfig.Builder configure(
      HttpConfig config, Exchange exchange, Accepted accepted) {
    var limits = config.limits();
    return WebServer.builder()
        .host(config.host())
        .port(config.port())
        .backlog(1024)
        .maxTcpConnections(limits.connectionsMax())
        .shutdownHook(false)
        .shutdownGracePeriod(config.shutdown())
        .featuresDiscoverServices(false)
        .protocolsDiscoverServices(false)
        .useNio(false)
        .connectionOptions(accepted)
        .directHandlers(refusals(exchange))
        .addConnectionSelector(new Protocols(exchange, accepted, http2(limits)))
        .routing(routing -> routing.any(exchange::handle));
  }

  private static Http2Config http2(Limits limits) {
    return Http2Config.builder()
        .maxHeaderListSize(HEADER_SLACK * limits.headerBytesMax() + limits.urlBytesMax())
        .maxConcurrentStreams(128)
        .build();
  }

  private static Tls tls(Certificates certificates) {
    return Tls.create(
        TlsConfig.builder()
            .sslContext(StrictTls.over(certificates.context()))
            .applicationProtocols(List.of("h2", "http/1.1"))
            .buildPrototype());
  }

  /// What the library refuses by itself is told in our words.
  private static DirectHandlers refusals(Exchange exchange) {
    var refusal = new Refusal(exchange);
    var handlers = DirectHandlers.builder();
    for (var event : EventType.values()) {
      handlers.addHandler(event, refusal);
    }
    return handlers.build();
  }
}
