package engineroom.stores.mariadb;

import engineroom.stores.migrate.SqlSession;
import engineroom.stores.session.ReadSession;
import engineroom.stores.sql.Bind;
import engineroom.stores.sql.SqlText;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One connection, taken from the pool for one piece of work.
final class MariaConnection implements ReadSession, AutoCloseable {
  /// How a transaction is begun.
  enum Begin {
    /// As if no other transaction ran at the same time: InnoDB locks what is read.
    WRITE,
    /// One state for all its reads.
    READ
  }

  /// Rows that are read at a time, where there may be many.
  private static final int FETCHED = 1_000;

  private final Connection jdbc;
  private final MariaDialect dialect;
  private @Nullable Long end;

  /// Why the server undid the transaction: what came behind would be none.
  private @Nullable MariaFailure undone;

  MariaConnection(Connection jdbc, MariaDialect dialect) {
    this.jdbc = jdbc;
    this.dialect = dialect;
  }

  @Override
  public MariaDialect dialect() {
    return dialect;
  }

  @Override
  public long estimate(SqlText few, Bind.Source source) {
    return MariaExplain.rows(this, few, source);
  }

  @Override
  public void execute(String sql) {
    refuseUndone();
    var said = dialect.brand().said(sql);
    try (var statement = jdbc.createStatement()) {
      statement.execute(said.text());
    } catch (SQLException e) {
      if (!said.forgiven().contains(e.getErrorCode())) {
        throw failed(e);
      }
    }
  }

  private void refuseUndone() {
    if (undone != null) {
      throw undone;
    }
  }

  private MariaFailure failed(SQLException cause) {
    var failure = new MariaFailure(cause);
    if (failure.passing()) {
      undone = failure;
    }
    return failure;
  }

  /// Statements that begin from now on have to end within a time.
  void within(Duration time) {
    end = System.nanoTime() + time.toNanos();
  }

  @Override
  public MariaRows rows(String sql, @Nullable Object... values) {
    refuseUndone();
    PreparedStatement statement = null;
    try {
      statement = limited(sql);
      for (var i = 0; i < values.length; i++) {
        set(statement, i + 1, values[i]);
      }
      return new MariaRows(statement, statement.execute() ? statement.getResultSet() : null);
    } catch (SQLException e) {
      close(statement);
      throw failed(e);
    }
  }

  /// Whose time the server measures, or the driver.
  private PreparedStatement limited(String sql) throws SQLException {
    if (end == null) {
      return jdbc.prepareStatement(sql);
    }
    var left = Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
    var within = dialect.brand().within(sql, left);
    if (within != null) {
      return jdbc.prepareStatement(within);
    }
    var statement = jdbc.prepareStatement(sql);
    statement.setQueryTimeout((int) Math.max(1, left.plusMillis(999).toSeconds()));
    return statement;
  }

  private static void set(PreparedStatement statement, int index, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null -> statement.setNull(index, Types.NULL);
      case byte[] bytes -> statement.setBytes(index, bytes);
      case Long number -> statement.setLong(index, number);
      case Double number -> statement.setDouble(index, number);
      case BigDecimal number -> statement.setBigDecimal(index, number);
      case Object other -> statement.setString(index, other.toString());
    }
  }

  private static void close(@Nullable PreparedStatement statement) {
    try {
      if (statement != null) {
        statement.close();
      }
    } catch (SQLException e) {
      throw new MariaFailure(e);
    }
  }

  /// Reads some rows at a time, and closes the connection with them.
  SqlSession.Rows streamed(String sql) {
    PreparedStatement statement = null;
    try {
      statement = jdbc.prepareStatement(sql);
      statement.setFetchSize(FETCHED);
      return new MariaRows(statement, statement.executeQuery(), this::close);
    } catch (SQLException e) {
      close(statement);
      close();
      throw new MariaFailure(e);
    }
  }

  /// Runs a statement that matters no more where the connection is lost.
  void afterwards(String sql) {
    undone = null;
    try {
      execute(sql);
    } catch (MariaFailure e) {
      if (!e.lost()) {
        throw e;
      }
    }
  }

  /// Runs a statement to its end.
  void run(String sql, @Nullable Object... values) {
    rows(sql, values).close();
  }

  /// Runs work in a transaction that is undone where the work throws.
  <T> T transaction(Begin begin, Supplier<T> work) {
    begin(begin);
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
      execute("COMMIT");
    } catch (MariaFailure e) {
      throw e.lost() ? MariaProblems.unsure() : e;
    }
  }

  private void begin(Begin begin) {
    switch (begin) {
      case WRITE -> execute("START TRANSACTION");
      case READ -> {
        execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
        execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
      }
    }
  }

  private void rollBack() {
    undone = null;
    try {
      execute("ROLLBACK");
    } catch (MariaFailure _) {
      // the connection is gone, and the transaction with it: the pool finds out
    }
  }

  @Override
  public void close() {
    try {
      jdbc.close();
    } catch (SQLException e) {
      throw new MariaFailure(e);
    }
  }
}
