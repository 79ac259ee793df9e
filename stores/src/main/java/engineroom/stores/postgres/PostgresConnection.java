package engineroom.stores.postgres;

import engineroom.stores.postgres.replica.WatchedReplicas;
import engineroom.stores.session.ReadSession;
import engineroom.stores.session.Silence;
import engineroom.stores.sql.Bind;
import engineroom.stores.sql.SqlText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/// One connection, taken from the pool for one piece of work. The driver keeps the statements
/// prepared.
final class PostgresConnection implements ReadSession, AutoCloseable {
  /// How a transaction is begun.
  enum Begin {
    /// As if no other transaction ran at the same time. Without scans of whole tables: each would
    /// watch every row, and other writers would stand in the way without a reason. A process that
    /// stands still within it holds its rows for ten seconds.
    WRITE(
        2,
        "BEGIN ISOLATION LEVEL SERIALIZABLE; SELECT set_config('enable_seqscan', 'off', true),"
            + " set_config('statement_timeout', '60s', true),"
            + " set_config('idle_in_transaction_session_timeout', '10s', true)"),
    /// The same for works of several, who don't wait for others together: see [GroupCommit].
    SHARED(2, WRITE.sql + ", set_config('lock_timeout', '50ms', true)"),
    /// One state for all its reads.
    READ(1, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"),
    /// To make tables, which may take long: each statement sees what others did before it.
    SCHEMA(2, "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL statement_timeout = 0");

    private final int answers;
    private final String sql;

    /// @param answers that the server gives to it
    Begin(int answers, String sql) {
      this.answers = answers;
      this.sql = sql;
    }
  }

  /// How much longer than the server gives itself it is listened to: a network may swallow its
  /// answer, and nothing else would end the waiting.
  private static final Duration SILENCE = Duration.ofSeconds(5);

  /// A statement that waits for another.
  private record Late(String sql, @Nullable Object[] values) {}

  private final Connection jdbc;
  private final PostgresDialect dialect;
  private Silence.@Nullable Listener listener;
  private @Nullable Long end;

  /// A transaction that begins with the next statement, in the same round trip.
  private @Nullable Begin due;

  /// What goes with the next statement, behind its beginning.
  private @Nullable Late late;

  private @Nullable LongConsumer committed;

  PostgresConnection(Connection jdbc, PostgresDialect dialect) {
    this.jdbc = jdbc;
    this.dialect = dialect;
  }

  @Override
  public PostgresDialect dialect() {
    return dialect;
  }

  @Override
  public long estimate(SqlText few, Bind.Source source) {
    return PostgresExplain.rows(this, few, source);
  }

  @Override
  public void execute(String sql) {
    runLate();
    var begin = takeDue();
    try (var statement = jdbc.createStatement()) {
      listened(() -> statement.execute(begun(begin, sql)));
    } catch (SQLException e) {
      throw new PostgresFailure(e);
    }
  }

  /// What is to begin with a statement; the next one has nothing to begin, even if this one fails.
  private @Nullable Begin takeDue() {
    var begin = due;
    due = null;
    return begin;
  }

  private static String begun(@Nullable Begin begin, String sql) {
    return begin == null ? sql : begin.sql + "; " + sql;
  }

  /// Statements that begin from now on have to end within a time.
  void within(Duration time) {
    end = System.nanoTime() + time.toNanos();
    heard(time);
  }

  /// Each answer has to come within a time and some seconds. It holds until the connection goes
  /// back to the pool.
  void heard(Duration time) {
    listener = Silence.listener(jdbc, time.plus(SILENCE));
  }

  /// Something that the driver asks the server, which has to answer in time.
  private interface Asked<T> {
    T ask() throws SQLException;
  }

  private <T> T listened(Asked<T> asked) throws SQLException {
    if (listener == null) {
      return asked.ask();
    }
    listener.asks();
    try {
      return asked.ask();
    } finally {
      listener.hears();
    }
  }

  @Override
  public PostgresRows rows(String sql, @Nullable Object... values) {
    var first = late;
    late = null;
    var begin = takeDue();
    var text = begun(begin, first == null ? sql : first.sql + "; " + sql);
    var answers = (begin == null ? 0 : begin.answers) + (first == null ? 0 : 1);
    PreparedStatement statement = null;
    try {
      statement = jdbc.prepareStatement(text);
      limit(statement);
      if (first != null) {
        set(statement, 0, first.values);
      }
      set(statement, first == null ? 0 : first.values.length, values);
      var answered = answered(answers, statement);
      return new PostgresRows(statement, answered ? statement.getResultSet() : null);
    } catch (SQLException e) {
      close(statement);
      throw new PostgresFailure(e);
    }
  }

