package engineroom.testkit;

import static engineroom.testkit.ContractModel.id;
import static engineroom.testkit.ContractModel.itemRow;
import static engineroom.testkit.ContractModel.personRow;
import static engineroom.testkit.Say.get;
import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.Row;
import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.data.Value.Decimal;
import engineroom.data.Value.Money;
import engineroom.data.Value.Number;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Comparison;
import engineroom.expression.Expression.Parameter;
import engineroom.operation.Selection.Direction;
import engineroom.operation.Summary;
import engineroom.operation.Summary.Function;
import engineroom.operation.Summary.Group;
import engineroom.operation.Summary.Having;
import engineroom.operation.Summary.Measure;
import engineroom.operation.Summary.Order;
import engineroom.plan.Plan;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What groups and measures give.
interface SummaryContract {
  Opened opened();

  @Test
  default void measures_all_rows_as_one_group() {
    try (var in = opened()) {
      in.keep("item", counted(1, "red", 1), counted(2, "red", 2), itemRow(3));
      assertThat(in.json(measures(ROWS, of(Function.SUM, "count"), of(Function.AVG, "count"))))
          .containsExactly("{\"count\":3,\"sum\":{\"count\":3},\"avg\":{\"count\":1.5}}");
      assertThat(in.json(measures(of(Function.MIN, "count"), of(Function.MAX, "count"))))
          .containsExactly("{\"min\":{\"count\":1},\"max\":{\"count\":2}}");
      assertThat(in.json(measures(of(Function.DISTINCT, "kind"))))
          .containsExactly("{\"distinct\":{\"kind\":1}}");
    }
  }

  @Test
  default void gives_one_object_of_no_rows() {
    try (var in = opened()) {
      assertThat(in.json(measures(ROWS, of(Function.SUM, "count"), of(Function.MAX, "price"))))
          .containsExactly("{\"count\":0,\"sum\":{\"count\":null},\"max\":{\"price\":null}}");
    }
  }

  @Test
  default void groups_in_order_with_null_a_group_like_others() {
    try (var in = opened()) {
      in.keep("item", counted(1, "red", 1), counted(2, "blue", 2), counted(3, "red", 3));
      in.keep("item", itemRow(4));
      assertThat(in.json(byKind(List.of(), List.of())))
          .containsExactly(
              "{\"group\":{\"kind\":\"blue\"},\"count\":1,\"sum\":{\"count\":2}}",
              "{\"group\":{\"kind\":\"red\"},\"count\":2,\"sum\":{\"count\":4}}",
              "{\"group\":{\"kind\":null},\"count\":1,\"sum\":{\"count\":null}}");
    }
  }

  @Test
  default void keeps_groups_that_have_what_is_asked_and_sorts_them() {
    try (var in = opened()) {
      in.keep("item", counted(1, "red", 1), counted(2, "blue", 2), counted(3, "green", 3));
      in.keep("item", itemRow(4));
      var having =
          new Having(1, Comparison.GREATER_OR_EQUAL, new Parameter(0, Type.Scalar.INTEGER));
      var plan = byKind(List.of(having), List.of(new Order(2, Direction.DESCENDING)));
      assertThat(in.json(plan, Value.of(2)))
          .containsExactly(
              "{\"group\":{\"kind\":\"green\"},\"count\":1,\"sum\":{\"count\":3}}",
              "{\"group\":{\"kind\":\"blue\"},\"count\":1,\"sum\":{\"count\":2}}");
      var page = in.page(plan, 1, 1, Value.of(1));
      assertThat(Opened.texts(page)).singleElement().asString().contains("blue");
      assertThat(page.more()).isTrue();
      assertThat(page.lastKeys()).isEmpty();
    }
  }

  @Test
  default void groups_by_references_and_through_them() {
    try (var in = opened()) {
      in.keep("person", personRow(1));
      in.keep("item", itemRow(1).with("owner", id(1)), itemRow(2));
      var groups =
          List.of(
              new Group("owner", get("item", "owner")),
              new Group("owner.name", get("item", "owner", "name")));
      assertThat(in.json(plan(groups, List.of(ROWS), List.of(), List.of())))
          .containsExactly(
              "{\"group\":{\"owner\":{\"id\":\"01980000-0000-7000-8000-000000000001\"},"
                  + "\"owner.name\":\"person 1\"},\"count\":1}",
              "{\"group\":{\"owner\":null,\"owner.name\":null},\"count\":1}");
    }
  }

  @Test
  default void adds_exactly() {
    try (var in = opened()) {
      in.keep("item", valued(1, "0.1000", 0.1, 5), valued(2, "0.2000", 0.2, 6));
      in.keep("item", valued(3, "0.0001", 0.3, 6));
      assertThat(in.json(measures(of(Function.SUM, "amount"), of(Function.AVG, "amount"))))
          .containsExactly("{\"sum\":{\"amount\":\"0.3001\"},\"avg\":{\"amount\":\"0.10003333\"}}");
      assertThat(in.json(measures(of(Function.SUM, "ratio"))))
          .containsExactly("{\"sum\":{\"ratio\":0.6}}");
      assertThat(in.json(measures(of(Function.SUM, "cost"), of(Function.AVG, "cost"))))
          .containsExactly(
              "{\"sum\":{\"cost\":{\"amount\":17,\"currency\":\"USD\"}},"
                  + "\"avg\":{\"cost\":{\"amount\":6,\"currency\":\"USD\"}}}");
    }
  }

  @Test
  default void gives_null_for_sums_of_mixed_currencies_and_beyond_64_bits() {
    try (var in = opened()) {
      in.keep("item", counted(1, "red", Long.MAX_VALUE).with("cost", new Money(1, "EUR")));
      in.keep("item", counted(2, "red", 1).with("cost", new Money(1, "USD")));
      assertThat(in.json(measures(of(Function.SUM, "count"), of(Function.SUM, "cost"))))
          .containsExactly("{\"sum\":{\"count\":null,\"cost\":null}}");
    }
  }

  /// The count of rows.
  Measure ROWS = new Measure(Function.COUNT, "", null);

  private static Measure of(Function function, String field) {
    return new Measure(function, field, get("item", field));
  }

  private static Plan measures(Measure... measures) {
    return plan(List.of(), List.of(measures), List.of(), List.of());
  }

  private static Plan byKind(List<Having> having, List<Order> sort) {
    var groups = List.of(new Group("kind", get("item", "kind")));
    return plan(groups, List.of(ROWS, of(Function.SUM, "count")), having, sort);
  }

  private static Plan plan(
      List<Group> groups, List<Measure> measures, List<Having> having, List<Order> sort) {
    return new Plan.Groups(new Summary("item", Expression.TRUE, groups, measures, having, sort));
  }

  private static Row counted(int number, String kind, long count) {
    return itemRow(number).with("kind", Value.of(kind)).with("count", Value.of(count));
  }

  private static Row valued(int number, String amount, double ratio, long cost) {
    return itemRow(number)
        .with("amount", new Decimal(new BigDecimal(amount)))
        .with("ratio", new Number(ratio))
        .with("cost", new Money(cost, "USD"));
  }
}
