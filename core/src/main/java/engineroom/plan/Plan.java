package engineroom.plan;

import engineroom.authorize.Shape;
import engineroom.expression.Expression;
import engineroom.operation.Selection.Direction;
import engineroom.operation.Selection.Sort;
import engineroom.operation.Summary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a store is asked to read, with every rule woven in and no value: values are parameters,
/// bound when it runs. Stores compile it once and keep it.
public sealed interface Plan {
  /// The entity whose rows are read.
  String entity();

  /// As of which moment versions are read, as the position of an argument.
  @Nullable Integer moment();

  /// Rows as JSON objects.
  ///
  /// @param filter on variable `row`: rule, request and id or cursor together
  /// @param counted by the filter without the cursor
  /// @param sort with the id as the last key; its values come back for the cursor
  /// @param moment as of which versions are read, as the position of an argument; null where none
  ///   is read, or all of them
  record Rows(
      String entity,
      Shape shape,
      Expression filter,
      Counted counted,
      List<Sort> sort,
      @Nullable Integer moment)
      implements Plan {
    public Rows {
      sort = List.copyOf(sort);
    }

    /// Rows as they are.
    public Rows(String entity, Shape shape, Expression filter, Counted counted, List<Sort> sort) {
      this(entity, shape, filter, counted, sort, null);
    }
  }

  /// Groups as JSON objects: `{"group": {…}, "count": 3, "sum": {"total": …}}`, groups and measures
  /// in the order asked, measures put together by their function in the order of first mention;
  /// `group` left out where there are none. Without groups there is exactly one object. Groups with
  /// a null value are groups like others. Where no sort is given, by the groups in order; further
  /// keys after the sort are the groups in order.
  ///
  /// @param moment as of which versions are read, as the position of an argument; null for rows as
  ///   they are
  record Groups(Summary summary, @Nullable Integer moment) implements Plan {
    /// Groups of rows as they are.
    public Groups(Summary summary) {
      this(summary, null);
    }

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
