package engineroom.stores.sqlite;

import static engineroom.problem.ProblemException.problem;

import engineroom.problem.StoreProblem.Unavailable;
import engineroom.stores.copy.OwnTables.Counted;
import engineroom.stores.copy.Side;
import engineroom.stores.migrate.Ground;
import engineroom.stores.sql.Computations;
import engineroom.stores.sql.TableSql;
import engineroom.stores.sqlite.SqliteConnection.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A database file as one side of a copy. What serves the file holds a lock beside it.
public final class SqliteSide implements Side {
  private static final int SPOTS_MAX = 10;
  private static final String GIVEN = "SELECT seq FROM sqlite_sequence WHERE name = ?";
  private static final String LAST =
      "SELECT coalesce(max(sequence), 0) FROM \"_engineroom_change\"";
  private static final String FORGET = "DELETE FROM sqlite_sequence WHERE name = ?";
  private static final String GO_ON = "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)";
  private static final String UNIQUES =
      """
      SELECT s.sql, s.name FROM pragma_index_list(?) i JOIN sqlite_schema s ON s.name = i.name
      WHERE i."unique" AND s.sql IS NOT NULL ORDER BY s.name""";
  private static final String TEXTS =
      "SELECT name FROM pragma_table_info(?) WHERE type = 'TEXT' ORDER BY cid";

  private final Path file;
  private final SqliteConnection connection;
  private @Nullable FileChannel lock;

  private SqliteSide(Path file, SqliteConnection connection, @Nullable FileChannel lock) {
    this.file = file;
    this.connection = connection;
    this.lock = lock;
  }

  /// A file that is read, whoever has it open.
  public static SqliteSide reading(Path file) {
    return told(
        () ->
            new SqliteSide(
                file, new SqliteConnection(file, Role.READER, new Computations()), null));
  }

  /// A file that nobody else writes to.
  public static SqliteSide writing(Path file) {
    var lock = lock(file);
    return told(
        () -> {
          var connection = new SqliteConnection(file, Role.WRITER, new Computations());
          connection.execute("PRAGMA foreign_keys = OFF");
          connection.run("PRAGMA wal_autocheckpoint = 1000");
          return new SqliteSide(file, connection, lock);
        });
  }

  private static FileChannel lock(Path file) {
    try {
      return FileLocks.locked(file);
    } catch (IOException e) {
      throw new UncheckedIOException("can't lock " + file, e);
    }
  }

  private static <T> T told(Supplier<T> work) {
    try {
      return work.get();
    } catch (SqliteFailure e) {
      throw SqliteProblems.told(e, Duration.ZERO);
    }
  }

  @Override
  public String name() {
    return "sqlite:" + file;
  }

  @Override
  public Ground ground() {
    return new SqliteGround(connection);
  }

  @Override
  public <T> T still(Supplier<T> work) {
    return transaction("BEGIN", work);
  }

  @Override
  public <T> T change(Supplier<T> work) {
    return transaction("BEGIN IMMEDIATE", work);
  }

  private <T> T transaction(String begin, Supplier<T> work) {
    connection.run(begin);
    var done = false;
    try {
      var result = work.get();
      connection.run("COMMIT");
      done = true;
      return result;
    } finally {
      if (!done) {
        connection.run("ROLLBACK");
      }
    }
  }

  /// Numbers are given by one writer, in order.
  @Override
  public long settled() {
    return number(LAST);
  }

  @Override
  public long given(Counted table) {
    return number(GIVEN, table.table());
  }

  private long number(String sql, Object... values) {
    try (var rows = connection.rows(sql, values)) {
      return rows.next() ? rows.number(0) : 0;
    }
  }

  @Override
  public void goOn(Counted table, long number) {
    var last = Math.max(number, given(table));
    connection.run(FORGET, table.table());
    connection.run(GO_ON, table.table(), last);
  }

  @Override
  public boolean served() {
    if (lock != null) {
      return false;
    }
    try {
      lock = FileLocks.findLock(file).orElse(null);
      return lock == null;
    } catch (IOException e) {
      throw new UncheckedIOException("can't lock " + file, e);
    }
  }

  /// All columns are looked at while the table is read once.
  @Override
  public List<Spot> zeros(String table, String key) {
    var spots = new ArrayList<Spot>();
    var columns = texts(table);
    if (columns.isEmpty()) {
      return spots;
    }
    var holds =
        columns.stream()
            .map(column -> "coalesce(instr(CAST(" + TableSql.name(column) + " AS BLOB), x'00'), 0)")
            .toList();
    var sql =
        "SELECT %s, %s FROM %s WHERE %s LIMIT %d"
            .formatted(
                TableSql.name(key),
                String.join(", ", holds),
                TableSql.name(table),
                String.join(" OR ", holds),
                SPOTS_MAX);
    try (var rows = connection.rows(sql)) {
      while (rows.next()) {
        for (var at = 0; at < columns.size(); at++) {
          if (rows.number(at + 1) > 0) {
            spots.add(new Spot(table, rows.text(0), columns.get(at)));
          }
        }
      }
    }
    return spots;
  }

  private List<String> texts(String table) {
    var columns = new ArrayList<String>();
    try (var rows = connection.rows(TEXTS, table)) {
      while (rows.next()) {
        columns.add(rows.text(0));
      }
    }
    return columns;
  }

  /// References are not looked at by this connection.
  @Override
  public Loose loosen(Collection<String> tables) {
    var back = new ArrayList<String>();
    var names = new ArrayList<String>();
    for (var table : tables) {
      try (var rows = connection.rows(UNIQUES, table)) {
        while (rows.next()) {
          back.add(rows.text(0));
          names.add(rows.text(1));
        }
      }
    }
    return new Loose(
        names.stream().map(name -> "DROP INDEX " + TableSql.name(name)).toList(), back);
  }

  @Override
  public void settle() {
    try (var rows = connection.rows("PRAGMA foreign_key_check")) {
      if (rows.next()) {
        throw problem(
            new Unavailable(
                "Rows of " + rows.text(0) + " refer to rows of " + rows.text(2) + " that are gone.",
                "Put the source right, and copy again."));
      }
    }
  }

  @Override
  public RuntimeException told(RuntimeException failure) {
    return failure instanceof SqliteFailure e ? SqliteProblems.told(e, Duration.ZERO) : failure;
  }

  @Override
  public void close() {
    connection.close();
    try {
      if (lock != null) {
        lock.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can't unlock " + file, e);
    }
  }
}
