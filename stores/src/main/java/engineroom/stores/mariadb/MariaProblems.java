package engineroom.stores.mariadb;

import static engineroom.problem.ProblemException.problem;

import engineroom.model.Entity;
import engineroom.problem.StoreProblem.OutOfTime;
import engineroom.problem.StoreProblem.Unavailable;
import engineroom.stores.session.Refusals.Refused;
import engineroom.stores.session.Refusals.Refused.Rule;
import engineroom.stores.sql.TableNames;
import engineroom.stores.sql.TableSql;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Says what MariaDB's answers mean to a caller.
final class MariaProblems {
  /// The disk is full, as the server and its files say it.
  private static final Set<Integer> FULL = Set.of(1021, 1114);

  private MariaProblems() {}

  /// The exception to throw for a failure that no row is to blame for.
  static RuntimeException told(MariaFailure failure, Duration timeLimit) {
    if (failure.code() == MariaFailure.OUT_OF_TIME) {
      return problem(new OutOfTime(Math.max(1, timeLimit.toSeconds())));
    }
    if (FULL.contains(failure.code())) {
      return problem(
          new Unavailable("The disk is full.", "Make room on the disk that holds the database."));
    }
    if (failure.state().startsWith("08") || failure.code() == 1053) {
      return problem(
          new Unavailable(
              "The database can't be reached or takes no more.", "Try again in a moment."));
    }
    return failure.passing()
        ? problem(new Unavailable("The database is busy.", "Try again in a moment."))
        : failure;
  }

  /// What a failure says of the row that was written.
  static Refused refused(MariaFailure failure, TableNames tables, Entity entity) {
    return switch (failure.code()) {
      case MariaFailure.DUPLICATE ->
          new Refused(Rule.UNIQUE, unique(failure.key(), tables, entity), failure);
      case MariaFailure.NOT_NULL -> new Refused(Rule.NOT_NULL, List.of(failure.column()), failure);
      case MariaFailure.CHECK -> new Refused(Rule.CHECK, List.of(failure.constraint()), failure);
      case MariaFailure.TOO_LONG ->
          new Refused(Rule.CHECK, List.of(failure.column() + "__max"), failure);
      default -> new Refused(Rule.OTHER, List.of(), failure);
    };
  }

  private static List<String> unique(String index, TableNames tables, Entity entity) {
    var known = new TableSql(tables, entity).indexes().get(index);
    return known == null ? List.of("id") : known.columns();
  }
}
