package engineroom.bench;

import engineroom.bench.LimitWriter.Address;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// The limit: what a careful programmer writes by hand for these few requests, on the same HTTP
/// library, driver and tables. No engine, no rules, no log, no entity tags.
public final class LimitServer {
  static final List<Header> HEADERS =
      List.of(
          HeaderValues.createCached("Content-Type", "application/json"),
          HeaderValues.createCached("Vary", "Accept-Encoding"),
          HeaderValues.createCached("X-Content-Type-Options", "nosniff"),
          HeaderValues.createCached("Referrer-Policy", "no-referrer"),
          HeaderValues.createCached("Cross-Origin-Resource-Policy", "same-origin"),
          HeaderValues.createCached(
              "Content-Security-Policy",
              "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox"));
  private static final List<String> MEMBERS =
      List.of("customer", "street", "postcode", "city", "country");
  private static final JsonFactory JSON = new JsonFactory();
  private static final String PRODUCTS = "/api/products";

  private final LimitStore store;
  private final byte[] authorization;

  private LimitServer(LimitStore store, byte[] authorization) {
    this.store = store;
    this.authorization = authorization;
  }

  /// Serves a database file on a free port of this machine.
  public static void main(String... arguments) throws Exception {
    var file = Path.of(arguments[0]);
    serve(new LimitStore.Sqlite(new LimitReads(file), new LimitWriter(file)));
  }

  /// Serves what a store has on a free port of this machine.
  static void serve(LimitStore store) {
    var key = "Bearer " + System.getenv("ENGINEROOM_ADMIN_KEY");
    var limit = new LimitServer(store, key.getBytes(StandardCharsets.UTF_8));
    var server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .backlog(1024)
            .featuresDiscoverServices(false)
            .protocolsDiscoverServices(false)
            .connectionOptions(options -> options.tcpNoDelay(true))
            .addProtocol(Http1Config.builder().build())
            .routing(routing -> routing.any(limit::handle))
            .build()
            .start();
    System.out.println("Limit is ready at http://127.0.0.1:" + server.port());
  }

  private void handle(ServerRequest request, ServerResponse response) {
    var path = request.path().rawPath();
    var get = request.prologue().method().text().equals("GET");
    byte @Nullable [] body = get ? read(path, request) : write(path, request);
    if (body == null) {
      response.status(404).send();
      return;
    }
    response.status(get ? 200 : 201);
    HEADERS.forEach(response::header);
    response.send(body);
  }

  private byte @Nullable [] read(String path, ServerRequest request) {
    if (path.length() > PRODUCTS.length()) {
      var rest = path.substring(PRODUCTS.length() + 1);
      return rest.equals("aggregate") ? store.groups() : store.one(rest);
    }
    var query = request.query();
    return query.contains("expand") ? store.expanded() : store.list(query.get("category"));
  }

  private byte @Nullable [] write(String path, ServerRequest request) {
    var given = request.headers().value(HeaderNames.AUTHORIZATION).orElse("");
    if (!path.equals("/api/addresses")
        || !MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), authorization)) {
      return null;
    }
    return store.write(address(request.content().as(byte[].class)));
  }

  private static Address address(byte[] body) {
    var texts = new String[] {"", "", "", "", ""};
    try (var json = JSON.createParser(ObjectReadContext.empty(), body)) {
      json.nextToken();
      for (var name = json.nextName(); name != null; name = json.nextName()) {
        json.nextToken();
        texts[MEMBERS.indexOf(name)] = json.getString();
      }
    }
    return new Address(texts[0], texts[1], texts[2], texts[3], texts[4]);
  }
}
