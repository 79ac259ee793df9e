package engineroom.bench;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConnection;
import org.sqlite.core.Codes;
import org.sqlite.core.CoreStatement;
import org.sqlite.core.DB;

/// A prepared statement of the limit program; goes around JDBC's result sets as the real program
/// does.
final class LimitStatement {
  private final CoreStatement core;
  private final DB database;
  private final long pointer;

  LimitStatement(SQLiteConnection connection, String sql) throws SQLException {
    core = (CoreStatement) (Statement) connection.prepareStatement(sql);
    database = connection.getDatabase();
    pointer = core.pointer.safeRunLong((_, address) -> address);
  }

  /// Starts it; whether it stands on a row.
  boolean run(Object... values) throws SQLException {
    return database.execute(core, values);
  }

  /// Whether there is one more row.
  boolean next() throws SQLException {
    return database.step(pointer) == Codes.SQLITE_ROW;
  }

  byte[] bytes(int column) throws SQLException {
    return database.column_blob(pointer, column);
  }

  String text(int column) throws SQLException {
    return new String(bytes(column), StandardCharsets.UTF_8);
  }

  long number(int column) throws SQLException {
    return database.column_long(pointer, column);
  }

  double real(int column) throws SQLException {
    return database.column_double(pointer, column);
  }

  /// Makes it ready for the next run.
  void reset() throws SQLException {
    if (!core.pointer.isClosed()) {
      database.reset(pointer);
    }
  }

  /// Runs it once to its end.
  void once(Object... values) throws SQLException {
    try {
      run(values);
    } finally {
      reset();
    }
  }
}
