package engineroom.migrate;

import engineroom.data.JsonText;
import engineroom.expression.Expression;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Expressions as text that stays the same from version to version, so that a record can tell
/// whether one has changed.
final class ExpressionText {
  private ExpressionText() {}

  static String of(Expression expression) {
    return switch (expression) {
      case Expression.Literal(var value, _) -> JsonText.of(value);
      case Expression.Parameter(var index, _) -> "$" + index;
      case Expression.Variable(var name, _) -> name;
      case Expression.Get(var row, var field, _) -> of(row) + "." + field;
      case Expression.Guarded(var row, var variable, var condition) ->
          call("guarded", of(row), variable, of(condition));
      case Expression.Fact(var kind, var name, _) -> call(word(kind), name);
      case Expression.Not(var operand) -> call("not", of(operand));
      case Expression.Negate(var operand, _) -> call("negate", of(operand));
      case Expression.And(var parts) -> call("and", all(parts));
      case Expression.Or(var parts) -> call("or", all(parts));
      case Expression.Compare(var comparison, var left, var right) ->
          call(word(comparison), of(left), of(right));
      case Expression.Arithmetic(var operator, var left, var right, _) ->
          call(word(operator), of(left), of(right));
      case Expression.In(var element, var list) -> call("in", of(element), of(list));
      case Expression.ListOf(var elements, _) -> call("list", all(elements));
      case Expression.Conditional(var condition, var then, var otherwise, _) ->
          call("if", of(condition), of(then), of(otherwise));
      case Expression.Call(var function, var arguments, _) -> call(word(function), all(arguments));
      case Expression.Quantified(var quantifier, var list, var variable, var condition) ->
          call(word(quantifier), of(list), variable, of(condition));
      case Expression.Count(var list, var variable, var condition) ->
          call("count", of(list), variable, of(condition));
      case Expression.Rollup(var roll, var list, var variable, var condition, var value) ->
          call(word(roll), of(list), variable, of(condition), of(value));
      case Expression.Search(var row, var fields, var words) ->
          call("search", of(row), String.join(" ", fields), of(words));
    };
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String all(List<Expression> parts) {
    return parts.stream().map(ExpressionText::of).collect(Collectors.joining(", "));
  }

  private static String call(String name, String... parts) {
    return name + "(" + String.join(", ", parts) + ")";
  }
}
