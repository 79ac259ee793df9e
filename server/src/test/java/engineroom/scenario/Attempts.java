package engineroom.scenario;

import engineroom.scenario.Questions.Question;
import java.util.List;
import java.util.Random;

/// Makes requests that write, at random, of every kind and many of them wrong; each is only
/// validated, so that both databases stay as they are.
final class Attempts {
  private static final String JSON = "application/json";
  private static final List<String> ROWS =
      List.of(
          "customers/" + Shop.id("22"),
          "customers/" + Shop.id("22"),
          "customers/" + Shop.id("21"),
          "users/" + Shop.id("b1"),
          "products/" + Shop.id("11"),
          "products/" + Shop.id("15"),
          "orders/" + Shop.id("33"),
          "orders/" + Shop.id("34"),
          "categories/" + Shop.id("02"),
          "reviews/" + Shop.id("41"),
          "ledgers/" + Shop.id("51"));
  private static final List<String> PLURALS =
      List.of("customers", "customers", "products", "reviews", "orders", "categories", "ledgers");
  private static final List<String> MEMBERS =
      List.of(
          "\"name\":\"tea\"",
          "\"city\":\"Rome\"",
          "\"nick\":\"B\"",
          "\"stock\":{\"$add\":1}",
          "\"price\":200",
          "\"cost\":200",
          "\"notes\":\"x\"",
          "\"pin\":\"0000\"",
          "\"mood\":\"sad\"",
          "\"email\":\"bob@shop.example\"",
          "\"sku\":\"P1\"",
          "\"rating\":4",
          "\"title\":\"Good\"",
          "\"product\":\"" + Shop.id("11") + "\"",
          "\"product\":\"" + Shop.id("15") + "\"",
          "\"category\":\"" + Shop.id("02") + "\"",
          "\"total\":200",
          "\"cots\":1");
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
    var plural = any(PLURALS);
    return switch (random.nextInt(7)) {
      case 0 -> new Question("PATCH", row(), body(), JSON);
      case 1 -> new Question("PUT", row(), body(), JSON);
      case 2 -> new Question("POST", rows(plural) + any(SHOWN), body(), JSON);
      case 3 -> new Question("PUT", rows(plural) + "&by=" + any(KEYS) + any(SHOWN), body(), JSON);
      case 4 ->
          new Question(
              "POST",
              rows(plural) + "&onConflict=" + conflict() + any(SHOWN),
              "[" + body() + "," + body() + "]",
              JSON);
      case 5 -> many(plural);
      default -> batch();
    };
  }

  private String row() {
    return "/api/" + any(ROWS) + "?validate=only" + any(SHOWN);
  }

  private static String rows(String plural) {
    return "/api/" + plural + "?validate=only";
  }

  private String conflict() {
    return random.nextBoolean() ? "ignore" : "update&by=" + any(KEYS);
  }

  private Question many(String plural) {
    var target = rows(plural) + "&" + any(FILTERS) + "&max=" + (1 + random.nextInt(4));
    return random.nextBoolean()
        ? new Question("DELETE", target, "", JSON)
        : new Question("PATCH", target, body(), JSON);
  }

  /// A write, and a read that sees it: the row written, or what a question finds.
  private Question batch() {
    var target = "/api/" + any(ROWS);
    var body = body();
    var write = request("PATCH", target + "?validate=only", ",\"as\":\"w\",\"body\":" + body);
    var read =
        switch (random.nextInt(3)) {
          case 0 -> request("GET", target.replaceAll("[^/]*$", "\\$w.id"), "");
          case 1 -> request("GET", target + "?" + any(FILTERS), "");
          default -> request("GET", question(), "");
        };
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

  private String body() {
    var body = new StringBuilder("{" + any(MEMBERS));
    for (int i = random.nextInt(3); i > 0; i--) {
      var member = any(MEMBERS);
      var name = member.substring(0, member.indexOf(':') + 1);
      body.append(body.indexOf(name) < 0 ? "," + member : "");
    }
    return body + (random.nextBoolean() ? ",\"" + any(LISTS) + "\":" + nested() : "") + "}";
  }

  private String nested() {
    var id = "\"" + Shop.id(any(IDS)) + "\"";
    var way = any(WAYS);
    return switch (way) {
      case "create" -> "[{" + any(MEMBERS) + "}]";
      case "update" -> "{\"update\":[{\"id\":" + id + "," + any(MEMBERS) + "}]}";
      default -> "{\"" + way + "\":[" + id + "]}";
    };
  }

  private String any(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }
}
