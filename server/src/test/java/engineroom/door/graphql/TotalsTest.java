package engineroom.door.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Summaries of the small shop.
class TotalsTest {
  private final Graph shop = Graph.shop();

  private String data(String caller, String document) {
    var answer = shop.ask(caller, document);
    assertThat(answer.errors()).isEqualTo("null");
    return answer.data();
  }

  @Test
  void groups_and_measures() {
    assertThat(
            data(
                "admin",
                "{ ordersSummary(group: [{customer: {city: VALUE}}, {placedAt: MONTH}],"
                    + " sort: [{sum: {total: DESC}}], having: {sum: {total: {gt: 0}}}) { n: count"
                    + " group { customer { city } placedAt { month year } status } sum { total }"
                    + " max { placedAt } avg { total } } }"))
        .isEqualTo(
            "{\"ordersSummary\":[{\"n\":1,\"group\":{\"customer\":{\"city\":\"Rome\"},\"placedAt\":"
                + "{\"month\":\"2026-09-01\",\"year\":null},\"status\":null},\"sum\":{\"total\":"
                + "5000},\"max\":{\"placedAt\":\"2026-09-02T23:30:00.000000Z\"},\"avg\":{\"total\":"
                + "5000.0}},{\"n\":2,\"group\":{\"customer\":{\"city\":\"Berlin\"},"
                + "\"placedAt\":{\"month\":\"2026-08-01\",\"year\":null},\"status\":null},\"sum\":"
                + "{\"total\":2180},\"max\":{\"placedAt\":\"2026-08-20T10:00:00.000000Z\"},"
                + "\"avg\":{\"total\":1090.0}}]}");
  }

  @Test
  void counts_what_a_condition_finds() {
    assertThat(
            data(
                "admin",
                "{ a: productsSummary(where: {status: {eq: active}}) { count group { status } }"
                    + " b: productsSummary(group: [{category: {id: VALUE}}], sort: [{count: DESC},"
                    + " {group: {category: {id: ASC}}}], limit: 1) { count group { category { id }"
                    + " } distinct { status } __typename } }"))
        .isEqualTo(
            "{\"a\":[{\"count\":4,\"group\":null}],\"b\":[{\"count\":3,\"group\":{\"category\":"
                + "{\"id\":\""
                + Graph.id("02")
                + "\"}},\"distinct\":{\"status\":2},\"__typename\":\"ProductSummary\"}]}");
  }

  @Test
  void sorts_by_parts_of_times_and_names_hidden_fields_to_nobody() {
    assertThat(
            data(
                "admin",
                "{ ordersSummary(group: [{placedAt: DAY}], sort: [{group: {placedAt: {day:"
                    + " DESC}}}], limit: 1, offset: 1) { group { placedAt { day } } } }"))
        .isEqualTo("{\"ordersSummary\":[{\"group\":{\"placedAt\":{\"day\":\"2026-09-02\"}}}]}");
    assertThat(shop.ask("guest", "{ productsSummary { sum { cost } } }").body())
        .contains("cost")
        .contains("undefined");
  }
}
