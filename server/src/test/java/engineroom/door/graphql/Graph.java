package engineroom.door.graphql;

import engineroom.data.Value;
import engineroom.http.Handler;
import engineroom.http.Sent;
import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import engineroom.json.JsonWriter;
import engineroom.json.SchemaCheck;
import engineroom.modelfile.ModelReader;
import engineroom.modelfile.ModelReader.Reading;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.server.Wiring;
import engineroom.store.MemoryStore;
import engineroom.store.Store;
import engineroom.testkit.ManualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/// The small shop of the scenarios, asked through its GraphQL door without the network.
final class Graph {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final String ID = "01980000-0000-7000-8000-0000000000";
  private static final Path SHOP = Path.of("../scenarios/shop-small");

  private final Store store;
  private final Handler doors;

  /// An answer of the door.
  record Answer(int status, Map<String, String> headers, String body) {
    /// What a path of member names and positions leads to, as JSON.
    String at(Object... path) {
      Json json = JsonReader.read(body.getBytes(StandardCharsets.UTF_8), JsonLimits.defaults());
      for (var step : path) {
        json =
            switch (json) {
              case Json.Obj(var members) when step instanceof String name ->
                  members.getOrDefault(name, Json.Null.NULL);
              case Json.Arr(var elements) when step instanceof Integer index ->
                  index < elements.size() ? elements.get(index) : Json.Null.NULL;
              case Json _ -> Json.Null.NULL;
            };
      }
      return JsonWriter.text(json);
    }

    String data() {
      return at("data");
    }

    String errors() {
      return at("errors");
    }
  }

  private Graph(Store store, Reading.Good good) {
    this.store = store;
    var wiring = new Wiring(Wiring.Keys.of(new byte[32]), new ManualClock(NOW), new Random(1));
    doors = wiring.doors(wiring.engine(store), good.settings());
  }

  static Reading.Good model() {
    return switch (ModelReader.read(SHOP, Map.of(), new SchemaCheck())) {
      case Reading.Good good -> good;
      case Reading.Bad(var mistakes) -> throw new AssertionError(mistakes.toString());
    };
  }

  /// With the rows that every scenario begins with.
  static Graph shop() {
    var good = model();
    return over(new MemoryStore(good.model()), good);
  }

  static Graph over(Store store, Reading.Good good) {
    var graph = new Graph(store, good);
    try {
      Files.readAllLines(SHOP.resolve("rows.txt")).stream()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" ", 3))
          .forEach(line -> graph.put("/api/" + line[0] + "/" + id(line[1]), line[2]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return graph;
  }

  Handler doors() {
    return doors;
  }

  /// The id that ends in two digits.
  static String id(String ending) {
    return ID + ending;
  }

  private void put(String path, String body) {
    var answer = send("admin", "PUT", path, Map.of("Content-Type", "application/json"), body);
    if (answer.status() > 201) {
      throw new AssertionError(path + " brought " + answer);
    }
  }

  /// Asks with a document alone.
  Answer ask(String caller, String document) {
    return ask(caller, document, "{}");
  }

  /// Asks with variables, as JSON.
  Answer ask(String caller, String document, String variables) {
    var query = JsonWriter.text(new Json.Text(document));
    return post(caller, "{\"query\":" + query + ",\"variables\":" + variables + "}");
  }

  Answer post(String caller, String body) {
    return send(caller, "POST", "/graphql", Map.of("Content-Type", "application/json"), body);
  }

  Answer send(
      String caller, String method, String target, Map<String, String> headers, String body) {
    var call =
        new Call(caller(caller), NOW, method, "127.0.0.1", "request-1", Duration.ofSeconds(60));
    var response = new Sent(method, target, new LinkedHashMap<>(headers), body).to(doors, call);
    return new Answer(response.status(), response.headers(), Sent.text(response));
  }

  private Caller caller(String words) {
    return switch (words) {
      case "guest" -> Caller.Guest.GUEST;
      case "admin" -> Caller.Administrator.ADMINISTRATOR;
      default -> user(words.split(" "));
    };
  }

  /// `user ann staff`: the users' ids begin with the first letter of their names.
  private Caller user(String[] words) {
    var id = new Value.Uuid(UUID.fromString(id(words[1].charAt(0) + "1")));
    var row = store.write(transaction -> transaction.find("user", id)).orElseThrow();
    var roles = Set.copyOf(Arrays.asList(words).subList(2, words.length));
    return new Caller.User(id, roles, Map.of(), row);
  }
}
