package engineroom.access;

import engineroom.app.AccessWork.Change;
import engineroom.app.AccessWork.Right;
import engineroom.app.AccessWork.Way;
import engineroom.explain.AccessDifference;
import engineroom.explain.AccessMatrix;
import engineroom.explain.AccessMatrix.Cell;
import engineroom.expression.Expression;
import engineroom.model.Model;
import java.util.List;
import java.util.Locale;

/// Tells who may do what in words.
public final class Matrix {
  private Matrix() {}

  /// The rights of everybody: on whole rows, and on fields with rules of their own.
  public static List<Right> of(Model model) {
    var matrix = AccessMatrix.of(model);
    return matrix.cells().stream()
        .filter(cell -> cell.field().isEmpty() || matrix.narrows(cell))
        .map(cell -> right(cell, matrix.rule(cell)))
        .toList();
  }

  /// What a new model opens and closes.
  public static List<Change> since(Model before, Model after) {
    return AccessDifference.of(AccessMatrix.of(before), AccessMatrix.of(after)).stream()
        .map(
            change ->
                new Change(
                    way(change.way()),
                    right(change.cell(), change.after()),
                    AccessMatrix.words(change.before())))
        .toList();
  }

  private static Right right(Cell cell, Expression rule) {
    var action = cell.action().name().toLowerCase(Locale.ROOT);
    return new Right(cell.who(), cell.entity(), action, cell.field(), AccessMatrix.words(rule));
  }

  private static Way way(AccessDifference.Way way) {
    return switch (way) {
      case OPENS -> Way.OPENS;
      case CLOSES -> Way.CLOSES;
      case CHANGES -> Way.CHANGES;
    };
  }
}
