package engineroom.explain;

import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Comparison;
import engineroom.expression.Expression.FactKind;
import engineroom.expression.Expression.Function;
import engineroom.expression.Expression.Operator;
import engineroom.expression.Expression.Quantifier;
import engineroom.expression.Expression.Variable;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Writes expressions as their owner would: what is read from the text is the expression again, up
/// to the names of its own variables and the brackets of `&&` within `&&`. What only requests and
/// the program itself can say is written as a call.
public final class ExpressionText {
  private static final int CHOICE = 0;
  private static final int OR = 1;
  private static final int AND = 2;
  private static final int COMPARED = 3;
  private static final int ADDED = 4;
  private static final int MULTIPLIED = 5;
  private static final int SIGNED = 6;
  private static final int MEMBER = 7;

  private static final Set<Function> METHODS =
      Set.of(
          Function.STARTS_WITH,
          Function.ENDS_WITH,
          Function.CONTAINS,
          Function.MATCHES,
          Function.LOWER,
          Function.UPPER,
          Function.TRIM);

  private ExpressionText() {}

  /// An expression in the rule language.
  public static String of(Expression expression) {
    return text(expression, CHOICE);
  }

  private static String text(Expression expression, int least) {
    var text = plain(expression);
    return strength(expression) < least ? "(" + text + ")" : text;
  }

  private static int strength(Expression expression) {
    return switch (expression) {
      case Expression.Conditional _ -> CHOICE;
      case Expression.Or(var parts) -> parts.size() == 1 ? strength(parts.getFirst()) : OR;
      case Expression.And(var parts) -> parts.size() == 1 ? strength(parts.getFirst()) : AND;
      case Expression.Compare _, Expression.In _ -> COMPARED;
      case Expression.Arithmetic(var operator, _, _, _) -> strength(operator);
      case Expression.Not _, Expression.Negate _ -> SIGNED;
      case Expression.Guarded(var row, _, _) -> strength(row);
      case Expression.Literal _,
          Expression.Parameter _,
          Variable _,
          Expression.Get _,
          Expression.Fact _,
          Expression.ListOf _,
          Expression.Call _,
          Expression.Quantified _,
          Expression.Count _,
          Expression.Rollup _,
          Expression.Search _ ->
          MEMBER;
    };
  }

  private static int strength(Operator operator) {
    return switch (operator) {
      case ADD, SUBTRACT -> ADDED;
      case MULTIPLY, DIVIDE, REMAINDER -> MULTIPLIED;
    };
  }

  private static String plain(Expression expression) {
    return switch (expression) {
      case Expression.Literal(var value, _) -> LiteralText.of(value);
      case Expression.Parameter(var index, _) -> "arg.a" + index;
      case Variable(var name, _) -> written(name);
      case Expression.Get(Variable(var name, _), var field, _) when name.equals(Variable.ROW) ->
          field;
      case Expression.Get(var row, var field, _) -> text(row, MEMBER) + "." + field;
      case Expression.Guarded(var row, _, _) -> plain(row);
      case Expression.Fact(var kind, var name, _) -> fact(kind, name);
      case Expression.Not(var operand) -> "!" + text(operand, SIGNED);
      case Expression.Negate(Expression.Literal operand, _) -> "-(" + plain(operand) + ")";
      case Expression.Negate(var operand, _) -> "-" + text(operand, SIGNED);
      case Expression.And(var parts) -> joined(parts, " && ", "true", AND);
      case Expression.Or(var parts) -> joined(parts, " || ", "false", OR);
      case Expression.Compare(var comparison, var left, var right) ->
          text(left, COMPARED) + " " + sign(comparison) + " " + text(right, ADDED);
      case Expression.Arithmetic(var operator, var left, var right, _) -> {
        int own = strength(operator);
        yield text(left, own) + " " + sign(operator) + " " + text(right, own + 1);
      }
      case Expression.In(var element, var list) ->
          text(element, COMPARED) + " in " + text(list, ADDED);
      case Expression.ListOf(var elements, _) -> "[" + listed(elements) + "]";
      case Expression.Conditional(var condition, var then, var otherwise, _) ->
          text(condition, OR) + " ? " + plain(then) + " : " + plain(otherwise);
      case Expression.Call call -> call(call);
      case Expression.Quantified(var quantifier, var list, var name, var condition) ->
          macro(list, name(quantifier), name, plain(condition));
      case Expression.Count(var list, var name, var condition) ->
          condition.equals(Expression.TRUE)
              ? "size(" + plain(list) + ")"
              : macro(list, "count", name, plain(condition));
      case Expression.Rollup rollup -> rollup(rollup);
      case Expression.Search(_, _, var words) -> "search(" + plain(words) + ")";
    };
  }

