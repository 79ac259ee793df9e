package engineroom.door.query;

import static engineroom.problem.ProblemException.problem;

import engineroom.door.query.QuerySettings.FilterLimits;
import engineroom.expression.Expression;
import engineroom.expression.Rewrite;
import engineroom.problem.OperationProblem.TooMuch;

/// Counts the conditions, operators and functions of a filter and how deep they go. Fields and
/// values are not counted.
final class FilterSize {
  private final FilterLimits limits;
  private int nodes;

  private FilterSize(FilterLimits limits) {
    this.limits = limits;
  }

  /// Refuses a filter beyond the limits.
  static void check(Expression filter, FilterLimits limits) {
    new FilterSize(limits).visit(filter, 0);
  }

  private void visit(Expression expression, int depth) {
    var parts = Rewrite.children(expression);
    if (parts.isEmpty()) {
      return;
    }
    boolean path = expression instanceof Expression.Get;
    int inner = path ? depth : depth + 1;
    nodes += path ? 0 : 1;
    if (inner > limits.depth()) {
      throw problem(
          new TooMuch(
              "filter-depth", "A filter may be " + limits.depth() + " levels deep at most."));
    }
    if (nodes > limits.nodes()) {
      throw problem(
          new TooMuch(
              "filter-nodes",
              "A filter may have " + limits.nodes() + " conditions and operators at most."));
    }
    parts.forEach(part -> visit(part, inner));
  }
}
