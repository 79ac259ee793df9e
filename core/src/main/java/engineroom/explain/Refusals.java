package engineroom.explain;

import engineroom.outcome.AccessReport.Stage;
import engineroom.outcome.AccessReport.Verdict;
import engineroom.problem.AuthorizeProblem;
import engineroom.problem.Problem;
import engineroom.problem.Violation;
import java.util.List;

/// Tells who refused, by the problem that was given.
public final class Refusals {
  private Refusals() {}

  /// The verdict that a problem is.
  public static Verdict of(Problem problem) {
    return new Verdict.Refused(stage(problem), problem.code(), problem.title(), problem.errors());
  }

  private static Stage stage(Problem problem) {
    return switch (problem) {
      case AuthorizeProblem.SignInNeeded _, AuthorizeProblem.NotAllowed _ -> Stage.RULE;
      case AuthorizeProblem.NotFound _ -> Stage.RULE;
      case AuthorizeProblem.BadCredentials _ -> Stage.OTHER;
      case Problem other -> stage(other.errors());
    };
  }

  /// What no sender could send counts before what this one may not.
  private static Stage stage(List<Violation> errors) {
    if (errors.isEmpty()) {
      return Stage.OTHER;
    }
    var stages = errors.stream().map(Refusals::stage).toList();
    for (var stage : List.of(Stage.VALUE, Stage.FIELD, Stage.REFERENCE)) {
      if (stages.contains(stage)) {
        return stage;
      }
    }
    return Stage.CHECK;
  }

  private static Stage stage(Violation error) {
    return switch (error.code()) {
      case "read-only", "unknown" -> Stage.FIELD;
      case "reference" -> Stage.REFERENCE;
      case String code when code.startsWith("check/") -> Stage.CHECK;
      case String _ -> Stage.VALUE;
    };
  }
}
