package engineroom.bench;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.sqlite.SQLiteConnection;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// The limit of GraphQL: each measured operation as one statement written by hand, on the same HTTP
/// library, driver and tables. It reads the name of the operation and the variables, and no
/// document.
public final class LimitGraphQl {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String PRICE = "format('\"%d.%02d\"', ";

  private static final String BY_KEY =
      """
      SELECT '{"id":"' || t.id || '","name":' || json_quote(t.name) || ',"composer":' ||
      json_quote(t.composer) || ',"milliseconds":' || t.milliseconds || ',"unitPrice":' ||
      """
          + PRICE
          + "t.unitPrice / 100, t.unitPrice % 100) || '}' FROM track t WHERE t.id = ?";

  private static final String THREE =
      """
      SELECT '{"name":' || json_quote(a.name) || ',"albums":[' || ifnull((SELECT group_concat(j, ',')
      FROM (SELECT '{"title":' || json_quote(b.title) || ',"tracks":[' || ifnull((SELECT
      group_concat('{"name":' || json_quote(t.name) || '}', ',') FROM (SELECT name FROM track
      WHERE album = b.id ORDER BY id LIMIT 50) t), '') || ']}' AS j FROM album b
      WHERE b.artist = a.id ORDER BY b.id LIMIT 10)), '') || ']}' FROM artist a ORDER BY a.id LIMIT ?
      """;

  private static final String RULE =
      """
      SELECT '{"id":"' || i.id || '","total":' ||
      """
          + PRICE
          + """
          i.total / 100, i.total % 100) || ',"billingCity":' || json_quote(i.billingCity) ||
          ',"customer":{"firstName":' || json_quote(c.firstName) || ',"lastName":' ||
          json_quote(c.lastName) || '}}' FROM invoice i JOIN customer c ON c.id = i.customer
          WHERE c.agent = (SELECT id FROM user WHERE email = ?) AND i.total >= 100 AND
          i.billingCountry = ? AND i.total > ? ORDER BY i.total DESC, i.id DESC LIMIT 20
          """;

  /// Who asks, among what is read of a request.
  private static final String CALLER = "@caller";

  private final BlockingQueue<Reader> readers;

  /// Who is signed in, by what they send.
  private final Map<String, String> sessions;

  private LimitGraphQl(Path file, Map<String, String> sessions) throws SQLException {
    this.sessions = sessions;
    int cores = Runtime.getRuntime().availableProcessors();
    readers = new ArrayBlockingQueue<>(cores);
    for (int i = 0; i < cores; i++) {
      readers.add(new Reader(LimitReads.open(file, "query_only = ON")));
    }
  }

  /// One connection's statements.
  private static final class Reader {
    final LimitStatement byKey;
    final LimitStatement three;
    final LimitStatement rule;

    Reader(SQLiteConnection connection) throws SQLException {
      byKey = new LimitStatement(connection, BY_KEY);
      three = new LimitStatement(connection, THREE);
      rule = new LimitStatement(connection, RULE);
      connection.setAutoCommit(false);
      connection.getDatabase()._exec("COMMIT");
    }
  }

  /// Serves a database file on a free port of this machine.
  public static void main(String... arguments) throws Exception {
    var session = Map.of("Bearer " + System.getenv("TOKEN"), ChinookApp.AGENT);
    var limit = new LimitGraphQl(Path.of(arguments[0]), session);
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
    var asked = strings(request.content().as(byte[].class));
    request
        .headers()
        .value(HeaderNames.AUTHORIZATION)
        .map(sessions::get)
        .ifPresent(caller -> asked.put(CALLER, caller));
    try {
      var reader = readers.take();
      byte[] body;
      try {
        body = answer(reader, asked);
      } finally {
        readers.add(reader);
      }
      response.header("Content-Type", "application/graphql-response+json; charset=utf-8");
      LimitServer.HEADERS.stream().skip(1).forEach(response::header);
      response.send(body);
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException("the limit program can't read", e);
    }
  }

  /// The texts and numbers of a request, whatever they are in.
  private static Map<String, String> strings(byte[] body) {
    var found = new HashMap<String, String>();
    try (var json = JSON.createParser(ObjectReadContext.empty(), body)) {
      for (var token = json.nextToken(); token != null; token = json.nextToken()) {
        take(json, token, found);
      }
    }
    return found;
  }

  private static void take(JsonParser json, JsonToken token, Map<String, String> found) {
    if (token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT) {
      found.put(json.currentName(), json.getString());
    }
  }

  private static byte[] answer(Reader reader, Map<String, String> asked) throws SQLException {
    return switch (asked.getOrDefault("operationName", "")) {
      case "ByKey" -> one(reader.byKey, Long.parseLong(asked.getOrDefault("id", "0")));
      case "Three" -> rows("artists", reader.three, Long.parseLong(asked.getOrDefault("n", "0")));
      case String _ ->
          rows(
              "invoices",
              reader.rule,
              asked.getOrDefault(CALLER, ""),
              asked.getOrDefault("country", ""),
              new BigDecimal(asked.getOrDefault("min", "0")).movePointRight(2).longValueExact());
    };
  }

  private static byte[] one(LimitStatement statement, long id) throws SQLException {
    var out = new ByteArrayOutputStream(256);
    out.writeBytes(ascii("{\"data\":{\"track\":"));
    out.writeBytes(statement.run(id) ? statement.bytes(0) : ascii("null"));
    statement.reset();
    out.writeBytes(ascii("}}"));
    return out.toByteArray();
  }

  private static byte[] rows(String field, LimitStatement rows, Object... values)
      throws SQLException {
    var out = new ByteArrayOutputStream(16_384);
    out.writeBytes(ascii("{\"data\":{\"" + field + "\":["));
    var separator = false;
    for (var there = rows.run(values); there; there = rows.next()) {
      if (separator) {
        out.write(',');
      }
      out.writeBytes(rows.bytes(0));
      separator = true;
    }
    rows.reset();
    out.writeBytes(ascii("]}}"));
    return out.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
