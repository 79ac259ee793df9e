package engineroom.door.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Queries of the small shop.
class QueryTest {
  private final Graph shop = Graph.shop();

  private String data(String caller, String document) {
    var answer = shop.ask(caller, document);
    assertThat(answer.errors()).isEqualTo("null");
    return answer.data();
  }

  @Test
  void answers_with_the_names_and_in_the_order_of_the_document() {
    assertThat(
            data(
                "admin",
                "{ b: orders(limit: 1) { __typename total { currency amount } nr: number"
                    + " who: customer { name } } a: __typename }"))
        .isEqualTo(
            "{\"b\":[{\"__typename\":\"Order\",\"total\":{\"currency\":\"EUR\",\"amount\":1280},"
                + "\"nr\":\"2026-1\",\"who\":{\"name\":\"Ann Example\"}}],\"a\":\"Query\"}");
  }

  @Test
  void filters_sorts_and_limits() {
    assertThat(
            data(
                "admin",
                "{ orders(where: {total: {gte: 900}, lines: {some: {quantity: {gt: 0}}}},"
                    + " sort: [{customer: {name: DESC}}, {placedAt: DESC}], limit: 2)"
                    + " { number } }"))
        .isEqualTo("{\"orders\":[{\"number\":\"2026-3\"},{\"number\":\"2026-2\"}]}");
  }

  @Test
  void takes_conditions_apart_as_rest_does() {
    assertThat(
            data(
                "admin",
                "{ products(where: {or: [{name: {startsWith: \"Green\"}}, {and: [{stock: {eq: 0}},"
                    + " {not: {status: {eq: draft}}}]}], category: {id: {in: [\""
                    + Graph.id("01")
                    + "\", \""
                    + Graph.id("02")
                    + "\"]}}}) { sku } }"))
        .isEqualTo("{\"products\":[{\"sku\":\"P1\"},{\"sku\":\"P3\"}]}");
  }

  @Test
  void shows_one_list_twice_with_different_arguments() {
    assertThat(
            data(
                "admin",
                "{ category(id: \""
                    + Graph.id("02")
                    + "\") { products(sort: [{price: DESC}], limit: 1) { sku }"
                    + " cheap: products(where: {price: {lt: 400}}) { sku } } }"))
        .isEqualTo("{\"category\":{\"products\":[{\"sku\":\"P5\"}],\"cheap\":[{\"sku\":\"P2\"}]}}");
  }

  @Test
  void puts_fragments_in_and_follows_directives() {
    var document =
        "query Q($more: Boolean!) { order: orderByNumber(number: \"2026-1\") { ...Head"
            + " lines(sort: [{quantity: DESC}]) @include(if: $more) { ...Line } } }"
            + " fragment Head on Order { number ... on Order { number status @skip(if: $more) } }"
            + " fragment Line on Line { quantity product { sku } }";
    assertThat(shop.ask("admin", document, "{\"more\":true}").data())
        .isEqualTo(
            "{\"order\":{\"number\":\"2026-1\",\"lines\":[{\"quantity\":2,\"product\":"
                + "{\"sku\":\"P1\"}},{\"quantity\":1,\"product\":{\"sku\":\"P2\"}}]}}");
    assertThat(shop.ask("admin", document, "{\"more\":false}").data())
        .isEqualTo("{\"order\":{\"number\":\"2026-1\",\"status\":\"open\"}}");
  }

  @Test
  void joins_the_same_field_asked_twice() {
    assertThat(
            data(
                "admin",
                "{ orders(limit: 1) { customer { name } customer { city } c: customer { id } } }"))
        .isEqualTo(
            "{\"orders\":[{\"customer\":{\"name\":\"Ann Example\",\"city\":\"Berlin\"},"
                + "\"c\":{\"id\":\""
                + Graph.id("21")
                + "\"}}]}");
  }

  @Test
  void gives_null_for_a_row_that_is_not_there_or_not_for_the_caller() {
    assertThat(
            data(
                "guest",
                "{ a: productBySku(sku: \"P5\") { id } b: product(id: \"nonsense\") { id }"
                    + " c: product(id: \""
                    + Graph.id("15")
                    + "\") { id } }"))
        .isEqualTo("{\"a\":null,\"b\":null,\"c\":null}");
  }

  @Test
  void gives_null_for_a_reference_to_a_row_that_the_caller_may_know_by_its_id_alone() {
    var mine = "{ line(id: \"" + Graph.id("64") + "\") { product { id } p: product { sku } } }";
    shop.ask("admin", "{ __typename }");
    assertThat(data("user bob", mine))
        .isEqualTo(
            "{\"line\":{\"product\":{\"id\":\"" + Graph.id("14") + "\"},\"p\":{\"sku\":\"P4\"}}}");
  }

  @Test
  void answers_the_other_fields_where_one_fails() {
    var answer =
        shop.ask("admin", "{ a: orders(limit: 501) { id } b: orders(limit: 1) { number } }");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.data()).isEqualTo("{\"a\":null,\"b\":[{\"number\":\"2026-1\"}]}");
    assertThat(answer.at("errors", 0, "path")).isEqualTo("[\"a\"]");
    assertThat(answer.at("errors", 0, "locations")).isEqualTo("[{\"line\":1,\"column\":3}]");
    assertThat(answer.at("errors", 0, "extensions", "code"))
        .isEqualTo("\"request/over-limit/page\"");
    assertThat(answer.at("errors", 1)).isEqualTo("null");
  }

  @Test
  void hidden_names_do_not_exist() {
    var answer = shop.ask("guest", "{ products { cost } }");
    var unknown = shop.ask("guest", "{ products { coat } }");
    assertThat(answer.body().replace("cost", "coat")).isEqualTo(unknown.body());
    assertThat(shop.ask("guest", "{ ledgers { entry } }").body()).doesNotContain("Did you mean");
  }

  @Test
  void takes_variables_of_every_shape() {
    var document =
        "query Q($where: ProductWhere, $sort: [ProductSort!], $n: Int = 2, $skus: [String!])"
            + " { a: products(where: $where, sort: $sort, limit: $n) { sku }"
            + " b: products(where: {sku: {in: $skus}}) { sku } }";
    assertThat(
            shop.ask(
                    "admin",
                    document,
                    "{\"where\":{\"status\":{\"eq\":\"active\"}},\"sort\":{\"sku\":\"DESC\"},"
                        + "\"skus\":\"P1\"}")
                .data())
        .isEqualTo("{\"a\":[{\"sku\":\"P4\"},{\"sku\":\"P3\"}],\"b\":[{\"sku\":\"P1\"}]}");
  }
}
