package engineroom.door.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// No document and no variables make the door fail: what can't be answered is refused.
class BrokenDocumentsTest {
  private static final int ROUNDS = 4_000;
  private static final List<String> DOCUMENTS =
      List.of(
          "query Q($n: Int = 2, $w: ProductWhere) { products(limit: $n, where: $w) { sku price {"
              + " amount } } }",
          "{ ordersPage(first: 2, sort: [{placedAt: DESC}]) { edges { cursor node { ...F } } } }"
              + " fragment F on Order { number lines(limit: 1) { quantity @skip(if: false) } }",
          "mutation { updateProduct(id: \"x\", input: {name: \"\\u00e9\", weight: 1.5e3},"
              + " add: {stock: -1}) { id } }",
          "{ ordersSummary(group: [{placedAt: MONTH}], having: {sum: {total: {gt: 1}}})"
              + " { count } }");
  private static final List<String> BITS =
      List.of(
          "{",
          "}",
          "(",
          ")",
          "[",
          "]",
          "\"",
          "\"\"\"",
          "$",
          "@",
          "!",
          ":",
          "...",
          "#",
          "\\",
          "\u0000",
          "\ud800",
          "\ufeff",
          "-",
          "0",
          "1e9999999999",
          "9".repeat(30),
          "null",
          "true",
          "on",
          "\\ud800",
          "fragment",
          "query",
          "__typename",
          "id",
          "é",
          "\r",
          "&",
          "|",
          "=",
          "\\u{110000}");
  private static final List<String> VALUES =
      List.of(
          "null",
          "1",
          "-1",
          "1e99",
          "1e9999999999",
          "\"x\"",
          "[]",
          "{}",
          "[[1]]",
          "true",
          "{\"and\":null}",
          "{\"id\":{\"in\":null}}",
          "{\"price\":{\"eq\":\"x\"}}",
          "2147483648",
          "{\"or\":[{\"sku\":{\"between\":[\"a\"]}}]}",
          "{\"reviews\":{\"some\":null}}");

  private final Graph shop = Graph.shop();
  private final Random random = new Random(7);

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private String broken(String document) {
    var text = new StringBuilder(document);
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, one(BITS));
        default -> text.replace(at, Math.min(text.length(), at + 3), one(BITS));
      }
    }
    return text.toString();
  }

  @Test
  void are_refused() {
    for (int i = 0; i < ROUNDS; i++) {
      var document = broken(one(DOCUMENTS));
      var answer = shop.ask("admin", document);
      assertThat(answer.status()).as(document + answer).isLessThan(500);
    }
  }

  @Test
  void no_value_of_a_variable_makes_the_door_fail() {
    for (var n : VALUES) {
      for (var w : VALUES) {
        var variables = "{\"n\":" + n + ",\"w\":" + w + "}";
        var answer = shop.ask("admin", DOCUMENTS.getFirst(), variables);
        assertThat(answer.status()).as(variables + answer).isLessThan(500);
        assertThat(answer.body()).containsAnyOf("\"data\"", "\"errors\"", "\"title\"");
      }
    }
  }
}
