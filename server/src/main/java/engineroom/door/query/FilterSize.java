package engineroom.door.query;

import static engineroom.problem.ProblemException.problem;

import engineroom.door.query.QuerySettings.FilterLimits;
import engineroom.expression.Expression;
import engineroom.expression.Rewrite;
import engineroom.model.ComputedParts;
import engineroom.model.Model;
import engineroom.problem.OperationProblem.TooMuch;

/// Counts the conditions, operators and functions of a filter and how deep they go. Fields and
/// values are not counted, but what virtual fields are worked out of is: each mention is a
/// calculation that the store does for every row.
final class FilterSize {
  /// Parts of all the virtual fields that a filter names.
  static final int COMPUTED_MAX = 2_000;

  private final FilterLimits limits;
  private final Model model;
  private final ComputedParts computed;
  private int nodes;

  private FilterSize(FilterLimits limits, Model model) {
    this.limits = limits;
    this.model = model;
    this.computed = new ComputedParts(model, COMPUTED_MAX);
  }

  /// Refuses a filter beyond the limits.
  static void check(Expression filter, FilterLimits limits, Model model) {
    new FilterSize(limits, model).visit(filter, 0);
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
    var virtual = ComputedParts.virtual(model, expression);
    if (virtual != null && !computed.add(virtual)) {
      throw problem(
          new TooMuch(
              "filter-computed",
              "A filter may name computed fields of " + COMPUTED_MAX + " parts at most."));
    }
    parts.forEach(part -> visit(part, inner));
  }
}
