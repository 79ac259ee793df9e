package engineroom.door.rest;

import static engineroom.problem.ProblemException.problem;

import engineroom.door.rest.RestSettings.FilterLimits;
import engineroom.expression.Expression;
import engineroom.problem.OperationProblem.TooMuch;
import java.util.List;

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
    var parts = parts(expression);
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

  private static List<Expression> parts(Expression expression) {
    return switch (expression) {
      case Expression.Literal _, Expression.Parameter _, Expression.Variable _, Expression.Fact _ ->
          List.of();
      case Expression.Get(var row, _, _) -> List.of(row);
      case Expression.Guarded(var row, _, var condition) -> List.of(row, condition);
      case Expression.Not(var operand) -> List.of(operand);
      case Expression.Negate(var operand, _) -> List.of(operand);
      case Expression.And(var parts) -> parts;
      case Expression.Or(var parts) -> parts;
      case Expression.Compare(_, var left, var right) -> List.of(left, right);
      case Expression.Arithmetic(_, var left, var right, _) -> List.of(left, right);
      case Expression.In(var element, var list) -> List.of(element, list);
      case Expression.ListOf(var elements, _) -> elements;
      case Expression.Conditional(var condition, var then, var otherwise, _) ->
          List.of(condition, then, otherwise);
      case Expression.Call(_, var arguments, _) -> arguments;
      case Expression.Quantified(_, var list, _, var condition) -> List.of(list, condition);
      case Expression.Count(var list, _, var condition) -> List.of(list, condition);
      case Expression.Search(var row, _, var words) -> List.of(row, words);
    };
  }
}
