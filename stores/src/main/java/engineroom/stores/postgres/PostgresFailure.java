package engineroom.stores.postgres;

import engineroom.stores.session.SessionFailure;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// What PostgreSQL answered instead of doing as told. Its message may show values of rows: it is
/// for nobody but the log.
final class PostgresFailure extends SessionFailure {
  private final String state;

  PostgresFailure(SQLException cause) {
    super(cause);
    this.state = cause.getSQLState() == null ? "" : cause.getSQLState();
  }

  /// The five letters that tell what went wrong.
  String state() {
    return state;
  }

  /// Whether trying again may go well: another transaction stood in the way.
  boolean passing() {
    return state.equals("40001") || state.equals("40P01");
  }

  /// Whether the connection is gone, or the server is going.
  boolean lost() {
    return state.startsWith("08") || state.startsWith("57P");
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

  private @Nullable ServerErrorMessage server() {
    return getCause() instanceof PSQLException e ? e.getServerErrorMessage() : null;
  }
}
