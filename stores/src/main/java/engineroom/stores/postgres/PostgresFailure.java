package engineroom.stores.postgres;

import engineroom.stores.session.SessionFailure;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// What PostgreSQL answered instead of doing as told. Its message may show values of rows: it is
/// for nobody but the log.
final class PostgresFailure extends SessionFailure {
  /// No connection. The driver gives every failure a state; the pool gives none where the
  /// connection was lost before.
  private static final String CLOSED = "08003";

  private static final Pattern KEY = Pattern.compile("^Key \\((.*?)\\)=");

  private final String state;

  PostgresFailure(SQLException cause) {
    super(cause);
    this.state = cause.getSQLState() == null ? CLOSED : cause.getSQLState();
  }

  /// The five letters that tell what went wrong.
  String state() {
    return state;
  }

  /// Whether trying again may go well: another transaction stood in the way.
  boolean passing() {
    return state.equals("40001") || state.equals("40P01");
  }

  /// Whether the connection is gone, or the server is going, or it was ended as nothing was heard.
  boolean lost() {
    return state.startsWith("08") || state.startsWith("57P") || state.equals("25P03");
  }

  /// Whether a row broke a rule of its table.
  boolean refuses() {
    return state.startsWith("23") || state.equals("22003");
  }

  /// Whether a value could not be worked out, which the evaluator can.
  @Override
  public boolean unsaid() {
    return state.startsWith("22");
  }

  /// Whether there may be something to say about it, which only a work knows that is run step by
  /// step.
  boolean doubtful() {
    return refuses() || unsaid();
  }

  /// The constraint that was broken, or an empty text.
  String constraint() {
    var server = server();
    return server == null || server.getConstraint() == null ? "" : server.getConstraint();
  }

  /// The column that it is about, or an empty text.
  String column() {
    var server = server();
    return server == null || server.getColumn() == null ? "" : server.getColumn();
  }

  /// The columns that it is about: `Key (shop, sku)=(…) already exists.`, or else the constraint.
  List<String> columns() {
    var server = server();
    var detail = server == null ? null : server.getDetail();
    var key = KEY.matcher(detail == null ? "" : detail);
    if (key.find()) {
      return Stream.of(key.group(1).split(", ", -1)).map(PostgresFailure::unquoted).toList();
    }
    return List.of(column().isEmpty() ? constraint() : column());
  }

  private static String unquoted(String name) {
    return name.startsWith("\"") ? name.substring(1, name.length() - 1) : name;
  }

  private @Nullable ServerErrorMessage server() {
    return getCause() instanceof PSQLException e ? e.getServerErrorMessage() : null;
  }
}
