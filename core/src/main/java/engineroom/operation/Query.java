package engineroom.operation;

import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.operation.Selection.Sort;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The shape of a question for many rows: everything but the values, so that plans can be cached by
/// it. Equal questions are equal records.
///
/// @param filter on variable `row`; values that the request brings are parameters
/// @param counting whether all matching rows are counted
public record Query(
    String entity, Selection selection, Expression filter, List<Sort> sort, Counting counting) {
  public Query {
    sort = List.copyOf(sort);
  }

  /// How many rows match in all: not asked, exactly, or as near as the store knows without reading
  /// them.
  public enum Counting {
    NONE,
    EXACT,
    ESTIMATE
  }

  /// Which part of the rows.
  ///
  /// @param limit 1 to 500, unless the settings say otherwise
  /// @param offset rows passed over; 0 with a cursor
  /// @param after the sort values of the last row seen, its id last, or null
  public record Page(int limit, long offset, @Nullable List<Value> after) {
    public Page {
      if (limit < 0) {
        throw new IllegalArgumentException("limit must be 0 or more, was " + limit);
      }
      if (offset < 0) {
        throw new IllegalArgumentException("offset must be 0 or more, was " + offset);
      }
    }

    /// The first rows.
    public static Page first(int limit) {
      return new Page(limit, 0, null);
    }
  }
}
