package engineroom.scenario;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/// Makes requests that read, at random: most of them good, some of them wrong.
final class Questions {
  /// @param body empty where it is none
  record Question(String method, String target, String body, String accept) {}

  private static final List<String> PLURALS =
      List.of("products", "products", "reviews", "categories", "customers", "orders", "ledgers");
  private static final List<String> FIELDS =
      List.of(
          "id",
          "sku",
          "name",
          "details",
          "price",
          "cost",
          "cost.amount",
          "stock",
          "status",
          "category",
          "category.name",
          "keywords",
          "mood",
          "rating",
          "title",
          "author",
          "author.nick",
          "author.email",
          "product.name",
          "product.cost",
          "product.reviews.mood",
          "notes",
          "pin",
          "city",
          "email",
          "account",
          "customer.notes",
          "customer.name",
          "total",
          "products.cost",
          "products.sku",
          "products.stock",
          "reviews.mood",
          "reviews.rating",
          "lines.quantity",
          "orders.total",
          "entry",
          "cots",
          "mod",
          "notez",
          "secret",
          "version");
  private static final List<String> OPERATORS =
      List.of(
          "",
          ".ne",
          ".lt",
          ".gte",
          ".in",
          ".like",
          ".startsWith",
          ".contains",
          ".isNull",
          ".search",
          ".on",
          ".wrong");
  private static final List<String> VALUES =
      List.of(
          "1",
          "200",
          "999",
          "tea",
          "Secret",
          "happy",
          "sad",
          "true",
          "P5",
          "draft",
          "active",
          "01980000-0000-7000-8000-000000000015",
          "01980000-0000-7000-8000-000000000011",
          "4711");
  private static final List<String> EXPANDS =
      List.of(
          "category",
          "reviews",
          "products",
          "reviews.author",
          "products.reviews",
          "product",
          "orders",
          "lines.product",
          "author",
          "account",
          "children",
          "ledgers");
  private static final List<String> COMPARISONS = List.of("==", "!=", "<", ">=");

  private static final List<String> ENDINGS =
      List.of("11", "11", "15", "17", "21", "22", "34", "41", "51", "a1", "b1");

  private final Random random;

  Questions(Random random) {
    this.random = random;
  }

  Question next() {
    var plural = any(PLURALS);
    var accept = random.nextInt(8) == 0 ? "text/csv" : "application/json";
    return switch (random.nextInt(14)) {
      case 10, 11 -> history(plural);
      case 12 -> get("/api/" + plural + "?" + asOf() + "&" + condition() + shape(), accept);
      case 13 ->
          get("/api/" + plural + "/aggregate?" + asOf() + "&" + summary(), "application/json");
      case 0 -> get("/api/" + plural + "/" + any(VALUES.subList(11, 13)), accept);
      case 1 -> get("/api/" + plural + "/aggregate?" + summary(), "application/json");
      case 2 -> get("/api/" + plural + "?" + expression() + shape(), accept);
      case 3 -> new Question("POST", "/api/" + plural + "/query", body(), accept);
      case 4 -> get("/api/" + plural + "?search=" + encoded(any(VALUES)) + shape(), accept);
      case 5 -> get("/api/" + plural + "?sort=" + any(FIELDS) + shape(), accept);
      default -> get("/api/" + plural + "?" + condition() + shape(), accept);
    };
  }

  private Question history(String plural) {
    var row = "/api/" + plural + "/" + Shop.id(any(ENDINGS));
    return switch (random.nextInt(4)) {
      case 0 -> get(row + "?" + asOf() + shape(), "application/json");
      case 1 -> get(row + "/history?limit=1&after=" + random.nextInt(4), "application/json");
      default -> get(row + "/history", "application/json");
    };
  }

  private String asOf() {
    return "asOf=2026-11-21T" + any(List.of("12:00", "12:30", "13:00", "13:30")) + ":00Z";
  }

  private static Question get(String target, String accept) {
    return new Question("GET", target, "", accept);
  }

  private String condition() {
    return any(FIELDS) + any(OPERATORS) + "=" + encoded(any(VALUES));
  }

  private String expression() {
    var value = random.nextBoolean() ? any(VALUES) : "'" + any(VALUES) + "'";
    return "filter=" + encoded(any(FIELDS) + " " + any(COMPARISONS) + " " + value);
  }

  private String body() {
    return "{\"where\":{\""
        + any(FIELDS)
        + "\":{\"eq\":\""
        + any(VALUES)
        + "\"}},\"sort\":[\"-"
        + any(FIELDS)
        + "\"],\"limit\":2,\"count\":\"exact\"}";
  }

  private String summary() {
    return "count&group=" + any(FIELDS) + "&max=" + any(FIELDS) + "&" + condition();
  }

  private String shape() {
    return switch (random.nextInt(6)) {
      case 0 -> "&fields=" + any(FIELDS) + "," + any(FIELDS);
      case 1 -> "&expand=" + any(EXPANDS);
      case 2 -> "&count=exact&limit=1";
      case 3 -> "&sort=-" + any(FIELDS) + "&limit=2";
      case 4 -> "&offset=1&limit=2";
      default -> "";
    };
  }

  private String any(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
