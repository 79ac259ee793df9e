package engineroom.stores.mariadb;

import engineroom.stores.mariadb.MariaConnection.Begin;
import engineroom.stores.session.ReadSession;
import engineroom.stores.session.Sessions;
import engineroom.stores.session.Writing;
import engineroom.stores.sql.Dialect;
import engineroom.stores.sql.Dialect.Unsayable;
import engineroom.stores.sql.SqlText;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A MariaDB database as the store of a model uses it.
record MariaSessions(MariaDatabase database) implements Sessions {
  private static final Duration EXPLAIN_LIMIT = Duration.ofMinutes(10);

  @Override
  public Dialect dialect() {
    return database.dialect();
  }

  @Override
  public <T extends @Nullable Object> T read(Duration timeLimit, Function<ReadSession, T> work) {
    return database.read(timeLimit, work::apply);
  }

  @Override
  public <T> T still(Duration timeLimit, Function<ReadSession, T> work) {
    return database.read(
        timeLimit, connection -> connection.transaction(Begin.READ, () -> work.apply(connection)));
  }

  @Override
  public <T> T said(ReadSession session, Supplier<T> reading, Supplier<T> otherwise) {
    return said(reading, otherwise);
  }

  /// Reads, and otherwise where SQL has no words for it: a statement that fails leaves the
  /// transaction as it is.
  static <T> T said(Supplier<T> reading, Supplier<T> otherwise) {
    try {
      return reading.get();
    } catch (MariaFailure e) {
      if (e.unsaid()) {
        return otherwise.get();
      }
      throw e;
    } catch (Unsayable _) {
      return otherwise.get();
    }
  }

  @Override
  public <T> T write(Function<Writing, T> work) {
    return database.write(connection -> work.apply(new MariaWriting(connection)));
  }

  @Override
  public List<String> explain(SqlText sql) {
    return database.read(EXPLAIN_LIMIT, connection -> MariaExplain.lines(connection, sql));
  }

  /// All: numbers are seen in the order in which they are given.
  @Override
  public long settled(ReadSession session) {
    return Long.MAX_VALUE;
  }
}
