package engineroom.operation;

import engineroom.expression.Expression;
import java.util.List;

/// What of a row is shown. A reference among the fields is shown as `{"id": …}`; an expansion of it
/// shows more.
///
/// @param fields names in the order asked for; all where the caller named none
public record Selection(Fields fields, List<Expansion> expansions) {
  /// All readable fields and no expansion.
  public static final Selection ALL = new Selection(Fields.All.ALL, List.of());

  /// Nothing: for writes whose rows nobody looks at, so that none is read again.
  public static final Selection NOTHING = new Selection(new Fields.Named(List.of()), List.of());

  public Selection {
    expansions = List.copyOf(expansions);
  }

  /// All that the caller may read, or some by name.
  public sealed interface Fields {
    enum All implements Fields {
      ALL
    }

    record Named(List<String> names) implements Fields {
      public Named {
        names = List.copyOf(names);
      }
    }
  }

  /// More of a reference, or the rows of an inverse list. A list may be expanded more than once,
  /// under different names.
  ///
  /// @param field a reference or inverse list of the entity
  /// @param as the member that shows it: of a reference its own name
  /// @param filter of a list: on variable `row` of its entity; else true
  /// @param sort of a list; the id is added as the tie-breaker
  /// @param limit of a list: at most so many rows
  public record Expansion(
      String field, String as, Selection selection, Expression filter, List<Sort> sort, int limit) {
    public Expansion {
      sort = List.copyOf(sort);
    }

    /// Under its own name.
    public Expansion(
        String field, Selection selection, Expression filter, List<Sort> sort, int limit) {
      this(field, field, selection, filter, sort, limit);
    }
  }

  /// One key of an order. Nulls come last in both directions.
  public record Sort(Expression by, Direction direction) {}

  /// Which end comes first.
  public enum Direction {
    ASCENDING,
    DESCENDING
  }
}
