package engineroom.stores.postgres;

import engineroom.stores.postgres.replica.WatchedReplicas;
import engineroom.stores.session.ReadSession;
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

/// One connection, taken from the pool for one piece of work. The driver keeps the statements
/// prepared.
final class PostgresConnection implements ReadSession, AutoCloseable {
  /// How a transaction is begun.
  enum Begin {
    /// As if no other transaction ran at the same time. Without scans of whole tables: each would
    /// watch every row, and other writers would stand in the way without a reason. A process that
    /// stands still within it holds its rows for ten seconds.
    WRITE(
        "BEGIN ISOLATION LEVEL SERIALIZABLE; SET LOCAL enable_seqscan = off;"
            + " SET LOCAL statement_timeout = '60s';"
            + " SET LOCAL idle_in_transaction_session_timeout = '10s'"),
    /// One state for all its reads.
    READ("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"),
    /// To make tables, which may take long: each statement sees what others did before it.
    SCHEMA("BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL statement_timeout = 0");

    private final String sql;

    Begin(String sql) {
      this.sql = sql;
    }
  }

  /// How much longer than the server gives itself it is listened to: a network may swallow its
  /// answer, and nothing else would end the waiting.
  private static final Duration SILENCE = Duration.ofSeconds(5);

  private final Connection jdbc;
  private final PostgresDialect dialect;
  private @Nullable Long end;
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
    try (var statement = jdbc.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new PostgresFailure(e);
    }
  }

  /// Statements that begin from now on have to end within a time.
  void within(Duration time) {
    end = System.nanoTime() + time.toNanos();
    heard(time);
  }

  /// Each answer has to come within a time and some seconds. It holds until the connection goes
  /// back to the pool.
  void heard(Duration time) {
    try {
      jdbc.setNetworkTimeout(Runnable::run, (int) time.plus(SILENCE).toMillis());
    } catch (SQLException e) {
      throw new PostgresFailure(e);
    }
  }

  @Override
  public PostgresRows rows(String sql, @Nullable Object... values) {
    PreparedStatement statement = null;
    try {
      statement = jdbc.prepareStatement(sql);
      limit(statement);
      for (var i = 0; i < values.length; i++) {
        set(statement, i + 1, values[i]);
      }
      return new PostgresRows(statement, statement.execute() ? statement.getResultSet() : null);
    } catch (SQLException e) {
      close(statement);
      throw new PostgresFailure(e);
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

  /// Who hears where the server's log ends when a transaction was committed; null for nobody.
  void tell(@Nullable LongConsumer committed) {
    this.committed = committed;
  }

  /// Runs work in a transaction that is undone where the work throws.
  <T> T transaction(Begin begin, Supplier<T> work) {
    execute(begin.sql);
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
    try {
      if (committed == null) {
        execute("COMMIT");
      } else {
        committed.accept(committed());
      }
    } catch (PostgresFailure e) {
      throw e.lost() ? PostgresProblems.unsure() : e;
    }
  }

  /// Commits, and asks where the log ends in the same round trip.
  private long committed() {
    try (var statement = jdbc.createStatement()) {
      statement.execute("COMMIT; " + WatchedReplicas.POSITION);
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
    try {
      execute("ROLLBACK");
    } catch (PostgresFailure _) {
      // the connection is gone, and the transaction with it: the pool finds out
    }
  }

  @Override
  public void close() {
    try {
      jdbc.close();
    } catch (SQLException e) {
      throw new PostgresFailure(e);
    }
  }
}
