package engineroom.operation;

import engineroom.expression.Expression;
import engineroom.expression.Expression.Comparison;
import engineroom.operation.Selection.Direction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The shape of a question for totals: rows that match are put into groups, and each group is
/// measured.
public record Summary(
    String entity,
    Expression filter,
    List<Group> groups,
    List<Measure> measures,
    List<Having> having,
    List<Order> sort) {
  public Summary {
    groups = List.copyOf(groups);
    measures = List.copyOf(measures);
    having = List.copyOf(having);
    sort = List.copyOf(sort);
  }

  /// What puts rows together.
  ///
  /// @param name as asked and shown: `customer.city`, `month(placedAt)`
  public record Group(String name, Expression by) {}

  /// What is told of a group.
  ///
  /// @param name the path measured, as asked and shown: `total`; empty for the count of rows
  /// @param of what is measured; null for the count of rows
  public record Measure(Function function, String name, @Nullable Expression of) {}

  /// How it is measured. Nulls are passed over; of nothing the sum is null.
  public enum Function {
    COUNT,
    /// Of distinct values.
    DISTINCT,
    SUM,
    AVG,
    MIN,
    MAX
  }

  /// A condition on a measure, by its position.
  public record Having(int measure, Comparison comparison, Expression.Parameter value) {}

  /// One key of the order: a position among the groups followed by the measures.
  public record Order(int column, Direction direction) {}
}
