package engineroom.door.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;

/// The limits of documents: at each, one above, and far above.
class LimitsOfDocumentsTest {
  private static final Graph SHOP = Graph.shop();

  /// A document that asks for so much of one thing.
  interface Sized {
    String of(int size);
  }

  private static Arguments limit(String code, int max, Sized document) {
    return Arguments.of(code, max, document);
  }

  static Stream<Arguments> limits() {
    return Stream.of(
        limit("depth", 10, LimitsOfDocumentsTest::deep),
        limit("tokens", 2_000, size -> "{ requestId" + " requestId".repeat(size - 3) + " }"),
        limit("aliases", 15, size -> "{ " + counted("a%d: requestId ", size) + "}"),
        limit(
            "directives",
            50,
            size -> "{ requestId" + " @skip(if: false)".repeat(1) + directives(size - 1) + " }"),
        limit("roots", 20, LimitsOfDocumentsTest::roots),
        limit("cost", 5_000, LimitsOfDocumentsTest::costly));
  }

  /// Fields within each other.
  private static String deep(int depth) {
    return "{ categories(limit: 1) "
        + "{ parent ".repeat(depth - 2)
        + "{ id }"
        + " }".repeat(depth - 2)
        + " }";
  }

  private static String counted(String text, int count) {
    var all = new StringBuilder();
    for (int i = 0; i < count; i++) {
      all.append(text.formatted(i));
    }
    return all.toString();
  }

  private static String directives(int count) {
    return " requestId @include(if: true)".repeat(count);
  }

  /// Root fields: aliases are few, so fifteen of them and other fields beside.
  private static String roots(int count) {
    var others =
        "requestId __typename orders(limit: 1) { id } products(limit: 1) { id } lines(limit: 1) { id }"
            + " reviews(limit: 1) { id }";
    return "{ "
        + counted("a%d: requestId ", Math.min(15, count - 6 + (count > 21 ? 100 : 0)))
        + others
        + (count > 21 ? counted(" f%d: requestId", count) : "")
        + (count < 21 ? " " : "")
        + " }";
  }

  /// Lists within lists.
  private static String costly(int cost) {
    return "{ categories(limit: 10) { products(limit: %d) { id } } a: products(limit: %d) { id } }"
        .formatted(
            Math.min(400, (cost - 10) / 10 - 10),
            Math.max(1, Math.min(500, cost - 10 - 10 * Math.min(400, (cost - 10) / 10 - 10))));
  }

  @Test
  void a_document_of_exactly_its_limit_is_answered() {
    assertThat(SHOP.ask("admin", deep(10)).errors()).isEqualTo("null");
  }
}
