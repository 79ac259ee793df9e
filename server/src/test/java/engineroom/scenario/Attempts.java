package engineroom.scenario;

import engineroom.scenario.Questions.Question;
import java.util.List;
import java.util.Random;

/// Makes requests that write, at random, of every kind and many of them wrong; each is only
/// validated, so that both databases stay as they are.
final class Attempts {
  private static final String JSON = "application/json";

  /// What is tried on one entity.
  ///
  /// @param ids of rows, some of them hidden
  /// @param whole a row that might be new
  /// @param members what might change
  private record Kind(String plural, List<String> ids, String whole, List<String> members) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              "customers",
              List.of("22", "22", "21", "23"),
              "\"name\":\"tea\",\"email\":\"bob@shop.example\"",
              List.of("\"city\":\"Rome\"", "\"pin\":\"0000\"", "\"notes\":\"x\"")),
          new Kind("users", List.of("b1", "a1"), "\"name\":\"b\"", List.of("\"nick\":\"B\"")),
          new Kind(
              "reviews",
              List.of("41"),
              "\"product\":\"" + Shop.id("12") + "\",\"rating\":4,\"title\":\"Good\"",
              List.of("\"mood\":\"sad\"", "\"product\":\"" + Shop.id("15") + "\"")),
          new Kind(
              "products",
              List.of("11", "15", "17"),
              "\"sku\":\"P1\",\"name\":\"tea\",\"price\":200,\"keywords\":[]",
              List.of("\"stock\":5", "\"cost\":200", "\"price\":200", "\"name\":\"mix\"")),
          new Kind(
              "orders",
              List.of("33", "34"),
              "\"number\":\"2026-4\",\"customer\":\"" + Shop.id("23") + "\",\"total\":200",
              List.of("\"remark\":\"x\"", "\"total\":199")),
          new Kind(
              "categories",
              List.of("02", "03"),
              "\"name\":\"Tea\"",
              List.of("\"parent\":\"" + Shop.id("03") + "\"")),
          new Kind("ledgers", List.of("51", "52"), "\"entry\":\"x\"", List.of("\"entry\":\"y\"")));

  private static final List<String> LISTS =
      List.of("orders", "lines", "products", "reviews", "children", "order");
  private static final List<String> WAYS = List.of("create", "link", "unlink", "update", "delete");
  private static final List<String> IDS = List.of("11", "15", "33", "34", "41", "64", "02", "99");
  private static final List<String> FILTERS =
      List.of(
          "city=Rome",
          "city=sad",
          "notes.contains=pays",
          "name.search=tea",
          "cost.gt=200",
          "status=draft",
          "mood=sad",
          "orders.total.gt=199",
          "filter=true",
          "entry=x",
          "author.isNull=true",
          "product.cost.lt=200");
  private static final List<String> KEYS =
      List.of("id", "email", "sku", "name", "number", "product,author", "notes", "cost");
  private static final List<String> SHOWN =
      List.of(
          "",
          "",
          "&fields=id,name",
          "&fields=notes",
          "&expand=reviews",
          "&fields=cost,price",
          "&expand=orders,lines",
          "&fields=mood,title");

  private final Random random;
  private final Questions questions;

  Attempts(Random random) {
    this.random = random;
    this.questions = new Questions(random);
  }

  Question next() {
    var kind = any(KINDS);
    var rows = "/api/" + kind.plural() + "?validate=only";
    var row = "/api/" + kind.plural() + "/" + Shop.id(any(kind.ids())) + "?validate=only";
    return switch (random.nextInt(10)) {
      case 9 -> own();
      case 8 -> {
        var version = "/history/" + (1 + random.nextInt(3)) + "/restore";
        yield new Question("POST", row.replace("?", version + "?") + any(SHOWN), "", JSON);
      }
      case 0, 1 -> new Question("PATCH", row + any(SHOWN), change(kind), JSON);
      case 2 -> new Question("PUT", row + any(SHOWN), whole(kind), JSON);
      case 3 -> new Question("POST", rows + any(SHOWN), whole(kind), JSON);
      case 4 -> new Question("PUT", rows + "&by=" + any(KEYS) + any(SHOWN), whole(kind), JSON);
      case 5 -> {
        var both = "[" + whole(kind) + "," + whole(any(KINDS)) + "]";
        var body = random.nextBoolean() ? whole(kind) : both;
        yield new Question("POST", rows + "&onConflict=" + conflict() + any(SHOWN), body, JSON);
      }
      case 6 -> many(kind, rows);
      default -> batch(kind, row);
    };
  }

  /// What bob may do with his own row, so that well answered writes are never few.
  private Question own() {
    var row = "/api/customers/" + Shop.id("22") + "?validate=only";
    return new Question("PATCH", row + any(SHOWN), "{\"city\":\"Rome\"}", JSON);
  }

  private String conflict() {
    return random.nextBoolean() ? "ignore" : "update&by=" + any(KEYS);
  }

  private Question many(Kind kind, String rows) {
    var target = rows + "&" + any(FILTERS) + "&max=" + (1 + random.nextInt(6));
    return random.nextBoolean()
        ? new Question("DELETE", target, "", JSON)
        : new Question("PATCH", target, change(kind), JSON);
  }

  /// A write, and a read behind it.
  private Question batch(Kind kind, String row) {
    var write = request("PATCH", row, ",\"as\":\"w\",\"body\":" + change(kind));
    var read =
        random.nextBoolean()
            ? request("GET", "/" + kind.plural() + "/$w.id", "")
            : request("GET", question(), "");
    return new Question("POST", "/api/batch", "{\"requests\":[" + write + "," + read + "]}", JSON);
  }

  /// Without a limit, so that no answer has a cursor, which differs each time.
  private String question() {
    while (true) {
      var question = questions.next();
      if (question.method().equals("GET") && !question.target().contains("limit=")) {
        return question.target();
      }
    }
  }

  private static String request(String method, String path, String more) {
    return "{\"method\":\"" + method + "\",\"path\":\"" + path + "\"" + more + "}";
  }

  private String whole(Kind kind) {
    return "{" + kind.whole() + (random.nextInt(4) == 0 ? list() : "") + "}";
  }

  private String change(Kind kind) {
    var of = random.nextInt(6) == 0 ? any(KINDS) : kind;
    return "{" + any(of.members()) + (random.nextInt(4) == 0 ? list() : "") + "}";
  }

  private String list() {
    return ",\"" + any(LISTS) + "\":" + nested();
  }

  private String nested() {
    var id = "\"" + Shop.id(any(IDS)) + "\"";
    var way = any(WAYS);
    return switch (way) {
      case "create" -> "[{" + any(KINDS).whole() + "}]";
      case "update" -> "{\"update\":[{\"id\":" + id + "," + any(any(KINDS).members()) + "}]}";
      default -> "{\"" + way + "\":[" + id + "]}";
    };
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
