package engineroom.model;

import engineroom.data.Type;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Arithmetic;
import engineroom.expression.Expression.Get;
import engineroom.expression.Expression.Operator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Finds out which money goes into an amount.
public final class MoneyFlow {
  private final Map<String, Entity> entities;
  private boolean multiplied;

  public MoneyFlow(Map<String, Entity> entities) {
    this.entities = entities;
  }

  /// Whether an amount was multiplied with an amount.
  public boolean multiplied() {
    return multiplied;
  }

  /// The currencies of what goes into a value; the empty text for money of any.
  public Set<String> currencies(Expression value) {
    return switch (value) {
      case Get(Get(var row, var field, _), var part, _)
          when part.equals("amount") && row.type() instanceof Type.RowOf(var entity) ->
          currency(entity, field);
      case Get(var money, _, _) when money.type() == Type.Scalar.MONEY -> currencies(money);
      case Get(var row, var field, var type)
          when type == Type.Scalar.MONEY && row.type() instanceof Type.RowOf(var entity) ->
          currency(entity, field);
      case Arithmetic(var operator, var left, var right, _) -> calculated(operator, left, right);
      case Expression.Negate(var operand, _) -> currencies(operand);
      case Expression.Conditional(_, var then, var otherwise, _) -> all(List.of(then, otherwise));
      case Expression.Rollup(_, _, _, _, var of) -> currencies(of);
      case Expression _ -> Set.of();
    };
  }

  private Set<String> calculated(Operator operator, Expression left, Expression right) {
    var both = all(List.of(left, right));
    boolean money = !currencies(left).isEmpty() && !currencies(right).isEmpty();
    return switch (operator) {
      case ADD, SUBTRACT, REMAINDER -> both;
      case MULTIPLY -> {
        multiplied |= money;
        yield both;
      }
      case DIVIDE -> money ? Set.of() : currencies(left);
    };
  }

  private Set<String> all(List<Expression> parts) {
    var all = new TreeSet<String>();
    parts.forEach(part -> all.addAll(currencies(part)));
    return all;
  }

  private Set<String> currency(String entity, String field) {
    var owner = entities.get(entity);
    var type = owner == null ? null : owner.findField(field).map(f -> f.type()).orElse(null);
    return type instanceof FieldType.Money(var currency, _, _)
        ? Set.of(currency == null ? "" : currency)
        : Set.of();
  }
}
