package engineroom.door.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Mutations of the small shop.
class MutationTest {
  private final Graph shop = Graph.shop();

  private String data(String caller, String document) {
    var answer = shop.ask(caller, document);
    assertThat(answer.errors()).isEqualTo("null");
    return answer.data();
  }

  private static final String NEW =
      "number: \"2026-9\", customer: \""
          + Graph.id("21")
          + "\", total: {amount: 10, currency: \"EUR\"}";

  @Test
  void creates_a_row_with_the_rows_of_its_lists() {
    assertThat(
            data(
                "user ann staff",
                "mutation { o: createOrder(input: {"
                    + NEW
                    + ", lines: {create: [{product: \""
                    + Graph.id("11")
                    + "\", quantity: 2, price: {amount: 5, currency: \"EUR\"}}]}})"
                    + " { number status customer { name } lines { quantity } version } }"))
        .isEqualTo(
            "{\"o\":{\"number\":\"2026-9\",\"status\":\"open\",\"customer\":{\"name\":\"Ann"
                + " Example\"},\"lines\":[{\"quantity\":2}],\"version\":1}}");
  }

  @Test
  void shows_lists_of_what_it_wrote_under_conditions_too() {
    assertThat(
            data(
                "admin",
                "mutation { updateOrder(id: \""
                    + Graph.id("31")
                    + "\", input: {remark: \"x\", lines: {update: [{id: \""
                    + Graph.id("61")
                    + "\", quantity: 7}], delete: [\""
                    + Graph.id("62")
                    + "\"]}}) { remark lines(where: {quantity: {gt: 1}}) { quantity } } }"))
        .isEqualTo("{\"updateOrder\":{\"remark\":\"x\",\"lines\":[{\"quantity\":7}]}}");
  }

  @Test
  void edits_in_place() {
    assertThat(
            data(
                "admin",
                "mutation { updateProduct(id: \""
                    + Graph.id("11")
                    + "\", input: {name: \"Tea\"}, add: {stock: -2}, append: {keywords: [\"new\"]},"
                    + " remove: {keywords: [\"green\"]}) { name stock keywords } }"))
        .isEqualTo(
            "{\"updateProduct\":{\"name\":\"Tea\",\"stock\":18,\"keywords\":[\"tea\",\"new\"]}}");
  }

  @Test
  void writes_many_rows() {
    assertThat(
            data(
                "admin",
                "mutation { createCategories(input: [{name: \"A\"}, {name: \"B\"}]) { name }"
                    + " updateProducts(where: {status: {eq: active}}, input: {status: retired},"
                    + " max: 10) { count __typename }"
                    + " deleteReviews(where: {rating: {gte: 1}}, max: 10) { count } }"))
        .startsWith(
            "{\"createCategories\":[{\"name\":\"A\"},{\"name\":\"B\"}],\"updateProducts\":"
                + "{\"count\":4,\"__typename\":\"ProductsChanged\"},\"deleteReviews\":{\"count\":");
  }

  @Test
  void creates_or_changes_by_a_key() {
    var document =
        "mutation($n: String!) { upsertCategory(by: name, input: {name: $n, parent: \""
            + Graph.id("03")
            + "\"}) { name parent { name } version } }";
    assertThat(shop.ask("admin", document, "{\"n\":\"Tea\"}").data())
        .isEqualTo(
            "{\"upsertCategory\":{\"name\":\"Tea\",\"parent\":{\"name\":\"Tools\"},"
                + "\"version\":2}}");
    assertThat(
            shop.ask("admin", document, "{\"n\":\"New\"}").at("data", "upsertCategory", "version"))
        .isEqualTo("1");
  }

  @Test
  void deletes_a_row_and_shows_what_it_was() {
    var document =
        "mutation { deleteReview(id: \"" + Graph.id("41") + "\") { title product { name } } }";
    assertThat(data("admin", document))
        .isEqualTo(
            "{\"deleteReview\":{\"title\":\"Very fine\",\"product\":{\"name\":\"Green tea\"}}}");
    var again = shop.ask("admin", document);
    assertThat(again.data()).isEqualTo("null");
    assertThat(again.at("errors", 0, "extensions", "code")).isEqualTo("\"authorize/not-found\"");
  }

  @Test
  void does_all_mutations_of_a_request_or_none() {
    var answer =
        shop.ask(
            "admin",
            "mutation { a: createCategory(input: {name: \"X\"}) { id }"
                + " b: createCategory(input: {name: \"Tea\"}) { id } }");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.data()).isEqualTo("null");
    assertThat(answer.at("errors", 0, "path")).isEqualTo("[\"b\"]");
    assertThat(answer.at("errors", 0, "extensions", "status")).isEqualTo("409");
    assertThat(data("admin", "{ categoryByName(name: \"X\") { id } }"))
        .isEqualTo("{\"categoryByName\":null}");
  }

  @Test
  void refuses_a_change_of_another_version_with_the_row_as_it_is() {
    var answer =
        shop.ask(
            "admin",
            "mutation { updateCategory(id: \""
                + Graph.id("01")
                + "\", input: {name: \"Y\"}, ifVersion: 7) { id name } }");
    assertThat(answer.data()).isEqualTo("null");
    assertThat(answer.at("errors", 0, "extensions", "status")).isEqualTo("412");
    assertThat(answer.at("errors", 0, "extensions", "current", "name")).isEqualTo("\"Drinks\"");
  }

  @Test
  void tells_every_mistake_of_an_input_with_its_path() {
    var answer =
        shop.ask(
            "admin",
            "mutation { createOrder(input: {"
                + NEW
                + ", lines: {create: [{product: \""
                + Graph.id("11")
                + "\", quantity: 0, price: {amount: -1, currency: \"EUR\"}}]}}) { id } }");
    assertThat(answer.at("errors", 0, "extensions", "status")).isEqualTo("422");
    assertThat(answer.at("errors", 0, "extensions", "errors", 0, "path"))
        .isEqualTo("\"lines.create[0].quantity\"");
    assertThat(answer.at("errors", 0, "extensions", "errors", 1, "path"))
        .isEqualTo("\"lines.create[0].price\"");
  }

  @Test
  void has_no_mutations_for_those_who_may_write_nothing() {
    var answer = shop.ask("guest", "mutation { createCategory(input: {name: \"Z\"}) { id } }");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.at("errors", 0, "message")).containsIgnoringCase("mutation");
  }

  @Test
  void repeats_no_value_that_was_sent() {
    var answer = shop.ask("admin", "mutation { createProduct(input: {name: \"4711\"}) { id } }");
    assertThat(answer.at("errors", 0, "message")).contains("input", "sku").doesNotContain("4711");
  }
}
