package engineroom.stores.mariadb;

import static engineroom.problem.ProblemException.problem;

import engineroom.model.Entity;
import engineroom.problem.StoreProblem.MigrationNeeded;
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

  private static final Set<Integer> DENIED = Set.of(1044, 1142, 1143, 1227);

  private MariaProblems() {}

  /// The exception to throw for a failure that no row is to blame for.
  static RuntimeException told(MariaFailure failure, Duration timeLimit) {
    if (MariaFailure.OUT_OF_TIME.contains(failure.code())) {
      return problem(new OutOfTime(Math.max(1, timeLimit.toSeconds())));
    }
    if (FULL.contains(failure.code())) {
      return problem(
          new Unavailable("The disk is full.", "Make room on the disk that holds the database."));
    }
    if (failure.lost()) {
      return problem(
          new Unavailable(
              "The database can't be reached or takes no more.", "Try again in a moment."));
    }
    return failure.passing()
        ? problem(new Unavailable("The database is busy.", "Try again in a moment."))
        : failure;
  }

  /// The exception to throw for a failure while tables were made or changed.
  static RuntimeException migrating(MariaFailure failure) {
    return DENIED.contains(failure.code())
        ? problem(
            new Unavailable(
                "The database does not let this user make or change tables.",
                "Give the user all rights on the database: GRANT ALL ON name.* TO user."))
        : told(failure, Duration.ZERO);
  }

  /// The exception to throw where another process migrated the database.
  static RuntimeException migrated() {
    return problem(
        new MigrationNeeded(
            "The database was changed for another model than the one that this process serves:"
                + " start it again.",
            List.of()));
  }

  /// The exception for a write of which nobody knows whether it is there.
  static RuntimeException unsure() {
    return problem(
        new Unavailable(
            "The connection to the database was lost while this was written.",
            "It may be there or not: look, or send it again with the same Idempotency-Key."));
  }

  /// What a failure says of the row that was written.
  static Refused refused(MariaFailure failure, TableNames tables, Entity entity) {
    if (entity.adopted() != null && failure.code() == MariaFailure.DUPLICATE) {
      return new Refused(Rule.UNIQUE, uniques(failure.key(), entity), failure);
    }
    if (MariaFailure.CHECK.contains(failure.code())) {
      return new Refused(Rule.CHECK, List.of(failure.constraint()), failure);
    }
    return switch (failure.code()) {
      case MariaFailure.DUPLICATE ->
          new Refused(Rule.UNIQUE, unique(failure.key(), tables, entity), failure);
      case MariaFailure.NOT_NULL -> new Refused(Rule.NOT_NULL, List.of(failure.column()), failure);
      case MariaFailure.TOO_LONG ->
          new Refused(Rule.CHECK, List.of(failure.column() + "__max"), failure);
      default -> new Refused(Rule.OTHER, List.of(), failure);
    };
  }

  private static List<String> unique(String index, TableNames tables, Entity entity) {
    var known = new TableSql(tables, entity).indexes().get(index);
    return known == null ? List.of("id") : known.columns();
  }

  /// The columns of somebody else's uniques, of which one is meant; none where it is the key.
  private static List<String> uniques(String index, Entity entity) {
    var adopted = entity.adopted();
    if (adopted == null || index.equals("PRIMARY")) {
      return List.of();
    }
    return entity.keys().uniques().stream()
        .flatMap(List::stream)
        .map(adopted::column)
        .distinct()
        .toList();
  }
}
