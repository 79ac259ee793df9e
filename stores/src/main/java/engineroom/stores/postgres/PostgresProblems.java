package engineroom.stores.postgres;

import static engineroom.problem.ProblemException.problem;

import engineroom.model.Entity;
import engineroom.problem.StoreProblem.MigrationNeeded;
import engineroom.problem.StoreProblem.OutOfTime;
import engineroom.problem.StoreProblem.Unavailable;
import engineroom.problem.Violation;
import engineroom.stores.session.Refusals.Refused;
import engineroom.stores.session.Refusals.Refused.Rule;
import engineroom.stores.sql.TableNames;
import engineroom.stores.sql.TableSql;
import java.time.Duration;
import java.util.List;

/// Says what PostgreSQL's answers mean to a caller.
final class PostgresProblems {
  /// The states of what a row breaks.
  static final String UNIQUE = "23505";

  private static final String CANCELED = "57014";

  private PostgresProblems() {}

  /// The exception to throw for a failure that no row is to blame for.
  static RuntimeException told(PostgresFailure failure, Duration timeLimit) {
    var state = failure.state();
    if (state.equals(CANCELED)) {
      return problem(new OutOfTime(Math.max(1, timeLimit.toSeconds())));
    }
    if (state.equals("53100")) {
      return problem(
          new Unavailable("The disk is full.", "Make room on the disk that holds the database."));
    }
    if (state.equals("42703") || state.equals("42P01")) {
      return migrated(List.of("a table or a column is missing"));
    }
    if (failure.lost() || state.startsWith("53")) {
      return problem(
          new Unavailable(
              "The database can't be reached or takes no more.", "Try again in a moment."));
    }
    return failure.passing() || state.equals("55P03")
        ? problem(new Unavailable("The database is busy.", "Try again in a moment."))
        : failure;
  }

  /// The exception to throw where another process migrated the database.
  ///
  /// @param steps back to what this process has
  static RuntimeException migrated(List<String> steps) {
    var differences = steps.stream().map(step -> new Violation("", "differs", step)).toList();
    return problem(
        new MigrationNeeded(
            "The database was changed for another model than the one that this process serves.",
            differences));
  }

  /// Whether two rows would be the same in what is unique.
  static boolean same(RuntimeException failure) {
    return failure instanceof PostgresFailure of && of.state().equals(UNIQUE);
  }

  /// The exception to throw for a failure while tables were made or changed. The messages are about
  /// tables and what stands on them.
  static RuntimeException migrating(PostgresFailure failure) {
    return switch (failure.state()) {
      case "55P03" ->
          problem(
              new Unavailable(
                  "The migration waited too long for other work on the tables: nothing was"
                      + " changed.",
                  "Try again, or end what holds them: see pg_stat_activity."));
      case "2BP01", "0A000", "42701", "42703", "42704", "42P07", "42710" ->
          problem(
              new MigrationNeeded(
                  "The database has things that are not the model's and that the migration would"
                      + " break: nothing was changed. Drop them, migrate, and make them anew.",
                  List.of(new Violation("", "unowned", String.valueOf(failure.getMessage())))));
      case "42501" ->
          problem(
              new Unavailable(
                  "The database does not let this user make or change tables.",
                  "Give the user the rights CREATE and USAGE on its schema, and CREATE on the"
                      + " database for backups."));
      default -> told(failure, Duration.ZERO);
    };
  }

  /// The exception for a write of which nobody knows whether it is there.
  static RuntimeException unsure() {
    return problem(
        new Unavailable(
            "The connection to the database was lost while this was written.",
            "It may be there or not: look, or send it again with the same Idempotency-Key."));
  }

  /// What a failure says of the row that was written.
  static Refused refused(PostgresFailure failure, TableNames tables, Entity entity) {
    if (entity.adopted() != null) {
      return new Refused(rule(failure), failure.columns(), failure);
    }
    return switch (failure.state()) {
      case UNIQUE ->
          new Refused(Rule.UNIQUE, unique(failure.constraint(), tables, entity), failure);
      case "23502" -> new Refused(Rule.NOT_NULL, List.of(known(failure, entity)), failure);
      case "23514" -> new Refused(Rule.CHECK, List.of(failure.constraint()), failure);
      default -> new Refused(Rule.OTHER, List.of(), failure);
    };
  }

  /// What is broken of somebody else's table, whose constraints have names that tell us nothing.
  private static Rule rule(PostgresFailure failure) {
    return switch (failure.state()) {
      case UNIQUE -> Rule.UNIQUE;
      case "23502" -> Rule.NOT_NULL;
      case "23514" -> Rule.CHECK;
      default -> Rule.OTHER;
    };
  }

  /// The column that lacks a value. One that the model does not know came by another process.
  private static String known(PostgresFailure failure, Entity entity) {
    var column = failure.column();
    if (entity.findField(column.replaceAll("__.*$", "")).isEmpty()) {
      throw migrated(List.of("drop " + entity.name() + "." + column));
    }
    return column;
  }

  private static List<String> unique(String index, TableNames tables, Entity entity) {
    var known = new TableSql(tables, entity).indexes().get(index);
    return known == null ? List.of("id") : known.columns();
  }
}
