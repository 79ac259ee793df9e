package engineroom.expression;

import java.util.List;
import java.util.function.UnaryOperator;

/// Walks expressions.
public final class Rewrite {
  private Rewrite() {}

  /// The expression with every part replaced by what the function makes of it, innermost parts
  /// first.
  public static Expression map(Expression expression, UnaryOperator<Expression> function) {
    return function.apply(inner(expression, function));
  }

  private static Expression inner(Expression expression, UnaryOperator<Expression> function) {
    return switch (expression) {
      case Expression.Literal _, Expression.Parameter _, Expression.Variable _, Expression.Fact _ ->
          expression;
      case Expression.Get(var row, var field, var type) ->
          new Expression.Get(map(row, function), field, type);
      case Expression.Guarded(var row, var variable, var condition) ->
          new Expression.Guarded(map(row, function), variable, map(condition, function));
      case Expression.Not(var operand) -> new Expression.Not(map(operand, function));
      case Expression.Negate(var operand, var type) ->
          new Expression.Negate(map(operand, function), type);
      case Expression.And(var parts) -> new Expression.And(all(parts, function));
      case Expression.Or(var parts) -> new Expression.Or(all(parts, function));
      case Expression.Compare(var comparison, var left, var right) ->
          new Expression.Compare(comparison, map(left, function), map(right, function));
      case Expression.Arithmetic(var operator, var left, var right, var type) ->
          new Expression.Arithmetic(operator, map(left, function), map(right, function), type);
      case Expression.In(var element, var list) ->
          new Expression.In(map(element, function), map(list, function));
      case Expression.ListOf(var elements, var type) ->
          new Expression.ListOf(all(elements, function), type);
      case Expression.Conditional(var condition, var then, var otherwise, var type) ->
          new Expression.Conditional(
              map(condition, function), map(then, function), map(otherwise, function), type);
      case Expression.Call(var called, var arguments, var type) ->
          new Expression.Call(called, all(arguments, function), type);
      case Expression.Quantified(var quantifier, var list, var variable, var condition) ->
          new Expression.Quantified(
              quantifier, map(list, function), variable, map(condition, function));
      case Expression.Count(var list, var variable, var condition) ->
          new Expression.Count(map(list, function), variable, map(condition, function));
      case Expression.Rollup(var roll, var list, var variable, var condition, var value) ->
          new Expression.Rollup(
              roll, map(list, function), variable, map(condition, function), map(value, function));
      case Expression.Search(var row, var fields, var words) ->
          new Expression.Search(map(row, function), fields, map(words, function));
    };
  }

  private static List<Expression> all(List<Expression> parts, UnaryOperator<Expression> function) {
    return parts.stream().map(part -> map(part, function)).toList();
  }

  /// The parts that an expression is made of directly.
  public static List<Expression> children(Expression expression) {
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
      case Expression.Rollup(_, var list, _, var condition, var value) ->
          List.of(list, condition, value);
      case Expression.Search(var row, _, var words) -> List.of(row, words);
    };
  }

  /// Whether an expression mentions a row; what does not is the same for all rows of a request.
  public static boolean dependsOnRow(Expression expression) {
    return expression instanceof Expression.Variable
        || children(expression).stream().anyMatch(Rewrite::dependsOnRow);
  }
}
