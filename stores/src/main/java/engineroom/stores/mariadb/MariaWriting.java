package engineroom.stores.mariadb;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.model.Entity;
import engineroom.outcome.Change;
import engineroom.stores.session.OwnRows;
import engineroom.stores.session.ReadSession;
import engineroom.stores.session.Refusals.Refused;
import engineroom.stores.session.SessionFailure;
import engineroom.stores.session.Writing;
import engineroom.stores.sql.EntitySql;
import engineroom.stores.sql.TableNames;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// One write. A statement that fails leaves the others as they are.
final class MariaWriting implements Writing {
  private final MariaConnection connection;

  /// How many attempts within each other there are; a name that comes again would hide the former.
  private int attempts;

  MariaWriting(MariaConnection connection) {
    this.connection = connection;
  }

  @Override
  public ReadSession session() {
    return connection;
  }

  @Override
  public OwnRows own() {
    return new OwnRows(connection, MariaTables.WORDS);
  }

  @Override
  public <T> T step(Supplier<T> work, Function<SessionFailure, T> refused) {
    try {
      return work.get();
    } catch (MariaFailure e) {
      if (e.refuses()) {
        return refused.apply(e);
      }
      throw e;
    }
  }

  @Override
  public <T> T said(Supplier<T> reading, Supplier<T> otherwise) {
    return MariaSessions.said(reading, otherwise);
  }

  @Override
  public Refused refused(SessionFailure failure, TableNames names, Entity entity) {
    return MariaProblems.refused((MariaFailure) failure, names, entity);
  }

  @Override
  public List<Change> log(List<Change> changes) {
    return ChangeLog.add(connection, changes);
  }

  @Override
  public void inserted(EntitySql sql, Row row) {
    WordTable.add(connection, sql, row);
  }

  @Override
  public void updated(EntitySql sql, Row row, Set<String> fields) {
    if (TableNames.searched(sql.entity()).stream().anyMatch(fields::contains)) {
      WordTable.replace(connection, sql, row);
    }
  }

  /// InnoDB takes it for a reason to keep a row that the row refers to itself.
  @Override
  public boolean deletedAlone(EntitySql sql, Value id) {
    WordTable.forget(connection, sql, id);
    connection.run(connection.dialect().brand().unlooked(sql.delete()), sql.id(id));
    return true;
  }

  @Override
  public <T> T attempt(Supplier<T> work) {
    var name = "attempt" + attempts++;
    connection.execute("SAVEPOINT " + name);
    var done = false;
    try {
      var result = work.get();
      done = true;
      return result;
    } finally {
      attempts--;
      connection.execute((done ? "RELEASE" : "ROLLBACK TO") + " SAVEPOINT " + name);
    }
  }
}
