package engineroom.stores.mariadb;

import engineroom.stores.session.SessionFailure;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;

/// What MariaDB answered instead of doing as told. Its message may show values of rows: it is for
/// nobody but the log.
final class MariaFailure extends SessionFailure {
  static final int DUPLICATE = 1062;
  static final int NOT_NULL = 1048;
  static final Set<Integer> CHECK = Set.of(4025, 3819);
  static final int TOO_LONG = 1406;

  /// Ended by the server, or by the driver, because its time was over.
  static final Set<Integer> OUT_OF_TIME = Set.of(1969, 3024, 1317);

  /// A deadlock, a lock that came too late, and a row that changed since it was read.
  private static final Set<Integer> PASSING = Set.of(1213, 1205, 1020);

  /// The server is being stopped, or somebody closed the connection.
  private static final Set<Integer> GOING = Set.of(1053, 1927, 3169, 4031);

  private static final Pattern KEY = Pattern.compile("for key '(?:[^'.]+\\.)?([^']+)'[^']*$");
  private static final Pattern COLUMN = Pattern.compile("[Cc]olumn '([^']+)'");
  private static final Pattern CONSTRAINT =
      Pattern.compile(
          "CONSTRAINT `(?:[^`]+\\.)?([^`.]+)` failed|Check constraint '([^'~]+)[^']*' is violated");

  /// No connection. The driver gives every failure a state; the pool gives none where the
  /// connection was lost before.
  private static final String CLOSED = "08003";

  private final String state;
  private final int code;

  MariaFailure(SQLException cause) {
    super(cause);
    this.state = cause.getSQLState() == null ? CLOSED : cause.getSQLState();
    this.code = cause.getErrorCode();
  }

  /// The five letters that tell what went wrong.
  String state() {
    return state;
  }

  /// The server's number of what went wrong.
  int code() {
    return code;
  }

  /// Whether trying again may go well: another transaction stood in the way.
  boolean passing() {
    return PASSING.contains(code);
  }

  /// Whether the connection is gone, or the server is going.
  boolean lost() {
    return state.startsWith("08") || GOING.contains(code);
  }

  /// Whether a row broke a rule of its table.
  boolean refuses() {
    return state.startsWith("23") || CHECK.contains(code) || code == TOO_LONG || code == 1264;
  }

  /// Whether a value could not be worked out, which the evaluator can.
  @Override
  public boolean unsaid() {
    return state.startsWith("22");
  }

  /// The unique that was broken, or an empty text.
  String key() {
    return found(KEY);
  }

  /// The column that it is about, or an empty text.
  String column() {
    return found(COLUMN);
  }

  /// The check that was broken, or an empty text.
  String constraint() {
    return found(CONSTRAINT);
  }

  private String found(Pattern pattern) {
    var match = pattern.matcher(getMessage() == null ? "" : getMessage());
    if (!match.find()) {
      return "";
    }
    return match.group(1) == null ? match.group(match.groupCount()) : match.group(1);
  }
}
