package engineroom.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.http.Handler;
import engineroom.http.Sent;
import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import engineroom.modelfile.ModelReader.Reading;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.server.Wiring;
import engineroom.store.Store;
import engineroom.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// The app of `scenarios/computed` under random writes: every value that is kept has a twin that is
/// worked out when somebody asks, called `…Now`.
final class Twins {
  private static final List<String> PLURALS =
      List.of("regions", "customers", "orders", "lines", "products");
  private static final String NOW = "Now";
  private static final Duration TIME = Duration.ofSeconds(60);

  private final Handler doors;
  private final Random random;
  private final Map<String, List<String>> ids = new LinkedHashMap<>();
  private final Map<String, Map<String, Json>> before = new LinkedHashMap<>();
  private Instant time = Shop.NOW;
  private int done;
  private int refused;

  Twins(Store store, Reading.Good good, long seed) {
    this.random = new Random(seed);
    var wiring =
        new Wiring(Wiring.Keys.of(new byte[32]), new ManualClock(Shop.NOW), new Random(seed));
    this.doors = wiring.doors(wiring.engine(store), good.settings());
    PLURALS.forEach(plural -> ids.put(plural, new ArrayList<>()));
  }

  /// Writes that were taken.
  int done() {
    return done;
  }

  /// Writes something and proves that all twins agree.
  void step(String said) {
    var request = write();
    time = time.plusSeconds(1);
    var answer = send(request);
    if (answer.status() < 300) {
      done++;
    } else {
      refused++;
      assertThat(answer.status()).as("%s: %s brought %s", said, request, answer).isLessThan(500);
    }
    prove(
        "%s, after %d writes and %d refusals, the last %s".formatted(said, done, refused, request));
  }

  private record Request(String method, String path, String body) {}

  private record Answer(int status, String body) {}

  private Answer send(Request request) {
    var headers = request.body().isEmpty() ? Map.<String, String>of() : JSON;
    var call =
        new Call(
            Caller.Administrator.ADMINISTRATOR, time, request.method(), "::1", "request", TIME);
    var response =
        new Sent(request.method(), request.path(), headers, request.body()).to(doors, call);
    return new Answer(response.status(), Sent.text(response));
  }

  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  private void prove(String said) {
    for (var plural : PLURALS) {
      var known = new ArrayList<String>();
      for (var row : rows(plural)) {
        var id = member(row, "id") instanceof Json.Text(var text) ? text : "";
        known.add(id);
        agree(said + ": " + plural + " " + id, row);
        versioned(said + ": " + plural + " " + id, row, before.put(id, row));
      }
      ids.put(plural, known);
    }
  }

  private List<Map<String, Json>> rows(String plural) {
    var body = send(new Request("GET", "/api/" + plural + "?limit=500", "")).body();
    var json =
        (Json.Obj) JsonReader.read(body.getBytes(StandardCharsets.UTF_8), JsonLimits.defaults());
    var data = (Json.Arr) member(json.members(), "data");
    return data.elements().stream().map(row -> ((Json.Obj) row).members()).toList();
  }

  private static Json member(Map<String, Json> members, String name) {
    return members.getOrDefault(name, Json.Null.NULL);
  }

  private static void agree(String said, Map<String, Json> row) {
    row.forEach(
        (name, value) -> {
          var twin = row.get(name + NOW);
          if (twin != null) {
            assertThat(value).as("%s: %s", said, name).isEqualTo(twin);
          }
        });
  }

  /// What is kept never changes without a new version, for that is what the ETag says.
  private static void versioned(
      String said, Map<String, Json> now, @Nullable Map<String, Json> before) {
    if (before == null || !member(before, "version").equals(member(now, "version"))) {
      return;
    }
    now.forEach(
        (name, value) -> {
          if (!name.endsWith(NOW)) {
            assertThat(value)
                .as("%s: %s without a new version", said, name)
                .isEqualTo(member(before, name));
          }
        });
  }

