package engineroom.migrate;

import engineroom.migrate.Step.Mark;
import engineroom.migrate.Step.Planned;
import engineroom.problem.Violation;
import java.util.List;

/// What a database needs to fit a model.
///
/// @param faults rows that stand in the way, each kind with its count and the way out
/// @param drift where the database is not as it recorded itself: changed by hand
public record MigrationPlan(List<Planned> steps, List<Violation> faults, List<String> drift) {
  public MigrationPlan {
    steps = List.copyOf(steps);
    faults = List.copyOf(faults);
    drift = List.copyOf(drift);
  }

  /// Whether there is anything to do.
  public boolean fits() {
    return steps.isEmpty();
  }

  /// The steps by which values are lost.
  public List<Planned> losses() {
    return steps.stream().filter(planned -> planned.mark() == Mark.DESTRUCTIVE).toList();
  }

  /// Whether values may be lost by a migration.
  public enum Loss {
    REFUSED,
    ALLOWED
  }
}
