package engineroom.stores.sqlite;

import engineroom.data.JsonText;
import engineroom.stores.sql.Codec;
import engineroom.stores.sql.Computation;
import engineroom.stores.sql.Computations;
import engineroom.stores.sql.SearchTable;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.sqlite.Function;
import org.sqlite.core.Codes;

/// The functions that statements call back: what SQLite has no words for, done by the code that
/// everything else uses.
final class SqliteFunctions {
  private SqliteFunctions() {}

  static void register(Connection connection, Computations computations) throws SQLException {
    var computed = new Callback(columns -> computations.run((int) columns.number(0), columns));
    Function.create(connection, Computation.FUNCTION, computed, -1, Function.FLAG_DETERMINISTIC);
    one(connection, SqliteJson.NUMBER, c -> JsonText.number(c.real(0)));
    one(connection, SqliteJson.DURATION, c -> Codec.duration(c.number(0)).toString());
    one(connection, SqliteJson.BASE64, c -> Base64.getEncoder().encodeToString(c.bytes(0)));
    one(connection, "engineroom_folded", c -> Codec.folded(c.text(0)));
    one(connection, "engineroom_words", c -> SearchTable.words(c.text(0)));
    one(connection, SqliteColumnWords.MOMENT, c -> Moments.read(c.text(0)));
    one(connection, SqliteColumnWords.MOMENT_KEPT, c -> Moments.kept(c.text(0)));
    one(connection, SqliteColumnWords.VERSION, c -> Moments.version(c.text(0)));
    Totals.register(connection);
  }

  /// A function of one argument that gives null of null.
  private static void one(Connection connection, String name, Work work) throws SQLException {
    some(connection, name, 1, work);
  }

  /// A function that gives null where its first argument is null.
  static void some(Connection connection, String name, int arguments, Work work)
      throws SQLException {
    var function = new Callback(columns -> columns.isNull(0) ? null : work.run(columns));
    Function.create(connection, name, function, arguments, Function.FLAG_DETERMINISTIC);
  }

  /// What a function does with its arguments.
  interface Work {
    @Nullable Object run(Codec.Columns arguments);
  }

  /// A function as the driver calls it.
  private static final class Callback extends Function implements Codec.Columns {
    private final Work work;

    Callback(Work work) {
      this.work = work;
    }

    @Override
    protected void xFunc() throws SQLException {
      try {
        give(work.run(this));
      } catch (RuntimeException e) {
        error("engineroom: " + e);
      }
    }

    private void give(@Nullable Object value) throws SQLException {
      switch (value) {
        case null -> result();
        case Long number -> result(number.longValue());
        case Double number -> result(number.doubleValue());
        case byte[] bytes -> result(bytes);
        case String text -> result(text);
        default -> throw new IllegalArgumentException("no SQLite value: " + value);
      }
    }

    @Override
    public boolean isNull(int column) {
      try {
        return value_type(column) == Codes.SQLITE_NULL;
      } catch (SQLException e) {
        throw new SqliteFailure(e);
      }
    }

    @Override
    public long number(int column) {
      try {
        return value_long(column);
      } catch (SQLException e) {
        throw new SqliteFailure(e);
      }
    }

    @Override
    public double real(int column) {
      try {
        return value_double(column);
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
        var bytes = value_blob(column);
        return bytes == null ? new byte[0] : bytes;
      } catch (SQLException e) {
        throw new SqliteFailure(e);
      }
    }
  }
}
