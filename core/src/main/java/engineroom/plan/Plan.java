package engineroom.plan;

import engineroom.authorize.Shape;
import engineroom.expression.Expression;
import engineroom.operation.Selection.Direction;
import engineroom.operation.Selection.Sort;
import engineroom.operation.Summary;
import java.util.List;

/// What a store is asked to read, with every rule woven in and no value: values are parameters,
/// bound when it runs. Stores compile it once and keep it.
public sealed interface Plan {
  /// The entity whose rows are read.
  String entity();

  /// Rows as JSON objects.
  ///
  /// @param filter on variable `row`: rule, request and id or cursor together
  /// @param counted by the filter without the cursor
  /// @param sort with the id as the last key; its values come back for the cursor
  record Rows(String entity, Shape shape, Expression filter, Counted counted, List<Sort> sort)
      implements Plan {
    public Rows {
      sort = List.copyOf(sort);
    }
  }

  /// Groups as JSON objects: `{"group": {…}, "count": 3, "sum": {"total": …}}`, groups and measures
  /// in the order asked, measures put together by their function in the order of first mention;
  /// `group` left out where there are none. Without groups there is exactly one object. Groups with
  /// a null value are groups like others. Where no sort is given, by the groups in order; further
  /// keys after the sort are the groups in order.
  record Groups(Summary summary) implements Plan {
    @Override
    public String entity() {
      return summary.entity();
    }
  }

  /// The direction that keeps nulls last is every store's to find.
  static boolean descending(Sort sort) {
    return sort.direction() == Direction.DESCENDING;
  }
}
