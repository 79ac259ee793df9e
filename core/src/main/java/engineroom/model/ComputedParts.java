package engineroom.model;

import engineroom.data.Type;
import engineroom.expression.Expression;
import engineroom.expression.Rewrite;
import org.jspecify.annotations.Nullable;

/// Counts the parts of expressions and of the virtual fields that they name, which may name others:
/// as often as they are named, since each time is a calculation of its own. Few fields that name
/// each other twice have millions of parts, so it counts no further than it must.
public final class ComputedParts {
  private final Model model;
  private final int max;
  private int count;

  /// @param max beyond which nobody asks how many they are
  public ComputedParts(Model model, int max) {
    this.model = model;
    this.max = max;
  }

  /// Counts some more.
  ///
  /// @return whether all that was counted is no more than the greatest number
  public boolean add(Expression expression) {
    if (++count > max) {
      return false;
    }
    var virtual = virtual(model, expression);
    return (virtual == null || add(virtual))
        && Rewrite.children(expression).stream().allMatch(this::add);
  }

  /// What a virtual field is worked out from, where an expression is one; else null.
  public static @Nullable Expression virtual(Model model, Expression expression) {
    return expression instanceof Expression.Get(var row, var field, _)
            && row.type() instanceof Type.RowOf(var entity)
        ? model.entity(entity).virtual(field)
        : null;
  }
}
