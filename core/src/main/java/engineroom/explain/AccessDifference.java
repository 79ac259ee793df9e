package engineroom.explain;

import engineroom.explain.AccessMatrix.Cell;
import engineroom.expression.Expression;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What a new model opens and closes. Never calls an opening a closing: where two conditions can't
/// be compared by their parts, the change is told as neither.
public final class AccessDifference {
  /// Which way a right went.
  public enum Way {
    OPENS,
    CLOSES,
    /// It is another condition, which may open something.
    CHANGES
  }

  /// A right that is not what it was.
  public record Change(Way way, Cell cell, Expression before, Expression after) {}

  private final AccessMatrix before;
  private final AccessMatrix after;

  private AccessDifference(AccessMatrix before, AccessMatrix after) {
    this.before = before;
    this.after = after;
  }

  /// The changes from one model to another, in the order of the new one, then what is gone.
  public static List<Change> of(AccessMatrix before, AccessMatrix after) {
    var difference = new AccessDifference(before, after);
    var cells = new LinkedHashSet<>(after.cells());
    cells.addAll(before.cells());
    var changes = new ArrayList<Change>();
    for (var cell : cells) {
      difference.compare(cell, changes);
    }
    return changes;
  }

  private void compare(Cell cell, List<Change> changes) {
    var was = known(before, cell);
    var is = known(after, cell);
    boolean usable = before.usable(was) || after.usable(is);
    if (!usable || (!cell.field().isEmpty() && comesOrGoes(cell.entity()))) {
      return;
    }
    var old = before.meaning(was);
    var now = after.meaning(is);
    if (!old.equals(now)) {
      changes.add(new Change(way(old, now), cell, before.rule(was), after.rule(is)));
    }
  }

  /// Who had a role that was not there yet was signed in, and no more.
  private static Cell known(AccessMatrix in, Cell cell) {
    boolean role =
        !Set.of(AccessMatrix.GUEST, AccessMatrix.SIGNED_IN, AccessMatrix.ADMINISTRATOR)
            .contains(cell.who());
    return role && !in.model().roles().containsKey(cell.who())
        ? cell.by(AccessMatrix.SIGNED_IN)
        : cell;
  }

  private boolean comesOrGoes(String entity) {
    return before.model().findEntity(entity).isEmpty()
        || after.model().findEntity(entity).isEmpty();
  }

  private static Way way(Expression old, Expression now) {
    if (old.equals(Expression.FALSE) || now.equals(Expression.TRUE)) {
      return Way.OPENS;
    }
    if (old.equals(Expression.TRUE) || now.equals(Expression.FALSE)) {
      return Way.CLOSES;
    }
    var one = plain(old);
    var other = plain(now);
    if (follows(one, other)) {
      return Way.OPENS;
    }
    return follows(other, one) ? Way.CLOSES : Way.CHANGES;
  }

  /// Null alone and false are the same refusal.
  private static Expression plain(Expression rule) {
    return switch (rule) {
      case Expression.And(var parts) when parts.size() == 1 -> plain(parts.getFirst());
      case Expression.Or(var parts) when parts.size() == 1 -> plain(parts.getFirst());
      case Expression other -> other;
    };
  }

  /// Whether where one condition holds the other does too, as far as their parts tell.
  private static boolean follows(Expression one, Expression other) {
    return conditions(one).containsAll(conditions(other))
        || choices(other).containsAll(choices(one));
  }

  private static List<Expression> conditions(Expression rule) {
    return rule instanceof Expression.And(var parts) ? parts : List.of(rule);
  }

  private static List<Expression> choices(Expression rule) {
    return rule instanceof Expression.Or(var parts) ? parts : List.of(rule);
  }
}
