package engineroom.transfer;

import engineroom.Engine;
import engineroom.http.Handler;
import engineroom.http.Problems;
import engineroom.http.Request;
import engineroom.http.Response;
import engineroom.http.Sent;
import engineroom.json.SchemaCheck;
import engineroom.modelfile.ModelReader;
import engineroom.modelfile.ModelReader.Reading;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.outcome.Change;
import engineroom.problem.ProblemException;
import engineroom.server.Wiring;
import engineroom.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// A depot with products, served over a store without the network. Guests know nothing of a
/// product's `margin`, and only administrators write its `checked`.
final class Depot implements AutoCloseable {
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
  private static final String MODEL =
      """
      engineroom: 1
      name: depot
      store: sqlite:data/depot.db
      entities:
        category:
          plural: categories
          fields:
            name: { type: text, unique: true }
            code: { type: text? }
          access: { read: true, write: true }
        product:
          fields:
            sku: { type: text, unique: true }
            name: { type: text, max: 40 }
            stock: { type: integer, default: 5, min: 0 }
            price: { type: money?, currency: EUR }
            cost: money?
            note: text?
            since: date?
            tags: text[]?
            category: { type: category?, inverse: products }
            replaces: { type: product?, inverse: replacedBy }
            margin: { type: integer?, hidden: true }
            checked: { type: boolean, default: false, readOnly: true }
          access: { read: true, write: true }
        vault:
          fields:
            code: { type: text, unique: true }
      """;

  private final Store store;
  private final Handler doors;

  Depot(Store store, Reading.Good good) {
    this.store = store;
    var wiring = new Wiring(Wiring.Keys.of(new byte[32]));
    Engine engine = wiring.engine(store);
    doors = wiring.doors(engine, good.settings());
  }

  static void write(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("engineroom.yaml"), MODEL);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Reading.Good model(Path folder) {
    write(folder);
    return switch (ModelReader.read(folder, Map.of(), new SchemaCheck())) {
      case Reading.Good good -> good;
      case Reading.Bad(var mistakes) -> throw new AssertionError(mistakes);
    };
  }

  /// What came back.
  record Answer(int status, Map<String, String> headers, String body) {
    String id() {
      var found = ID.matcher(body);
      if (!found.find()) {
        throw new AssertionError("no id in " + body);
      }
      return found.group(1);
    }
  }

  Answer csv(String query, String file) {
    return upload("admin", query, "text/csv", file.getBytes(StandardCharsets.UTF_8));
  }

  Answer csvAsGuest(String query, String file) {
    return upload("guest", query, "text/csv", file.getBytes(StandardCharsets.UTF_8));
  }

  Answer upload(String caller, String query, String type, byte[] file) {
    return send(caller, "POST", "/api/products/import?" + query, type, file);
  }

  Answer get(String target) {
    return send("admin", "GET", target, "", new byte[0]);
  }

  Answer undo(String id) {
    return send("admin", "DELETE", "/api/imports/" + id, "", new byte[0]);
  }

  Answer json(String method, String target, String body) {
    return send("admin", method, target, "application/json", body.getBytes(StandardCharsets.UTF_8));
  }

  Answer send(String caller, String method, String target, String type, byte[] body) {
    var headers = type.isEmpty() ? Map.<String, String>of() : Map.of("content-type", type);
    return send(caller, method, target, headers, body);
  }

  Answer send(
      String caller, String method, String target, Map<String, String> headers, byte[] body) {
    int mark = target.indexOf('?');
    var path = mark < 0 ? target : target.substring(0, mark);
    var who = caller.equals("admin") ? Caller.Administrator.ADMINISTRATOR : Caller.Guest.GUEST;
    var call =
        new Call(who, Instant.now(), method, "127.0.0.1", "request-1", Duration.ofSeconds(60));
    Function<String, Optional<String>> find =
        name -> Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    var request =
        new Request(
            method, path, mark < 0 ? "" : target.substring(mark + 1), find::apply, body, call);
    var response = answered(request);
    return new Answer(response.status(), response.headers(), Sent.text(response));
  }

  private Response answered(Request request) {
    try {
      return doors.handle(request);
    } catch (ProblemException e) {
      return Problems.response(e.problem(), request.call().requestId());
    }
  }

  /// The products as lines of `sku,name,stock`, in order of sku.
  String products() {
    return get("/api/products?sort=sku&limit=500&fields=sku,name,stock").body();
  }

  /// The entities of the log's changes, in their order.
  List<String> changed() {
    return store.changes(0, 10_000_000).stream().map(Change::entity).toList();
  }

  /// How many changes the log has.
  int changes() {
    return store.changes(0, 10_000_000).size();
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    store.close();
  }
}
