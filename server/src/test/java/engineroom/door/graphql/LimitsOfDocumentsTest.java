package engineroom.door.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import engineroom.json.Json;
import engineroom.json.JsonWriter;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The limits of documents, and documents that were made to hurt.
class LimitsOfDocumentsTest {
  private static final Graph SHOP = Graph.shop();
  private static final long BYTES_MAX = 1_000_000;
  private static final long BYTES_A_CHARACTER_MAX = 20;

  private static String deep(int depth) {
    int between = depth - 2;
    return "{ categories(limit: 1) "
        + "{ parent ".repeat(between)
        + "{ id } }"
        + " }".repeat(between);
  }

  private static String tokens(int count) {
    return "{" + " requestId".repeat(count - 2) + "}";
  }

  private static String aliases(int count) {
    return "{" + numbered(" a%d: requestId", count) + "}";
  }

  private static String directives(int count) {
    return "{" + " requestId @include(if: true)".repeat(count) + "}";
  }

  private static String roots(int beyondAliases) {
    var others =
        Stream.of("orders", "products", "lines", "reviews", "customers", "categories", "users")
            .map(plural -> " " + plural + "(limit: 1) { id }")
            .limit(beyondAliases)
            .collect(Collectors.joining());
    return "{" + numbered(" a%d: requestId", 15) + others + "}";
  }

  private static String costly(int lists, String more) {
    return "{" + numbered(" a%d: products(limit: 500) { id }", lists) + more + "}";
  }

  private static String numbered(String text, int count) {
    return IntStream.range(0, count).mapToObj(text::formatted).collect(Collectors.joining());
  }

  static Stream<Arguments> limits() {
    var one = " category(id: \"x\") { id }";
    var far = "{ categories(limit: 500) { products(limit: 500) { lines(limit: 500) { id } } } }";
    return Stream.of(
        Arguments.of("depth", deep(10), deep(11), deep(60)),
        Arguments.of("tokens", tokens(2_000), tokens(2_001), "{" + " a".repeat(49_000) + "}"),
        Arguments.of("aliases", aliases(15), aliases(16), aliases(600)),
        Arguments.of("directives", directives(50), directives(51), directives(240)),
        Arguments.of("roots", roots(5), roots(6), roots(7)),
        Arguments.of("cost", costly(10, ""), costly(10, one), far));
  }

  @ParameterizedTest
  @MethodSource("limits")
  void is_kept_to(String limit, String at, String above, String farAbove) {
    assertThat(SHOP.ask("admin", at).errors()).isEqualTo("null");
    for (var document : new String[] {above, farAbove}) {
      var answer = SHOP.ask("admin", document);
      assertThat(answer.data()).isEqualTo("null");
      assertThat(answer.at("errors", 0, "extensions", "code"))
          .isEqualTo("\"operation/over-limit/graphql-" + limit + "\"");
    }
  }

  @Test
  void a_limit_given_by_a_variable_counts_as_one_that_is_written() {
    var document = "query Q($n: Int) { categories(limit: $n) { products(limit: $n) { id } } }";
    assertThat(SHOP.ask("admin", document, "{\"n\":60}").errors()).isEqualTo("null");
    assertThat(SHOP.ask("admin", document, "{\"n\":80}").errors()).contains("graphql-cost");
  }

  static Stream<Arguments> hostile() {
    var fan =
        "{ ...F0 }"
            + IntStream.range(0, 100)
                .mapToObj(i -> "fragment F%d on Query { ...F%d ...F%d }".formatted(i, i + 1, i + 1))
                .collect(Collectors.joining(" "))
            + " fragment F100 on Query { requestId }";
    return Stream.of(
        Arguments.of("100,000 tokens", "{" + " a".repeat(100_000) + "}"),
        Arguments.of("many aliases", aliases(10_000)),
        Arguments.of("fragments that fan out", fan),
        Arguments.of(
            "a cycle",
            "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A requestId }"),
        Arguments.of("directives", "{ requestId" + " @skip(if: false)".repeat(5_000) + " }"),
        Arguments.of("brackets", "{ products(where: " + "[".repeat(10_000)),
        Arguments.of("braces", "{ a ".repeat(10_000)),
        Arguments.of("a text without end", "{ a(b: \"\"\"" + "\\\"\"\" ".repeat(19_000)),
        Arguments.of("a comment", "#" + "x".repeat(99_000)),
        Arguments.of("introspection as a guest", "{ __schema { types { name fields { name } } } }"),
        Arguments.of(
            "introspection in circles",
            "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }"),
        Arguments.of("lists within lists", "{ categories { children { products { id } } } }"));
  }

  /// What is allocated counts the work without a clock: each thing that is read, kept or told is an
  /// object. `bench/run … graphql` tells the processor time.
  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void a_document_made_to_hurt_is_refused_for_next_to_nothing(String name, String document) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    var body = "{\"query\":" + JsonWriter.text(new Json.Text(document)) + "}";
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      var answer = SHOP.post("guest", body);
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      assertThat(answer.data()).isEqualTo("null");
      assertThat(answer.errors()).isNotEqualTo("null");
    }
    assertThat(least).as(name).isLessThan(BYTES_MAX + BYTES_A_CHARACTER_MAX * body.length());
    assertThat(SHOP.ask("guest", "{ requestId }").errors()).isEqualTo("null");
  }

  @Test
  void guests_do_not_see_the_schema_and_those_who_signed_in_do() {
    assertThat(SHOP.ask("guest", "{ __type(name: \"Product\") { name } }").errors())
        .contains("authorize/sign-in-needed");
    assertThat(SHOP.ask("user bob", "{ __type(name: \"Ledger\") { name } }").data())
        .isEqualTo("{\"__type\":null}");
    assertThat(SHOP.ask("admin", "{ t: __type(name: \"Ledger\") { kind } requestId }").data())
        .isEqualTo("{\"t\":{\"kind\":\"OBJECT\"},\"requestId\":\"request-1\"}");
    assertThat(SHOP.send("guest", "GET", "/graphql/schema", Map.of(), "").status()).isEqualTo(401);
    var mine = SHOP.send("user bob", "GET", "/graphql/schema", Map.of(), "");
    assertThat(mine.status()).isEqualTo(200);
    assertThat(mine.body()).contains("type Product {").doesNotContain("ledger", "Ledger", "cost:");
  }
}
