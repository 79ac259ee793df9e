package engineroom.stores.sqlite;

import static engineroom.problem.ProblemException.problem;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Expression;
import engineroom.model.History;
import engineroom.outcome.Change;
import engineroom.outcome.KeptAnswer;
import engineroom.problem.StoreProblem.NotUnique;
import engineroom.store.Store;
import engineroom.store.Transaction;
import engineroom.store.Trash;
import engineroom.stores.kept.TrashTable;
import engineroom.stores.session.Refusals;
import engineroom.stores.session.SessionTables;
import engineroom.stores.sql.EntitySql;
import engineroom.stores.sql.TableNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// One write, on the writer's thread.
final class SqliteTransaction implements Transaction {
  private final SqliteStore store;
  private final SqliteConnection connection;
  private final SessionTables tables;
  private final Refusals refusals;
  private boolean ended;

  /// The number of the last change while writes are gathered; below 0 where it is not known.
  private long logged = -1;

  SqliteTransaction(SqliteStore store, SqliteConnection connection) {
    this.store = store;
    this.connection = connection;
    this.tables = new SessionTables(connection, store.entities());
    this.refusals = new Refusals(store.model(), tables);
  }

  /// Makes it useless.
  void end() {
    ended = true;
  }

  @Override
  public boolean awaited() {
    return store.awaited();
  }

  private EntitySql entity(String name) {
    if (ended) {
      throw new IllegalStateException("this transaction is over");
    }
    return tables.entity(name);
  }

  @Override
  public Optional<Row> find(String entity, Value id) {
    entity(entity);
    return tables.find(entity, id);
  }

  @Override
  public boolean holds(String entity, Value id, Expression condition, Arguments arguments) {
    entity(History.isThen(entity) ? History.past(History.present(entity)) : entity);
    var sql = store.holds(entity, condition, arguments.values().size());
    var source = connection.source(arguments.and(List.of(id)), 0, 0);
    try (var rows = connection.statement(sql.text()).run(sql.values(source))) {
      return rows.next();
    }
  }

  @Override
  public List<Value> referring(String entity, String reference, Value id) {
    var sql = entity(entity);
    var target = store.model().entity(entity).field(reference);
    var ids = new ArrayList<Value>();
    var owner = ((engineroom.model.FieldType.Reference) target.type()).entity();
    try (var rows =
        connection.statement(sql.referring(reference)).run(tables.entity(owner).id(id))) {
      while (rows.next()) {
        ids.add(sql.id(rows, 0));
      }
    }
    return ids;
  }

  @Override
  public void insert(String entity, Row row) {
    var sql = entity(entity);
    row.values().keySet().forEach(sql.entity()::field);
    var insertion = sql.insertion(row);
    refusals.refuseChecks(sql.entity(), row);
    connection.later(() -> insert(sql, row, insertion));
  }

  private void insert(EntitySql sql, Row row, EntitySql.Insertion insertion) {
    try {
      connection.run(insertion.text(), insertion.values());
      if (sql.searched()) {
        connection.run(sql.search(), sql.words(connection.lastKey(), row));
      }
    } catch (SqliteFailure e) {
      if (tables.find(sql.entity().name(), row.id()).isPresent()) {
        throw problem(new NotUnique(sql.entity().name(), List.of("id")));
      }
      throw refusals.told(sql.entity(), row, SqliteProblems.refused(e));
    }
  }

  private long key(String text, Object[] values) {
    try (var rows = connection.statement(text).run(values)) {
      if (!rows.next()) {
        return -1;
      }
      return rows.number(0);
    }
  }

  @Override
  public void update(String entity, Row row, Set<String> fields) {
    var sql = entity(entity);
    if (fields.isEmpty()) {
      return;
    }
    var after = tables.changed(sql, row, fields);
    var values = new ArrayList<>(sql.values(row, fields));
    values.addAll(sql.key(row.id()));
    try {
      refusals.refuseChecks(sql.entity(), after);
      var key = key(sql.update(fields), values.toArray());
      search(sql, key, after, fields);
    } catch (SqliteFailure e) {
      throw refusals.told(sql.entity(), after, SqliteProblems.refused(e));
    }
  }

  private void search(EntitySql sql, long key, Row row, Set<String> fields) {
    if (TableNames.searched(sql.entity()).stream().anyMatch(fields::contains)) {
      connection.run(sql.unsearch(), key);
      connection.run(sql.search(), sql.words(key, row));
    }
  }

  @Override
  public void delete(String entity, Value id) {
    var sql = entity(entity);
    try {
      var key = key(sql.delete(), sql.key(id).toArray());
      if (key >= 0 && sql.searched()) {
        connection.run(sql.unsearch(), key);
      }
    } catch (SqliteFailure e) {
      throw refusals.stillReferred(sql.entity(), id, e);
    }
  }

  @Override
  public long nextId(String entity) {
    var sql = entity(entity).nextId();
    if (sql == null) {
      throw Refusals.idNeeded();
    }
    return key(sql, new Object[0]);
  }

  @Override
  public long next(Counter counter, long start) {
    entity(counter.entity());
    return SequenceTable.next(connection, counter, start);
  }

  @Override
  public void passed(Counter counter, long number) {
    entity(counter.entity());
    SequenceTable.passed(connection, counter, number);
  }

  @Override
  public Change log(Change change) {
    return log(List.of(change)).getFirst();
  }

  @Override
  public List<Change> log(List<Change> changes) {
    if (!connection.gathers()) {
      return ChangeLog.add(connection, changes);
    }
    if (logged < 0) {
      logged = ChangeLog.given(connection);
    }
    var numbered = new ArrayList<Change>(changes.size());
    for (var change : changes) {
      numbered.add(change.numbered(++logged));
    }
    var additions = ChangeLog.additions(changes);
    long last = logged;
    connection.later(() -> logged(additions, last));
    return numbered;
  }

  /// What was told before it was written must be what is there.
  private void logged(List<ChangeLog.Addition> additions, long told) {
    long last = told;
    for (var addition : additions) {
      last = addition.run(connection);
    }
    if (last != told) {
      throw new IllegalStateException("the change log counts otherwise than was told");
    }
  }

  @Override
  public <T> T gathering(Supplier<T> work) {
    if (connection.gathers()) {
      return work.get();
    }
    logged = -1;
    try (var _ = connection.room();
        var hand = connection.gather()) {
      var result = work.get();
      hand.settle();
      return result;
    } finally {
      connection.gathered();
    }
  }

  @Override
  public Trash trash() {
    return new TrashTable(connection, store.model());
  }

  @Override
  public Store.Result read(Store.Statement statement, Store.Binding binding) {
    return store.read(connection, statement, binding);
  }

  @Override
  public List<Value> ids(Store.Statement statement, Store.Binding binding) {
    if (statement instanceof SqliteRead.OfRows rows) {
      return rows.ids(connection, binding);
    }
    throw new IllegalArgumentException("only a plan for rows gives ids");
  }

  @Override
  public <T> T attempt(Supplier<T> work) {
    connection.run("SAVEPOINT attempt");
    var done = false;
    try {
      var result = work.get();
      done = true;
      return result;
    } finally {
      if (!done) {
        connection.run("ROLLBACK TO attempt");
      }
      connection.run("RELEASE attempt");
    }
  }

  @Override
  public Optional<KeptAnswer> answer(String key, Instant now) {
    return AnswerTable.find(connection, key, now);
  }

  @Override
  public void keep(KeptAnswer answer, Instant now) {
    AnswerTable.keep(connection, answer, now);
  }
}
