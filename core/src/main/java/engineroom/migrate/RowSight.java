package engineroom.migrate;

import engineroom.data.Type;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Fact;
import engineroom.expression.Expression.FactKind;
import engineroom.expression.Expression.Get;
import engineroom.expression.Expression.Parameter;
import engineroom.expression.Expression.Variable;
import engineroom.expression.Rewrite;
import java.util.EnumSet;
import java.util.Set;

/// What an expression has to see, and whether a migration can show it: there is no caller then, no
/// request and no row before.
public final class RowSight {
  private static final Set<FactKind> CLOCK =
      EnumSet.of(FactKind.NOW, FactKind.TODAY, FactKind.REQUEST_TIME);

  private RowSight() {}

  /// Whether an expression sees the row's own fields and the clock only.
  public static boolean own(Expression expression) {
    return decidable(expression) && !reaches(expression);
  }

  /// Whether an expression sees the row's own fields only.
  public static boolean timeless(Expression expression) {
    return own(expression) && !asks(expression);
  }

  private static boolean asks(Expression expression) {
    return expression instanceof Fact
        || Rewrite.children(expression).stream().anyMatch(RowSight::asks);
  }

  private static boolean reaches(Expression expression) {
    if (expression instanceof Get(var owner, _, var type)
        && (type instanceof Type.RowsOf
            || (owner.type() instanceof Type.RowOf && !(owner instanceof Variable)))) {
      return true;
    }
    return Rewrite.children(expression).stream().anyMatch(RowSight::reaches);
  }

  /// Whether a check can be held against rows that nobody is changing.
  public static boolean decidable(Expression expression) {
    if (expression instanceof Parameter
        || (expression instanceof Variable(var name, _) && name.equals(Variable.OLD))
        || (expression instanceof Fact(var kind, _, _) && !CLOCK.contains(kind))) {
      return false;
    }
    return Rewrite.children(expression).stream().allMatch(RowSight::decidable);
  }
}
