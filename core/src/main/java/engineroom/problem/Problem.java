package engineroom.problem;

import engineroom.problem.StoreProblem.MigrationNeeded;
import engineroom.problem.StoreProblem.OutOfTime;
import engineroom.problem.StoreProblem.Unavailable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something wrong that the caller can act on: one record a case, grouped by the stage that finds
/// it. Bugs are not problems. Texts name the thing, the rule and the way out, and never carry SQL,
/// rule texts or another row's values.
public sealed interface Problem
    permits RequestProblem, OperationProblem, AuthorizeProblem, StoreProblem {
  /// Stable and documented: the stage, a slash, the case: `operation/unknown-field`.
  String code();

  /// One sentence.
  String title();

  /// Whether it may be one of a single row, so that others can be written without it.
  default boolean ofOneRow() {
    return switch (this) {
      case Unavailable _, OutOfTime _, MigrationNeeded _ -> false;
      case Problem _ -> true;
    };
  }

  /// The way out, where there is one to name.
  default @Nullable String hint() {
    return null;
  }

  /// The single mistakes, where there can be several.
  default List<Violation> errors() {
    return List.of();
  }
}
