package engineroom.plan;

import engineroom.authorize.Allowed;
import engineroom.authorize.View;
import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Comparison;
import engineroom.model.History;
import engineroom.model.Model;
import engineroom.operation.Query.Counting;
import engineroom.operation.Selection.Direction;
import engineroom.operation.Selection.Sort;
import java.util.ArrayList;
import java.util.List;

/// Turns an allowed read into what a store is asked.
public final class Planner {
  private final Model model;

  public Planner(Model model) {
    this.model = History.readable(model);
  }

  /// The plan for the first rows of a view, or those at an offset.
  public Plan.Rows plan(View view) {
    return rows(view, view.filter());
  }

  /// The plan for the rows behind a cursor, whose values follow the view's arguments.
  public Plan.Rows planAfter(View view) {
    return rows(view, new Expression.And(List.of(view.filter(), after(view))));
  }

  /// The plan for totals.
  public Plan.Groups plan(Allowed.Summarizing allowed) {
    return new Plan.Groups(allowed.summary(), allowed.moment());
  }

  private static Plan.Rows rows(View view, Expression filter) {
    var counted = counted(view.counting(), view.filter());
    return new Plan.Rows(view.entity(), view.shape(), filter, counted, view.sort(), view.moment());
  }

  private static Counted counted(Counting counting, Expression filter) {
    return switch (counting) {
      case NONE -> Counted.Nothing.NOTHING;
      case EXACT -> new Counted.Exactly(filter);
      case ESTIMATE -> new Counted.Roughly(filter);
    };
  }

  /// Behind the cursor: equal in the first keys and further in the next one.
  private Expression after(View view) {
    var ways = new ArrayList<Expression>();
    var equal = new ArrayList<Expression>();
    for (int i = 0; i < view.sort().size(); i++) {
      var key = view.sort().get(i);
      var value = new Expression.Parameter(view.arguments() + i, key.by().type());
      var way = new ArrayList<>(equal);
      way.add(further(view.entity(), key, value));
      ways.add(way.size() == 1 ? way.getFirst() : new Expression.And(way));
      equal.add(new Expression.Compare(Comparison.EQUAL, key.by(), value));
    }
    return ways.size() == 1 ? ways.getFirst() : bounded(view, new Expression.Or(ways));
  }

  /// Says of a first key without nulls where its range begins, so that an index can start there.
  private Expression bounded(View view, Expression ways) {
    var first = view.sort().getFirst();
    if (nullable(view.entity(), first.by())) {
      return ways;
    }
    var comparison =
        first.direction() == Direction.ASCENDING
            ? Comparison.GREATER_OR_EQUAL
            : Comparison.LESS_OR_EQUAL;
    var value = new Expression.Parameter(view.arguments(), first.by().type());
    return new Expression.And(List.of(new Expression.Compare(comparison, first.by(), value), ways));
  }

  private Expression further(String entity, Sort key, Expression value) {
    var comparison = key.direction() == Direction.ASCENDING ? Comparison.GREATER : Comparison.LESS;
    var further = new Expression.Compare(comparison, key.by(), value);
    if (!nullable(entity, key.by())) {
      return further;
    }
    var none = new Expression.Literal(Value.NULL, key.by().type());
    return new Expression.Or(
        List.of(
            further,
            new Expression.And(
                List.of(
                    new Expression.Compare(Comparison.EQUAL, key.by(), none),
                    new Expression.Compare(Comparison.NOT_EQUAL, value, none)))));
  }

  private boolean nullable(String entity, Expression key) {
    return !(key instanceof Expression.Get(Expression.Variable _, var field, _))
        || !model.entity(entity).field(field).required();
  }
}
