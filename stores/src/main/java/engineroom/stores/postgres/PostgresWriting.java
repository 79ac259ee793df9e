package engineroom.stores.postgres;

import engineroom.model.Entity;
import engineroom.model.Model;
import engineroom.outcome.Change;
import engineroom.stores.session.OwnRows;
import engineroom.stores.session.ReadSession;
import engineroom.stores.session.Refusals.Refused;
import engineroom.stores.session.SessionFailure;
import engineroom.stores.session.Writing;
import engineroom.stores.sql.TableNames;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One write. PostgreSQL gives up a transaction whole where one statement of it fails. So the first
/// failure ends this one; the work is run once more, step by step, to find out what there is to
/// say.
final class PostgresWriting implements Writing {
  private final PostgresDatabase database;
  private final Model model;
  private final PostgresConnection connection;

  /// Above 0 where each step can be undone by itself.
  private int careful;

  /// Whether readers of the change log wait for this transaction.
  private boolean logging;

  PostgresWriting(
      PostgresDatabase database, Model model, PostgresConnection connection, Care care) {
    this.database = database;
    this.model = model;
    this.connection = connection;
    this.careful = care == Care.STEP_BY_STEP ? 1 : 0;
  }

  /// How a work is run.
  enum Care {
    AT_ONCE,
    STEP_BY_STEP
  }

  @Override
  public ReadSession session() {
    return connection;
  }

  @Override
  public OwnRows own() {
    return new OwnRows(connection, PostgresTables.WORDS);
  }

  @Override
  public <T> T step(Supplier<T> work, Function<SessionFailure, T> refused) {
    if (careful == 0) {
      return work.get();
    }
    connection.execute("SAVEPOINT step");
    try {
      var result = work.get();
      connection.execute("RELEASE step");
      return result;
    } catch (PostgresFailure e) {
      if (!e.doubtful()) {
        throw e;
      }
      connection.execute("ROLLBACK TO step");
      return refused.apply(e);
    }
  }

  @Override
  public void add(
      String sql, @Nullable Object[] values, Function<SessionFailure, Boolean> refused) {
    if (careful == 0) {
      connection.later(sql, values);
    } else {
      Writing.super.add(sql, values, refused);
    }
  }

  @Override
  public <T> T said(Supplier<T> reading, Supplier<T> otherwise) {
    return step(reading, _ -> otherwise.get());
  }

  @Override
  public Refused refused(SessionFailure failure, TableNames names, Entity entity) {
    return PostgresProblems.refused((PostgresFailure) failure, names, entity);
  }

  @Override
  public List<Change> log(List<Change> changes) {
    if (logging || changes.isEmpty()) {
      return ChangeLog.add(connection, changes);
    }
    var first = ChangeLog.begin(connection, changes);
    logging = true;
    database.served(model, first.migration(), connection);
    return first.changes();
  }

  @Override
  public <T> T attempt(Supplier<T> work) {
    connection.execute("SAVEPOINT attempt");
    var locked = logging;
    var done = false;
    careful++;
    try {
      var result = work.get();
      done = true;
      return result;
    } finally {
      careful--;
      if (!done) {
        connection.execute("ROLLBACK TO attempt");
        logging = locked; // a lock goes with the part of the transaction that took it
      }
      connection.execute("RELEASE attempt");
    }
  }
}