  private Request write() {
    return switch (random.nextInt(19)) {
      case 0 -> new Request("POST", "/api/regions", "{\"name\": \"" + word() + "\"}");
      case 1 ->
          new Request("POST", "/api/customers", object("name", text(), "region", some("regions")));
      case 2, 3 -> new Request("POST", "/api/products", product());
      case 4, 5 -> new Request("POST", "/api/orders", order());
      case 6 -> new Request("POST", "/api/lines", line(true));
      case 7 -> change("lines", object("quantity", number(5)));
      case 8 -> change("lines", object("order", some("orders"), "product", some("products")));
      case 9 -> change("orders", object("customer", maybe("customers"), "open", truth()));
      case 10 -> change("orders", object("title", text(), "discount", number(100)));
      case 11 -> change("customers", object("region", maybe("regions"), "name", text()));
      case 12 -> change("products", object("price", number(900), "set", maybe("products")));
      case 13 -> change("products", "{\"price\": {\"$add\": 7}, \"weight\": \"0.125\"}");
      case 14 -> change("orders", "{\"lines\": " + nested() + "}");
      case 15 -> remove();
      case 16 -> many();
      case 17 -> batch();
      default -> upsert();
    };
  }

  private Request change(String plural, String body) {
    return new Request("PATCH", "/api/" + plural + "/" + id(plural), body);
  }

  private Request remove() {
    var plural = PLURALS.get(random.nextInt(PLURALS.size()));
    return new Request("DELETE", "/api/" + plural + "/" + id(plural), "");
  }

  private Request many() {
    return switch (random.nextInt(4)) {
      case 0 -> new Request("DELETE", "/api/lines?quantity.gt=4&max=50", "");
      case 1 -> new Request("PATCH", "/api/lines?quantity.lt=2&max=90", "{\"quantity\": 2}");
      case 2 -> new Request("DELETE", "/api/orders?total.eq=0&max=3", "");
      default ->
          new Request("PATCH", "/api/products?price.lt=200&max=90", "{\"price\": {\"$add\": 3}}");
    };
  }

  private Request batch() {
    var body =
        """
        {"requests": [
          {"as": "o", "method": "POST", "path": "/orders", "body": %s},
          {"method": "POST", "path": "/lines", "body": {"order": "$o.id", "product": %s, "quantity": 2}},
          {"method": "PATCH", "path": "/products/%s", "body": {"price": %s}}
        ]}
        """
            .formatted(order(), some("products"), id("products"), number(700));
    return new Request("POST", "/api/batch", body);
  }

  private Request upsert() {
    var rows = "[" + product() + ", " + product() + "]";
    return random.nextBoolean()
        ? new Request("PUT", "/api/products?by=name", rows)
        : new Request("PUT", "/api/lines/" + id("lines"), line(true));
  }

  private String product() {
    return object(
        "name", text(), "price", number(500), "weight", "\"" + random.nextInt(9) + ".25\"");
  }

  private String order() {
    var lines = new ArrayList<String>();
    for (int i = random.nextInt(3); i > 0; i--) {
      lines.add(line(false));
    }
    return object("title", text(), "customer", maybe("customers"), "lines", lines.toString());
  }

  private String line(boolean alone) {
    var product = some("products");
    return alone
        ? object("order", some("orders"), "product", product, "quantity", number(6))
        : object("product", product, "quantity", number(6));
  }

  private String nested() {
    return "{\"create\": [%s], \"delete\": [%s]}"
        .formatted(line(false), random.nextBoolean() ? some("lines") : "");
  }

  /// Names and values in turn.
  private static String object(String... parts) {
    var members = new ArrayList<String>();
    for (int i = 0; i < parts.length; i += 2) {
      members.add("\"" + parts[i] + "\": " + parts[i + 1]);
    }
    return "{" + String.join(", ", members) + "}";
  }

  private String word() {
    return "n" + random.nextInt(30);
  }

  private String text() {
    return "\"" + word() + "\"";
  }

  private String number(int bound) {
    return String.valueOf(1 + random.nextInt(bound));
  }

  private String truth() {
    return String.valueOf(random.nextBoolean());
  }

  private String maybe(String plural) {
    return random.nextInt(4) == 0 ? "null" : some(plural);
  }

  private String some(String plural) {
    return "\"" + id(plural) + "\"";
  }

  private String id(String plural) {
    var known = ids.getOrDefault(plural, List.of());
    return known.isEmpty() ? Shop.id("00") : known.get(random.nextInt(known.size()));
  }
}
