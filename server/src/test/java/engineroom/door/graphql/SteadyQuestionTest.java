package engineroom.door.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A document that was asked before is not put together again: whatever its variables hold then, it
/// is answered as if nobody had ever asked it.
class SteadyQuestionTest {
  private static final int ROUNDS = 6;
  private static final List<String> CALLERS =
      List.of("guest", "user ann", "user cleo staff", "admin");

  private final Graph shop = Graph.shop();

  /// A condition with a variable, its type, and what it may hold: fitting, null, and wrong.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "products | {name: {eq: $v}} | String | \"Green tea\" ; \"Coffee\" ; null ; 1",
        "products | {name: {contains: $v}} | String | \"tea\" ; \"e\" ; \"\" ; null",
        "products | {stock: {gte: $v}} | Long | 5 ; 20 ; 1e1 ; null ; 2.5",
        "products | {price: {lt: $v}} | Long | 500 ; \"1000\" ; 99999999999999999999 ; null",
        "products | {weight: {gt: $v}} | Decimal | \"0.2\" ; 1 ; \"x\" ; null",
        "products | {status: {eq: $v}} | ProductStatus | \"active\" ; \"draft\" ; \"x\" ; null",
        "products | {status: {in: $v}} | [ProductStatus!] | [\"draft\"] ; [] ; \"active\" ; null",
        "products | {sku: {in: $v}} | [String!] | [\"P1\"] ; [\"P2\",\"P3\"] ; \"P4\" ; null",
        "products | {details: {isNull: $v}} | Boolean | true ; false ; null",
        "products | {keywords: {contains: $v}} | String | \"tea\" ; \"tool\" ; null",
        "products | {keywords: {in: $v}} | [String!] | [\"tea\"] ; [\"tool\",\"green\"] ; []",
        "products | {soldSince: {on: $v}} | Date | \"2026-01-15\" ; \"9999-12-31\" ; \"soon\"",
        "products | {checkedAt: {on: $v}} | Date | \"2026-08-01\" ; \"9999-12-31\" ; null",
        "products | {stock: {between: $v}} | [Long!] | [1,5] ; [5,20] ; [1] ; null",
        "products | {category: {id: {eq: $v}}} | ID"
            + " | \"01980000-0000-7000-8000-000000000002\" ; \"x\" ; null",
        "products | {category: {name: {ne: $v}}} | String | \"Tea\" ; \"Tools\" ; null",
        "products | {reviews: {some: {rating: {gte: $v}}}} | Int | 1 ; 4 ; null",
        "products | {or: [{sku: {eq: $v}}, {not: {name: {startsWith: $v}}}]} | String"
            + " | \"P1\" ; \"G\" ; null",
        "products | $v | ProductWhere | {\"stock\":{\"lt\":6}} ; {\"sku\":{\"eq\":\"P1\"}} ; null",
        "orders | {customer: {city: {eq: $v}}} | String | \"Berlin\" ; \"Rome\" ; null",
        "orders | {total: {gt: $v}, status: {ne: open}} | Long | 900 ; 0 ; null",
      })
  void is_answered_as_one_that_is_new(String rows, String where, String type, String values) {
    var document =
        "query Q($v: %s) { %s(where: %s, sort: [{id: ASC}]) { id } }".formatted(type, rows, where);
    var given = new ArrayList<>(List.of(values.split(" ; ")));
    var random = new Random(values.length());
    int answered = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Collections.shuffle(given, random);
      for (var value : given) {
        var caller = CALLERS.get(random.nextInt(CALLERS.size()));
        var variables = "{\"v\":" + value.strip() + "}";
        var fresh = shop.ask(caller, document + " #" + round + value, variables);
        var again = shop.ask(caller, document, variables);
        assertThat(again.body().replaceAll("\"locations\":\\[[^]]*]", ""))
            .as(caller + " " + variables)
            .isEqualTo(fresh.body().replaceAll("\"locations\":\\[[^]]*]", ""));
        answered += again.errors().equals("null") ? 1 : 0;
      }
      var without = shop.ask("admin", document, "{}");
      assertThat(without.body()).isEqualTo(shop.ask("admin", document + " ", "{}").body());
    }
    assertThat(answered).isPositive();
  }

  private String data(String document, String variables) {
    var answer = shop.ask("admin", document, variables);
    assertThat(answer.errors()).as(answer.body()).isEqualTo("null");
    return answer.data();
  }

  @Test
  void finds_a_row_by_each_key_that_is_asked() {
    var byId = "query Q($id: ID!) { product(id: $id) { sku } }";
    for (var ending : List.of("11", "12", "99", "11")) {
      var sku = ending.equals("99") ? "null" : "{\"sku\":\"P" + ending.charAt(1) + "\"}";
      assertThat(data(byId, "{\"id\":\"" + Graph.id(ending) + "\"}"))
          .isEqualTo("{\"product\":" + sku + "}");
    }
    assertThat(data(byId, "{\"id\":\"none of ours\"}")).isEqualTo("{\"product\":null}");
    var bySku = "query Q($sku: String!) { productBySku(sku: $sku) { name } }";
    assertThat(data(bySku, "{\"sku\":\"P3\"}"))
        .isEqualTo("{\"productBySku\":{\"name\":\"Coffee\"}}");
    assertThat(data(bySku, "{\"sku\":\"P6\"}"))
        .isEqualTo("{\"productBySku\":{\"name\":\"Old kettle\"}}");
    assertThat(data(bySku, "{\"sku\":\"P0\"}")).isEqualTo("{\"productBySku\":null}");
  }

  @Test
  void has_the_limits_and_orders_of_each_request() {
    var document =
        "query Q($n: Int, $o: Int, $m: Int, $s: [ProductSort!]) { products(limit: $n, offset: $o,"
            + " sort: $s) { sku } categories(limit: $n, sort: [{name: ASC}]) {"
            + " products(limit: $m, sort: [{sku: ASC}]) { sku } } }";
    assertThat(data(document, "{\"n\":1,\"m\":1,\"s\":[{\"sku\":\"DESC\"}]}"))
        .isEqualTo(
            "{\"products\":[{\"sku\":\"P6\"}],\"categories\":[{\"products\":[{\"sku\":\"P3\"}]}]}");
    assertThat(data(document, "{\"n\":2,\"o\":1,\"m\":2,\"s\":[{\"sku\":\"ASC\"}]}"))
        .isEqualTo(
            "{\"products\":[{\"sku\":\"P2\"},{\"sku\":\"P3\"}],\"categories\":["
                + "{\"products\":[{\"sku\":\"P3\"}]},"
                + "{\"products\":[{\"sku\":\"P1\"},{\"sku\":\"P2\"}]}]}");
    var wrong = shop.ask("admin", document, "{\"n\":1,\"o\":-1,\"m\":1}");
    assertThat(wrong.errors()).contains("offset is not a whole number from 0.");
  }

  @Test
  void keeps_two_variables_with_the_same_value_apart() {
    var document =
        "query Q($low: Long!, $high: Long!) { products(where: {stock: {gte: $low, lte: $high}},"
            + " sort: [{sku: ASC}]) { sku } }";
    assertThat(data(document, "{\"low\":5,\"high\":5}"))
        .isEqualTo("{\"products\":[{\"sku\":\"P2\"}]}");
    assertThat(data(document, "{\"low\":5,\"high\":7}"))
        .isEqualTo("{\"products\":[{\"sku\":\"P2\"},{\"sku\":\"P5\"}]}");
    assertThat(data(document, "{\"low\":7,\"high\":5}")).isEqualTo("{\"products\":[]}");
  }
}