  /// Names that macros got anew are written as they were.
  private static String written(String variable) {
    return variable.replaceFirst("(?<=.)_\\d+$", "");
  }

  private static String macro(Expression list, String macro, String variable, String said) {
    return text(list, MEMBER) + "." + macro + "(" + written(variable) + ", " + said + ")";
  }

  private static String rollup(Expression.Rollup rollup) {
    var value = plain(rollup.value());
    var counted =
        rollup.condition().equals(Expression.TRUE)
            ? value
            : text(rollup.condition(), OR) + " ? " + value + " : null";
    var name = rollup.roll().name().toLowerCase(Locale.ROOT);
    return macro(rollup.list(), name, rollup.variable(), counted);
  }

  private static String joined(List<Expression> parts, String sign, String nothing, int own) {
    if (parts.size() == 1) {
      return plain(parts.getFirst());
    }
    return parts.isEmpty()
        ? nothing
        : parts.stream().map(part -> text(part, own + 1)).collect(Collectors.joining(sign));
  }

  private static String listed(List<Expression> parts) {
    return parts.stream().map(ExpressionText::plain).collect(Collectors.joining(", "));
  }

  private static String call(Expression.Call call) {
    var name = name(call.function());
    var arguments = call.arguments();
    return METHODS.contains(call.function())
        ? text(arguments.getFirst(), MEMBER)
            + "."
            + name
            + "("
            + listed(arguments.subList(1, arguments.size()))
            + ")"
        : name + "(" + listed(arguments) + ")";
  }

  /// `STARTS_WITH` is written `startsWith`.
  private static String name(Function function) {
    var words = function.name().toLowerCase(Locale.ROOT).split("_", -1);
    var name = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      name.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
    }
    return name.toString();
  }

  private static String name(Quantifier quantifier) {
    return quantifier.name().toLowerCase(Locale.ROOT);
  }

  private static String sign(Comparison comparison) {
    return switch (comparison) {
      case EQUAL -> "==";
      case NOT_EQUAL -> "!=";
      case LESS -> "<";
      case LESS_OR_EQUAL -> "<=";
      case GREATER -> ">";
      case GREATER_OR_EQUAL -> ">=";
    };
  }

  private static String sign(Operator operator) {
    return switch (operator) {
      case ADD -> "+";
      case SUBTRACT -> "-";
      case MULTIPLY -> "*";
      case DIVIDE -> "/";
      case REMAINDER -> "%";
    };
  }

  private static String fact(FactKind kind, String name) {
    return switch (kind) {
      case CALLER_ID -> "caller.id";
      case SIGNED_IN -> "caller.signedIn";
      case ROLES -> "caller.roles";
      case HAS_ROLE -> "caller.is(" + LiteralText.of(Value.of(name)) + ")";
      case CLAIM -> "caller.claims." + name;
      case USER_FIELD -> "caller.user." + name;
      case REQUEST_TIME -> "request.time";
      case REQUEST_METHOD -> "request.method";
      case REQUEST_ADDRESS -> "request.address";
      case NOW -> "now";
      case TODAY -> "today";
    };
  }
}
