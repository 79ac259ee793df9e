package engineroom.authorize;

import engineroom.expression.Expression;
import engineroom.operation.Query.Counting;
import engineroom.operation.Selection.Sort;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The allowed shape of a question for rows: rules woven in, values left out. One object for all
/// equal questions of callers with the same rights; equal only to itself, so that what is derived
/// from it is found fast.
public final class View {
  private final String entity;
  private final Shape shape;
  private final Expression filter;
  private final List<Sort> sort;
  private final Counting counting;
  private final Bound bound;

  /// What stands behind the request's own arguments.
  ///
  /// @param moment as of which versions are read, as the position of an argument
  record Bound(int arguments, List<Expression.Fact> facts, @Nullable Integer moment) {
    Bound {
      facts = List.copyOf(facts);
    }
  }

  View(String entity, Shape shape, Condition condition, Bound bound) {
    this.entity = entity;
    this.shape = shape;
    this.filter = condition.filter();
    this.sort = condition.sort();
    this.counting = condition.counting();
    this.bound = bound;
  }

  /// Which rows, in which order, counted how.
  record Condition(Expression filter, List<Sort> sort, Counting counting) {}

  public String entity() {
    return entity;
  }

  public Shape shape() {
    return shape;
  }

  /// On variable `row`: the caller's rule and the request's filter.
  public Expression filter() {
    return filter;
  }

  /// With the id as the last key.
  public List<Sort> sort() {
    return sort;
  }

  public Counting counting() {
    return counting;
  }

  /// How many arguments a run has: those of the request, then the facts. Further ones may follow.
  public int arguments() {
    return bound.arguments() + bound.facts().size();
  }

  /// As of which moment versions are read, as the position of an argument.
  public @Nullable Integer moment() {
    return bound.moment();
  }

  List<Expression.Fact> facts() {
    return bound.facts();
  }
}
