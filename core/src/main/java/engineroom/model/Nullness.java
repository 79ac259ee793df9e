package engineroom.model;

import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Comparison;
import engineroom.expression.Expression.Get;
import engineroom.expression.Expression.Literal;
import engineroom.expression.Expression.Operator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Tells whether an expression may have no value, other than by an overflow: by what is optional,
/// by a list that may be empty, by a division. `x == null ? … : x` is understood.
public final class Nullness {
  private final Map<String, Entity> entities;

  private Nullness(Map<String, Entity> entities) {
    this.entities = entities;
  }

  /// Whether there are rows for which an expression is null.
  public static boolean possible(Map<String, Entity> entities, Expression expression) {
    return new Nullness(entities).nullable(expression, Set.of());
  }

  /// @param known what is not null here
  private boolean nullable(Expression expression, Set<Expression> known) {
    if (known.contains(expression)) {
      return false;
    }
    return switch (expression) {
      case Literal(var value, _) -> value == Value.NULL;
      case Get(var row, var field, _) -> nullable(row, known) || optional(row.type(), field);
      case Expression.Negate(var operand, _) -> nullable(operand, known);
      case Expression.Arithmetic(var operator, var left, var right, _) ->
          nullable(left, known) || nullable(right, known) || divides(operator, right);
      case Expression.Conditional(var condition, var then, var otherwise, _) ->
          nullable(then, assured(known, condition, Comparison.NOT_EQUAL))
              || nullable(otherwise, assured(known, condition, Comparison.EQUAL));
      case Expression.Call(_, var arguments, _) ->
          arguments.stream().anyMatch(argument -> nullable(argument, known));
      case Expression.Rollup rollup -> rollup.roll() != Expression.Roll.SUM;
      case Expression.Variable _,
          Expression.Not _,
          Expression.And _,
          Expression.Or _,
          Expression.Compare _,
          Expression.In _,
          Expression.ListOf _,
          Expression.Quantified _,
          Expression.Count _,
          Expression.Search _ ->
          false;
      case Expression.Parameter _, Expression.Fact _, Expression.Guarded _ -> true;
    };
  }

  private boolean optional(Type row, String field) {
    if (!(row instanceof Type.RowOf(var name))) {
      return false; // a part of money or of a point is there where the whole is
    }
    var entity = entities.get(name);
    return entity != null && entity.findField(field).filter(Field::required).isEmpty();
  }

  private static boolean divides(Operator operator, Expression by) {
    return switch (operator) {
      case ADD, SUBTRACT, MULTIPLY -> false;
      case DIVIDE, REMAINDER -> !(by instanceof Literal(var value, _) && isNumber(value));
    };
  }

  private static boolean isNumber(Value value) {
    return switch (value) {
      case Value.Integer(var number) -> number != 0;
      case Value.Decimal(var number) -> number.signum() != 0;
      case Value.Number(var number) -> number != 0;
      case Value _ -> false;
    };
  }

  /// What is not null where a condition decided so.
  ///
  /// @param comparison with null that the condition must be
  private static Set<Expression> assured(
      Set<Expression> known, Expression condition, Comparison comparison) {
    var more = new HashSet<>(known);
    switch (condition) {
      case Expression.Compare(var found, var left, var right) when found == comparison -> {
        if (right instanceof Literal(var value, _) && value == Value.NULL) {
          more.add(left);
        }
        if (left instanceof Literal(var value, _) && value == Value.NULL) {
          more.add(right);
        }
      }
      case Expression.And(var parts) when comparison == Comparison.NOT_EQUAL ->
          parts.forEach(part -> more.addAll(assured(known, part, comparison)));
      case Expression.Or(var parts) when comparison == Comparison.EQUAL ->
          parts.forEach(part -> more.addAll(assured(known, part, comparison)));
      case Expression _ -> {}
    }
    return more;
  }
}
