package engineroom.stores.sqlite;

import static engineroom.problem.ProblemException.problem;

import engineroom.problem.StoreProblem.OutOfTime;
import engineroom.problem.StoreProblem.Unavailable;
import engineroom.stores.session.Refusals.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.sqlite.core.Codes;

/// Says what SQLite's answers mean to a caller.
final class SqliteProblems {
  static final int UNIQUE = 2067;
  static final int PRIMARY_KEY = 1555;
  static final int FOREIGN_KEY = 787;
  static final int NOT_NULL = 1299;
  static final int CHECK = 275;

  private static final Pattern FAILED = Pattern.compile("constraint failed: ([^)]+)");

  private SqliteProblems() {}

  /// Whether a statement was stopped because its time was over.
  static boolean interrupted(SqliteFailure failure) {
    return failure.primary() == Codes.SQLITE_INTERRUPT;
  }

  /// Whether a sum of whole numbers left 64 bits.
  static boolean overflow(SqliteFailure failure) {
    return failure.primary() == Codes.SQLITE_ERROR
        && String.valueOf(failure.getMessage()).contains("integer overflow");
  }

  static boolean unique(SqliteFailure failure) {
    return failure.code() == UNIQUE || failure.code() == PRIMARY_KEY;
  }

  /// What a failure says of the row that was written.
  static Refused refused(SqliteFailure failure) {
    var rule =
        switch (failure.code()) {
          case UNIQUE, PRIMARY_KEY -> Refused.Rule.UNIQUE;
          case NOT_NULL -> Refused.Rule.NOT_NULL;
          case CHECK -> Refused.Rule.CHECK;
          default -> Refused.Rule.OTHER;
        };
    return new Refused(rule, named(failure), failure);
  }

  /// The columns or the constraint that a message names.
  private static List<String> named(SqliteFailure failure) {
    var match = FAILED.matcher(String.valueOf(failure.getMessage()));
    var names = new ArrayList<String>();
    if (match.find()) {
      for (var name : match.group(1).split(", ", -1)) {
        names.add(name.substring(name.indexOf('.') + 1));
      }
    }
    return names;
  }

  /// The exception to throw for a failure that no row is to blame for.
  static RuntimeException told(SqliteFailure failure, Duration timeLimit) {
    return switch (failure.primary()) {
      case Codes.SQLITE_INTERRUPT -> problem(new OutOfTime(Math.max(1, timeLimit.toSeconds())));
      case Codes.SQLITE_FULL ->
          problem(
              new Unavailable(
                  "The disk is full.", "Make room on the disk that holds the database."));
      case Codes.SQLITE_BUSY, Codes.SQLITE_LOCKED ->
          problem(new Unavailable("The database is busy.", "Try again in a moment."));
      case Codes.SQLITE_IOERR, Codes.SQLITE_READONLY, Codes.SQLITE_CANTOPEN ->
          problem(
              new Unavailable(
                  "The database file can't be read or written.",
                  "Check the disk and the rights of the folder that holds it."));
      default -> failure;
    };
  }
}
