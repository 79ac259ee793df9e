package engineroom.door.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pages as Relay has them.
class PageTest {
  private final Graph shop = Graph.shop();

  private static final String PARTS =
      "{ edges { cursor node { sku } } pageInfo { hasNextPage hasPreviousPage startCursor"
          + " endCursor } }";

  private Graph.Answer page(String arguments) {
    var answer = shop.ask("admin", "{ p: productsPage(" + arguments + ") " + PARTS + " }");
    assertThat(answer.errors()).isEqualTo("null");
    return answer;
  }

  private static List<String> skus(Graph.Answer answer) {
    var skus = new ArrayList<String>();
    for (int i = 0; !answer.at("data", "p", "edges", i).equals("null"); i++) {
      skus.add(answer.at("data", "p", "edges", i, "node", "sku").replace("\"", ""));
    }
    return skus;
  }

  private static final String[] ORDERS = {
    "[]",
    "[{score: ASC}]",
    "[{score: DESC}, {name: ASC}]",
    "[{category: {name: DESC}}]",
    "[{category: {id: ASC}}, {weight: DESC}]",
    "[{price: DESC}]",
    "[{checkedAt: ASC}, {soldSince: DESC}]"
  };

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
  void every_row_comes_once_in_order_forwards_and_backwards(int order) {
    var sort = "sort: " + ORDERS[order];
    var all = skus(page(sort + ", first: 500"));
    assertThat(all).hasSize(6).doesNotHaveDuplicates();
    var forwards = new ArrayList<String>();
    var after = "";
    for (var next = "true"; next.equals("true"); ) {
      var answer = page(sort + ", first: 2" + after);
      forwards.addAll(skus(answer));
      next = answer.at("data", "p", "pageInfo", "hasNextPage");
      after = ", after: " + answer.at("data", "p", "edges", 1, "cursor");
      assertThat(answer.at("data", "p", "pageInfo", "endCursor"))
          .isEqualTo(answer.at("data", "p", "edges", 1, "cursor"));
    }
    assertThat(forwards).isEqualTo(all);
    var backwards = new ArrayList<String>();
    var before = "";
    for (var more = "true"; more.equals("true"); ) {
      var answer = page(sort + ", last: 2" + before);
      backwards.addAll(0, skus(answer));
      more = answer.at("data", "p", "pageInfo", "hasPreviousPage");
      before = ", before: " + answer.at("data", "p", "pageInfo", "startCursor");
    }
    assertThat(backwards).isEqualTo(all);
  }

  @Test
  void counts_all_rows_and_shows_nodes() {
    assertThat(
            shop.ask(
                    "admin",
                    "{ productsPage(first: 1, where: {status: {eq: active}}) { totalCount nodes {"
                        + " n: name } __typename pageInfo { __typename } } }")
                .data())
        .isEqualTo(
            "{\"productsPage\":{\"totalCount\":4,\"nodes\":[{\"n\":\"Green tea\"}],"
                + "\"__typename\":\"ProductConnection\","
                + "\"pageInfo\":{\"__typename\":\"PageInfo\"}}}");
  }

  @Test
  void an_edge_in_the_middle_is_a_place_to_go_on_from() {
    var cursor = page("first: 3").at("data", "p", "edges", 1, "cursor");
    assertThat(skus(page("first: 1, after: " + cursor))).containsExactly("P3");
    assertThat(skus(page("last: 1, before: " + cursor))).containsExactly("P1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "first: 1, last: 1",
        "last: 1, after: \"x\"",
        "before: \"x\"",
        "first: 0",
        "first: 501",
        "after: \"forged\""
      })
  void refuses(String arguments) {
    var answer = shop.ask("admin", "{ p: productsPage(" + arguments + ") " + PARTS + " }");
    assertThat(answer.data()).isEqualTo("{\"p\":null}");
    assertThat(answer.at("errors", 0, "extensions", "status")).isEqualTo("400");
  }
}
