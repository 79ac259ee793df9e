package engineroom.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.authorize.Authorizer;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.explain.AccessMatrix;
import engineroom.explain.AccessMatrix.Action;
import engineroom.explain.AccessMatrix.Cell;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Literal;
import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import engineroom.model.Model;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.store.MemoryStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `explain=access` says is what happens.
class ExplainAccessTest {
  /// Callers as scenarios and as `explain=access` name them.
  private static final Map<String, String> CALLERS =
      Map.of(
          "guest",
          "guest",
          "user ann",
          Shop.id("a1"),
          "user bob staff",
          Shop.id("b1") + ",role:staff",
          "user cleo owner",
          Shop.id("c1") + ",role:owner");

  @TempDir private Path folder;

  private static Shop shop() {
    var good = Place.model(Place.SMALL_SHOP);
    return new Shop(new MemoryStore(good.model()), good).with(Place.SMALL_SHOP.resolve("rows.txt"));
  }

  private static List<String> rows() throws IOException {
    return Files.readAllLines(Place.SMALL_SHOP.resolve("rows.txt")).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> "/api/" + line.split(" ", -1)[0] + "/" + Shop.id(line.split(" ", -1)[1]))
        .toList();
  }

  @Test
  void the_verdict_on_a_read_is_the_answer_to_it() throws IOException {
    var shop = shop();
    for (var path : rows()) {
      for (var caller : CALLERS.entrySet()) {
        var report = explained(shop, "GET", path, caller.getValue(), "");
        int status = shop.get(caller.getKey(), path).status();
        assertThat(allowed(report)).as(caller.getKey() + " " + path).isEqualTo(status == 200);
        agrees(report);
      }
    }
  }

  @Test
  void the_verdict_on_a_write_is_the_answer_to_it_and_explaining_writes_nothing()
      throws IOException {
    for (var caller : CALLERS.entrySet()) {
      for (var path : rows()) {
        var shop = shop();
        for (var method : List.of("PATCH", "DELETE")) {
          var body = method.equals("PATCH") ? change(path) : "";
          var report = explained(shop, method, path, caller.getValue(), body);
          agrees(report);
          assertThat(shop.changes()).isEmpty();
          int status = shop.send(caller.getKey(), method, path + "?validate=only", body).status();
          assertThat(allowed(report)).as(caller + " " + method + path).isEqualTo(status < 300);
        }
      }
    }
  }

  private static String change(String path) {
    return switch (path.split("/", -1)[2]) {
      case "users" -> "{\"nick\": \"N\"}";
      case "categories" -> "{\"name\": \"New\"}";
      case "products" -> "{\"stock\": 77}";
      case "customers" -> "{\"city\": \"Paris\"}";
      case "orders" -> "{\"remark\": \"new\"}";
      case "lines" -> "{\"quantity\": 9}";
      case "reviews" -> "{\"rating\": 2}";
      default -> "{\"entry\": \"new\"}";
    };
  }

  private static Json explained(Shop shop, String method, String path, String as, String body) {
    var answer = shop.send("admin", method, path + "?explain=access&as=" + as, body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    return JsonReader.read(bytes, JsonLimits.defaults());
  }

  private static Json member(Json json, String name) {
    return json instanceof Json.Obj(var members)
        ? members.getOrDefault(name, Json.Null.NULL)
        : Json.Null.NULL;
  }

  private static boolean allowed(Json report) {
    return member(member(report, "verdict"), "allowed").equals(new Json.Bool(true));
  }

  /// Of every rule that was asked of a row, the parts give what the engine decided.
  private static void agrees(Json report) {
    assertThat(member(report, "rules")).isInstanceOf(Json.Arr.class);
    for (var rule : ((Json.Arr) member(report, "rules")).elements()) {
      if (!member(rule, "row").equals(Json.Null.NULL)) {
        var value = member(member(rule, "trace"), "value");
        var truth = value.equals(new Json.Bool(true));
        assertThat(new Json.Bool(truth)).as(report.toString()).isEqualTo(member(rule, "holds"));
      }
    }
  }

  @Test
  void shows_no_value_of_a_hidden_field() throws IOException {
    Files.writeString(
        folder.resolve("engineroom.yaml"),
        """
        engineroom: 1
        name: Doors
        entities:
          door:
            fields:
              code: { type: text, hidden: true }
              name: text
            access:
              read: code.lower() == name
        """);
    var good = Place.model(folder);
    var shop = new Shop(new MemoryStore(good.model()), good);
    var path = "/api/doors/" + Shop.id("01");
    assertThat(shop.send("admin", "PUT", path, "{\"code\": \"Sesame\", \"name\": \"x\"}").status())
        .isEqualTo(201);
    var answer = shop.get("admin", path + "?explain=access&as=guest").body();
    assertThat(answer)
        .contains("{\"text\":\"code.lower()\",\"value\":\"(secret)\"")
        .contains("{\"text\":\"code\",\"value\":\"(secret)\"}")
        .doesNotContain("esame");
  }

  @Test
  void the_matrix_says_always_and_never_only_where_it_is_so_for_every_caller() {
    for (var place : List.of(Place.SMALL_SHOP, Place.HISTORY, Place.BILLS, Place.TRASH)) {
      var model = Place.model(place).model();
      var matrix = AccessMatrix.of(model);
      var authorizer = new Authorizer(model);
      assertThat(matrix.cells()).isNotEmpty();
      var decided =
          matrix.cells().stream().filter(cell -> matrix.rule(cell) instanceof Literal).toList();
      for (var cell : decided) {
        assertThat(alike(model, cell.who()))
            .as(cell.toString())
            .allMatch(caller -> granted(authorizer, caller, cell).equals(matrix.rule(cell)));
      }
    }
  }

  private static Expression granted(Authorizer authorizer, Caller caller, Cell cell) {
    var call = new Call(caller, Shop.NOW, "GET", "127.0.0.1", "r", Duration.ofSeconds(1));
    var rights = authorizer.grants(call).on(cell.entity());
    if (!cell.field().isEmpty()) {
      return cell.action() == Action.READ
          ? rights.readOf(cell.field())
          : rights.writeOf(cell.field());
    }
    return switch (cell.action()) {
      case READ -> rights.read();
      case CREATE -> rights.create();
      case UPDATE -> rights.update();
      case DELETE, WRITE -> rights.delete();
    };
  }

  /// Callers of one kind, with claims and without.
  private static List<Caller> alike(Model model, String who) {
    if (who.equals(AccessMatrix.GUEST)) {
      return List.of(Caller.Guest.GUEST);
    }
    if (who.equals(AccessMatrix.ADMINISTRATOR)) {
      return List.of(Caller.Administrator.ADMINISTRATOR);
    }
    var roles = model.roles().containsKey(who) ? Set.of(who) : Set.<String>of();
    var callers = new ArrayList<Caller>();
    for (Map<String, Value> claims : List.of(Map.<String, Value>of(), Map.of("a", Value.of("b")))) {
      Value id = new Value.Uuid(new UUID(0, claims.size()));
      callers.add(new Caller.User(id, roles, claims, new Row(Map.of("id", id))));
    }
    return callers;
  }
}
