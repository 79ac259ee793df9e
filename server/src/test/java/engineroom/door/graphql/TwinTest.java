package engineroom.door.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Random questions asked through REST and through GraphQL by callers with different rights: the
/// same rows in the same order, or a refusal by both.
class TwinTest {
  private static final int QUESTIONS = 3_000;
  private static final List<String> CALLERS =
      List.of("guest", "user ann", "user bob", "user cleo staff", "user cleo owner", "admin");
  private static final List<String> PRODUCT =
      List.of(
          "\"status\":{\"eq\":\"active\"}",
          "\"status\":{\"in\":[\"draft\",\"retired\"]}",
          "\"stock\":{\"gte\":5}",
          "\"stock\":{\"between\":[1,50]}",
          "\"price\":{\"lt\":1000}",
          "\"name\":{\"contains\":\"tea\"}",
          "\"name\":{\"not\":{\"startsWith\":\"G\"}}",
          "\"details\":{\"isNull\":true}",
          "\"weight\":{\"gt\":\"0.2\"}",
          "\"score\":{\"lte\":4.5}",
          "\"keywords\":{\"contains\":\"tea\"}",
          "\"soldSince\":{\"on\":\"2026-01-15\"}",
          "\"checkedAt\":{\"lt\":\"2026-08-01T12:00:00Z\"}",
          "\"category\":{\"name\":{\"eq\":\"Tea\"}}",
          "\"category\":{\"parent\":{\"name\":{\"like\":\"D%\"}}}",
          "\"reviews\":{\"some\":{\"rating\":{\"gte\":4}}}",
          "\"reviews\":{\"none\":{}}",
          "\"reviews\":{\"every\":{\"mood\":{\"eq\":\"happy\"}}}",
          "\"lines\":{\"some\":{\"quantity\":{\"gt\":1}}}",
          "\"cost\":{\"gte\":200}",
          "\"search\":\"tea\"",
          "\"quorvash\":{\"eq\":1}",
          "\"name\":{\"before\":\"x\"}",
          "\"soldSince\":{\"lt\":\"yesterday\"}");
  private static final List<String> ORDER =
      List.of(
          "\"total\":{\"gt\":900}",
          "\"customer\":{\"city\":{\"eq\":\"Berlin\"}}",
          "\"customer\":{\"notes\":{\"isNull\":false}}",
          "\"placedAt\":{\"on\":\"2026-08-20\"}",
          "\"remark\":{\"isNull\":true}",
          "\"lines\":{\"some\":{\"product\":{\"status\":{\"eq\":\"active\"}}}}",
          "\"status\":{\"ne\":\"open\"}");
  private static final List<String> PRODUCT_KEYS =
      List.of("name", "-price", "category.name", "-score", "stock", "cost", "quorvash");
  private static final List<String> ORDER_KEYS =
      List.of("-placedAt", "customer.name", "total", "remark", "-customer.notes");

  private final Graph shop = Graph.shop();
  private final Random random = new Random(20_261_121);
  private int rows;
  private int refusals;

  private static <T> T one(List<T> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }

  private String where(List<String> conditions, int depth) {
    return switch (depth == 0 ? 0 : random.nextInt(5)) {
      case 1 -> "{\"and\":[" + where(conditions, depth - 1) + "," + where(conditions, 0) + "]}";
      case 2 -> "{\"or\":[" + where(conditions, depth - 1) + "," + where(conditions, 0) + "]}";
      case 3 -> "{\"not\":" + where(conditions, depth - 1) + "}";
      default -> "{" + one(conditions, random) + "}";
    };
  }

  /// `-customer.name` as GraphQL has it.
  private static String key(String key) {
    var path = (key.startsWith("-") ? key.substring(1) : key).split("\\.", -1);
    var direction = key.startsWith("-") ? "\"DESC\"" : "\"ASC\"";
    var json = direction;
    for (int i = path.length - 1; i >= 0; i--) {
      json = "{\"" + path[i] + "\":" + json + "}";
    }
    return json;
  }

  @Test
  void gives_the_rows_that_rest_gives_or_refuses_as_it_does() {
    for (int i = 0; i < QUESTIONS; i++) {
      boolean products = random.nextInt(3) > 0;
      var where = where(products ? PRODUCT : ORDER, 3);
      var keys =
          random
              .ints(random.nextInt(3), 0, 5)
              .mapToObj(k -> (products ? PRODUCT_KEYS : ORDER_KEYS).get(k))
              .distinct()
              .toList();
      ask(one(CALLERS, random), products ? "products" : "orders", where, keys);
    }
    assertThat(rows).isGreaterThan(QUESTIONS);
    assertThat(refusals).isBetween(QUESTIONS / 10, QUESTIONS / 2);
  }

  private void ask(String caller, String plural, String where, List<String> keys) {
    int limit = 1 + random.nextInt(4);
    var sort = keys.stream().map(k -> "\"" + k + "\"").collect(Collectors.joining(","));
    var rest =
        shop.send(
            caller,
            "POST",
            "/api/" + plural + "/query",
            Map.of("Content-Type", "application/json"),
            "{\"where\":%s,\"sort\":[%s],\"limit\":%d,\"fields\":[\"id\"]}"
                .formatted(where, sort, limit));
    var type = plural.equals("products") ? "Product" : "Order";
    var graph =
        shop.ask(
            caller,
            ("query Q($w: %sWhere, $s: [%sSort!], $n: Int)"
                    + " { rows: %s(where: $w, sort: $s, limit: $n) { id } }")
                .formatted(type, type, plural),
            "{\"w\":%s,\"s\":[%s],\"n\":%d}"
                .formatted(
                    where,
                    keys.stream().map(TwinTest::key).collect(Collectors.joining(",")),
                    limit));
    var said = "%s %s %s: %s and %s".formatted(caller, where, keys, rest.body(), graph.body());
    if (rest.status() == 200) {
      assertThat(graph.errors()).as(said).isEqualTo("null");
      assertThat(graph.at("data", "rows")).as(said).isEqualTo(rest.at("data"));
      rows += size(rest.at("data"));
    } else {
      assertThat(graph.errors()).as(said).isNotEqualTo("null");
      assertThat(graph.at("data", "rows")).as(said).isEqualTo("null");
      refusals++;
    }
  }

  private static int size(String json) {
    return JsonReader.read(json.getBytes(StandardCharsets.UTF_8), JsonLimits.defaults())
            instanceof Json.Arr(var elements)
        ? elements.size()
        : 0;
  }
}
