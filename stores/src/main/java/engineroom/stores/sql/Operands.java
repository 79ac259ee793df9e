package engineroom.stores.sql;

import engineroom.expression.Expression;
import engineroom.expression.Expression.Arithmetic;
import engineroom.expression.Expression.Call;
import engineroom.expression.Expression.Compare;
import engineroom.expression.Expression.In;
import engineroom.expression.Expression.Negate;
import java.util.List;

/// Puts other operands into an expression.
final class Operands {
  private Operands() {}

  /// The expression on other operands: of a single operand that is itself the expression, that
  /// operand.
  static Expression replaced(Expression expression, List<Expression> old, List<Expression> now) {
    if (old.size() == 1 && old.getFirst().equals(expression)) {
      return now.getFirst();
    }
    return switch (expression) {
      case Arithmetic(var operator, _, _, var type) ->
          new Arithmetic(operator, now.get(0), now.get(1), type);
      case Negate(_, var type) -> new Negate(now.getFirst(), type);
      case Call(var function, _, var type) -> new Call(function, now, type);
      case Compare(var comparison, _, _) -> new Compare(comparison, now.get(0), now.get(1));
      case In _ -> new In(now.get(0), now.get(1));
      default -> throw new IllegalArgumentException("no operands to replace in " + expression);
    };
  }
}
