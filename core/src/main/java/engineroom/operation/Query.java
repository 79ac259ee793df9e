package engineroom.operation;

import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.operation.Selection.Sort;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The shape of a question for many rows: everything but the values, so that plans can be cached by
/// it. Equal questions are equal, and know their hash.
public final class Query {
  private final String entity;
  private final Selection selection;
  private final Expression filter;
  private final List<Sort> sort;
  private final Counting counting;

  /// Worked out once: a question that is asked again is looked up by it each time. 0 before.
  private int hash;

  public Query(
      String entity, Selection selection, Expression filter, List<Sort> sort, Counting counting) {
    this.entity = entity;
    this.selection = selection;
    this.filter = filter;
    this.sort = List.copyOf(sort);
    this.counting = counting;
  }

  public String entity() {
    return entity;
  }

  public Selection selection() {
    return selection;
  }

  /// On variable `row`; values that the request brings are parameters.
  public Expression filter() {
    return filter;
  }

  public List<Sort> sort() {
    return sort;
  }

  /// Whether all matching rows are counted.
  public Counting counting() {
    return counting;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Query query
            && hashCode() == query.hashCode()
            && entity.equals(query.entity)
            && counting == query.counting
            && filter.equals(query.filter)
            && selection.equals(query.selection)
            && sort.equals(query.sort));
  }

  @Override
  public int hashCode() {
    if (hash == 0) {
      hash = Objects.hash(entity, selection, filter, sort, counting);
    }
    return hash;
  }

  @Override
  public String toString() {
    return "Query[%s, %s, %s, %s, %s]".formatted(entity, selection, filter, sort, counting);
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