  /// Whether rows are the answer to what was asked, behind the answers to what comes before it.
  private boolean answered(int others, PreparedStatement statement) throws SQLException {
    boolean rows = listened(statement::execute);
    for (var i = others; i > 0; i--) {
      rows = statement.getMoreResults();
    }
    return rows;
  }

  private static void set(PreparedStatement statement, int before, @Nullable Object[] values)
      throws SQLException {
    for (var i = 0; i < values.length; i++) {
      set(statement, before + i + 1, values[i]);
    }
  }

  private void limit(PreparedStatement statement) throws SQLException {
    if (end != null) {
      var left = Duration.ofNanos(end - System.nanoTime()).plusMillis(999).toSeconds();
      statement.setQueryTimeout((int) Math.max(1, left));
    }
  }

  /// All as text of no type: the place in the statement has one.
  private static void set(PreparedStatement statement, int index, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null -> statement.setNull(index, Types.OTHER);
      case byte[] bytes -> statement.setString(index, "\\x" + HexFormat.of().formatHex(bytes));
      case Object other -> statement.setString(index, other.toString());
    }
  }

  private static void close(@Nullable PreparedStatement statement) {
    try {
      if (statement != null) {
        statement.close();
      }
    } catch (SQLException e) {
      throw new PostgresFailure(e);
    }
  }

  /// Runs a statement to its end.
  void run(String sql, @Nullable Object... values) {
    rows(sql, values).close();
  }

  /// Runs a statement that gives no rows together with the next one, in the same round trip; at the
  /// latest before the transaction is committed. Its failure comes with that.
  void later(String sql, @Nullable Object... values) {
    if (late == null) {
      late = new Late(sql, values);
    } else {
      run(sql, values);
    }
  }

  private void runLate() {
    if (late != null) {
      var last = late;
      late = null;
      run(last.sql, last.values);
    }
  }

  /// Who hears where the server's log ends when a transaction was committed; null for nobody.
  void tell(@Nullable LongConsumer committed) {
    this.committed = committed;
  }

  /// Runs work in a transaction that is undone where the work throws.
  <T> T transaction(Begin begin, Supplier<T> work) {
    due = begin;
    var done = false;
    try {
      var result = work.get();
      commit();
      done = true;
      return result;
    } finally {
      if (!done) {
        rollBack();
      }
    }
  }

  private void commit() {
    runLate();
    if (takeDue() != null) {
      return; // nothing was asked
    }
    refuseFailed();
    try {
      if (committed == null) {
        run("COMMIT");
      } else {
        committed.accept(committed());
      }
    } catch (PostgresFailure e) {
      throw e.lost() ? PostgresProblems.unsure() : e;
    }
  }

  /// The server answers to the commit of a transaction that has failed as if all were well.
  private void refuseFailed() {
    try {
      if (jdbc.unwrap(BaseConnection.class).getTransactionState() == TransactionState.FAILED) {
        throw new IllegalStateException("a statement failed, and its transaction went on");
      }
    } catch (SQLException e) {
      throw new PostgresFailure(e);
    }
  }

  /// Commits, and asks where the log ends in the same round trip.
  private long committed() {
    try (var statement = jdbc.createStatement()) {
      listened(() -> statement.execute("COMMIT; " + WatchedReplicas.POSITION));
      statement.getMoreResults();
      try (var rows = statement.getResultSet()) {
        rows.next();
        return rows.getLong(1);
      }
    } catch (SQLException e) {
      throw new PostgresFailure(e);
    }
  }

  private void rollBack() {
    late = null;
    if (takeDue() != null) {
      return;
    }
    try {
      execute("ROLLBACK");
    } catch (PostgresFailure _) {
      // the connection is gone, and the transaction with it: the pool finds out
    }
  }

  @Override
  public void close() {
    if (listener != null) {
      listener.close();
    }
    try {
      jdbc.close();
    } catch (SQLException e) {
      throw new PostgresFailure(e);
    }
  }
}
