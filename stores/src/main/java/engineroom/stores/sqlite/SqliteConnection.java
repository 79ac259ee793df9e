package engineroom.stores.sqlite;

import engineroom.expression.Arguments;
import engineroom.stores.migrate.SqlSession;
import engineroom.stores.sql.Bind;
import engineroom.stores.sql.Computations;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;
import org.sqlite.core.DB;

/// One connection to the database file, with its prepared statements; the only class that opens the
/// driver. Used by one thread at a time, but for [#interruptLate].
final class SqliteConnection implements SqlSession, AutoCloseable {
  /// What a connection is for.
  enum Role {
    WRITER,
    READER
  }

  private static final int STATEMENTS_MAX = 512;

  private static final String CACHE = "PRAGMA cache_size = -16000";

  /// For transactions of very many writes, for as long as they take.
  private static final String CACHE_OF_MANY = "PRAGMA cache_size = -64000";

  static {
    NativeLibrary.keep(); // before the driver is asked for anything
  }

  private final SQLiteConnection jdbc;
  private final SqliteDialect dialect;
  private final DB database;
  private final Map<String, SqliteStatement> statements =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SqliteStatement> eldest) {
          if (size() <= STATEMENTS_MAX) {
            return false;
          }
          eldest.getValue().close();
          return true;
        }
      };

  private volatile @Nullable Hand hand;

  /// When the statement running now is out of its time, in nanoseconds of the clock; 0 where none
  /// runs.
  private final AtomicLong deadline = new AtomicLong();

  SqliteConnection(Path file, Role role, Computations computations) {
    this(file, null, role, computations);
  }

  /// @param attached somebody else's file beside it, or null
  SqliteConnection(Path file, @Nullable Attached attached, Role role, Computations computations) {
    dialect = new SqliteDialect(computations);
    try {
      jdbc = (SQLiteConnection) DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath());
      database = jdbc.getDatabase();
      for (var pragma : pragmas(role, attached == null ? "WAL" : attached.journal())) {
        jdbcExecute(pragma);
      }
      if (attached != null) {
        jdbcExecute(attached.statement());
      }
      SqliteFunctions.register(jdbc, computations);
      // The driver's own bookkeeping of transactions is switched off; they are begun and ended
      // here.
      jdbc.setAutoCommit(false);
      execute("COMMIT");
    } catch (SQLException e) {
      throw new SqliteFailure(e);
    }
  }

  /// Makes the driver and its native library ready.
  static void load() {
    try {
      DriverManager.getConnection("jdbc:sqlite::memory:").close();
    } catch (SQLException e) {
      throw new SqliteFailure(e);
    }
  }

  private static String[] pragmas(Role role, String journal) {
    return role == Role.WRITER
        ? new String[] {
          "PRAGMA page_size = 8192",
          "PRAGMA busy_timeout = 10000",
          "PRAGMA journal_mode = " + journal,
          "PRAGMA synchronous = FULL",
          "PRAGMA foreign_keys = ON",
          "PRAGMA temp_store = MEMORY",
          "PRAGMA journal_size_limit = 67108864",
          "PRAGMA wal_autocheckpoint = 0",
          CACHE
        }
        : new String[] {
          "PRAGMA busy_timeout = 10000",
          "PRAGMA query_only = ON",
          "PRAGMA temp_store = MEMORY",
          "PRAGMA wal_autocheckpoint = 0",
          CACHE
        };
  }

  private void jdbcExecute(String sql) throws SQLException {
    try (var statement = jdbc.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public SqliteDialect dialect() {
    return dialect;
  }

  /// What one run of a statement brings.
  Bind.Source source(Arguments arguments, long limit, long offset) {
    return new Bind.Source(arguments, limit, offset, dialect.values());
  }

  @Override
  public void execute(String sql) {
    try {
      var code = database._exec(sql);
      if (code != 0) {
        database.throwex(code);
      }
    } catch (SQLException e) {
      throw new SqliteFailure(e);
    }
  }

  @Override
  public SqliteStatement.Rows rows(String sql, @Nullable Object... values) {
    return statement(sql).run(values);
  }

  /// Whether writes are carried out beside the thread that asks for them.
  boolean gathers() {
    return hand != null;
  }

  /// Room for more pages than usual, until it is closed: those of many writes that find none are
  /// written more than once.
  Room room() {
    execute(CACHE_OF_MANY);
    return () -> execute(CACHE);
  }

  /// Something to be given back.
  interface Room extends AutoCloseable {
    @Override
    void close();
  }

  /// Has a hand for writes from now on, until [#gathered].
  Hand gather() {
    var taken = new Hand();
    hand = taken;
    return taken;
  }

  /// Lets go of the hand.
  void gathered() {
    hand = null;
  }

  /// Does something that writes, at the latest before a statement runs that is asked for later.
  void later(Runnable write) {
    if (hand == null) {
      write.run();
    } else {
      hand.add(write);
    }
  }

  /// A statement made ready, kept for the next time.
  SqliteStatement statement(String sql) {
    if (hand != null) {
      hand.settle();
    }
    var known = statements.get(sql);
    if (known != null && !known.gone()) {
      return known;
    }
    var made = new SqliteStatement(jdbc, sql);
    statements.put(sql, made);
    return made;
  }

  /// Runs a kept statement to its end.
  void run(String sql, @Nullable Object... values) {
    try (var rows = statement(sql).run(values)) {
      while (rows.next()) {
        rows.skip();
      }
    }
  }

  /// The key of the row that was written last.
  long lastKey() {
    try (var rows = statement("SELECT last_insert_rowid()").run()) {
      rows.next();
      return rows.number(0);
    }
  }

  /// How many rows its statements have written since it was opened. One that fails counts none.
  long changes() {
    try {
      return database.total_changes();
    } catch (SQLException e) {
      throw new SqliteFailure(e);
    }
  }

  /// Whether a transaction is under way: SQLite ends one by itself when the disk is full, or fails.
  boolean isInTransaction() {
    try {
      run("BEGIN");
    } catch (SqliteFailure _) {
      return true; // there is none within another
    }
    run("ROLLBACK");
    return false;
  }

  /// Forgets prepared statements, as before the schema changes.
  void forget() {
    statements.values().forEach(SqliteStatement::close);
    statements.clear();
  }

  /// Does something that is interrupted at a time.
  <T> T until(long nanoTime, Supplier<T> work) {
    deadline.set(nanoTime == 0 ? 1 : nanoTime);
    try {
      return work.get();
    } finally {
      deadline.set(0);
    }
  }

  /// Interrupts what runs, if its time is over.
  void interruptLate(long now) {
    var limit = deadline.get();
    if (limit != 0 && now - limit > 0) {
      try {
        database.interrupt();
      } catch (SQLException e) {
        throw new SqliteFailure(e);
      }
    }
  }

  @Override
  public void close() {
    forget();
    try {
      jdbc.close();
    } catch (SQLException e) {
      throw new SqliteFailure(e);
    }
  }
}
