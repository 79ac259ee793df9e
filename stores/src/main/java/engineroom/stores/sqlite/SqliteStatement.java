package engineroom.stores.sqlite;

import engineroom.stores.migrate.SqlSession;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;
import org.sqlite.core.Codes;
import org.sqlite.core.CoreStatement;
import org.sqlite.core.DB;

/// A prepared statement and the row it stands on. Goes around JDBC's result sets: text comes as the
/// bytes that SQLite has.
final class SqliteStatement implements AutoCloseable {
  private static final LongAdder BEGUN = new LongAdder();

  private final PreparedStatement jdbc;
  private final CoreStatement core;
  private final DB database;
  private final long pointer;
  private final Rows rows = new Rows();

  SqliteStatement(SQLiteConnection connection, String sql) {
    try {
      jdbc = connection.prepareStatement(sql);
      core = (CoreStatement) jdbc;
      database = connection.getDatabase();
      pointer = core.pointer.safeRunLong((_, address) -> address);
    } catch (SQLException e) {
      throw new SqliteFailure(e);
    }
  }

  /// How many this program has started, on all databases.
  static long begun() {
    return BEGUN.sum();
  }

  /// Starts it. The rows must be closed before it is run again.
  Rows run(@Nullable Object... values) {
    BEGUN.increment();
    try {
      rows.ahead = database.execute(core, values);
      rows.done = !rows.ahead;
      return rows;
    } catch (SQLException e) {
      rows.close();
      throw new SqliteFailure(e);
    }
  }

  /// Whether the driver has thrown the statement away, as it does when its first step fails.
  boolean gone() {
    return core.pointer.isClosed();
  }

  @Override
  public void close() {
    try {
      jdbc.close();
    } catch (SQLException e) {
      throw new SqliteFailure(e);
    }
  }

  /// The rows that a run gives, one at a time.
  final class Rows implements SqlSession.Rows {
    private boolean ahead;
    private boolean done;

    @Override
    public boolean next() {
      if (ahead || done) {
        var there = ahead;
        ahead = false;
        return there;
      }
      try {
        var code = database.step(pointer);
        done = code != Codes.SQLITE_ROW;
        if (done && code != Codes.SQLITE_DONE) {
          database.throwex(code);
        }
        return !done;
      } catch (SQLException e) {
        throw new SqliteFailure(e);
      }
    }

    /// Passes over the row.
    void skip() {
      ahead = false;
    }

    @Override
    public boolean isNull(int column) {
      try {
        return database.column_type(pointer, column) == Codes.SQLITE_NULL;
      } catch (SQLException e) {
        throw new SqliteFailure(e);
      }
    }

    @Override
    public long number(int column) {
      try {
        return database.column_long(pointer, column);
      } catch (SQLException e) {
        throw new SqliteFailure(e);
      }
    }

    @Override
    public double real(int column) {
      try {
        return database.column_double(pointer, column);
      } catch (SQLException e) {
        throw new SqliteFailure(e);
      }
    }

    @Override
    public String text(int column) {
      return new String(bytes(column), StandardCharsets.UTF_8);
    }

    @Override
    public byte[] bytes(int column) {
      try {
        var bytes = database.column_blob(pointer, column);
        return bytes == null ? new byte[0] : bytes;
      } catch (SQLException e) {
        throw new SqliteFailure(e);
      }
    }

    @Override
    public void close() {
      ahead = false;
      done = true;
      if (gone()) {
        return;
      }
      try {
        database.reset(pointer);
      } catch (SQLException e) {
        throw new SqliteFailure(e);
      }
    }
  }
}
