package engineroom.stores.postgres;

import static engineroom.problem.ProblemException.problem;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Expression;
import engineroom.model.FieldType;
import engineroom.outcome.Change;
import engineroom.outcome.KeptAnswer;
import engineroom.problem.StoreProblem.NotUnique;
import engineroom.store.Store;
import engineroom.store.Transaction;
import engineroom.store.Trash;
import engineroom.stores.kept.TrashTable;
import engineroom.stores.session.Refusals;
import engineroom.stores.session.SessionTables;
import engineroom.stores.session.SqlRead;
import engineroom.stores.sql.EntitySql;
import engineroom.stores.sql.SqlText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// One write. PostgreSQL gives up a transaction whole where one statement of it fails. So the first
/// failure ends this one with a [Doubt]; the work is run once more, step by step, to find out what
/// there is to say.
final class PostgresTransaction implements Transaction {
  private final PostgresStore store;
  private final PostgresConnection connection;
  private final SessionTables tables;
  private final Refusals refusals;

  /// Above 0 where each step can be undone by itself.
  private int careful;

  private boolean ended;

  /// Whether readers of the change log wait for this transaction.
  private boolean logging;

  PostgresTransaction(PostgresStore store, PostgresConnection connection, Care care) {
    this.store = store;
    this.connection = connection;
    this.tables = new SessionTables(connection, store.entities());
    this.refusals = new Refusals(store.model(), tables);
    this.careful = care == Care.STEP_BY_STEP ? 1 : 0;
  }

  /// How a work is run.
  enum Care {
    AT_ONCE,
    STEP_BY_STEP
  }

  /// A step failed, and nobody can tell yet why.
  static final class Doubt extends RuntimeException {
    Doubt(PostgresFailure cause) {
      super(cause);
    }
  }

  /// What becomes of a step that failed.
  private interface Failed<T> {
    T then(PostgresFailure failure);
  }

  /// Does a step, and something else where that fails.
  private <T> T step(Supplier<T> work, Failed<T> failed) {
    if (careful == 0) {
      try {
        return work.get();
      } catch (PostgresFailure e) {
        throw e.refuses() || e.unsaid() ? new Doubt(e) : e;
      }
    }
    connection.execute("SAVEPOINT step");
    try {
      var result = work.get();
      connection.execute("RELEASE step");
      return result;
    } catch (PostgresFailure e) {
      if (!e.refuses() && !e.unsaid()) {
        throw e;
      }
      connection.execute("ROLLBACK TO step");
      return failed.then(e);
    }
  }

  /// Makes it useless.
  void end() {
    ended = true;
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
    entity(store.stored(entity));
    var asked = new PostgresStore.Condition(entity, condition, arguments.values().size());
    var all = arguments.and(List.of(id));
    return store
        .holds(asked, all)
        .map(sql -> step(() -> any(sql, all), _ -> store.holdsInMemory(tables, asked, all)))
        .orElseGet(() -> store.holdsInMemory(tables, asked, all));
  }

  private boolean any(SqlText sql, Arguments arguments) {
    try (var rows = connection.rows(sql.text(), sql.values(connection.source(arguments, 0, 0)))) {
      return rows.next();
    }
  }

  @Override
  public List<Value> referring(String entity, String reference, Value id) {
    var sql = entity(entity);
    var target = store.model().entity(entity).field(reference);
    var ids = new ArrayList<Value>();
    var owner = ((FieldType.Reference) target.type()).entity();
    try (var rows = connection.rows(sql.referring(reference), tables.entity(owner).id(id))) {
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
    var values = sql.values(row, sql.fields()).toArray();
    refusals.refuseChecks(sql.entity(), row);
    step(() -> done(sql.insert(), values), failure -> refused(sql, row, failure));
  }

  private boolean done(String sql, Object[] values) {
    connection.run(sql, values);
    return true;
  }

  private boolean refused(EntitySql sql, Row row, PostgresFailure failure) {
    if (failure.state().equals(PostgresProblems.UNIQUE)
        && tables.find(sql.entity().name(), row.id()).isPresent()) {
      throw problem(new NotUnique(sql.entity().name(), List.of("id")));
    }
    throw told(sql, row, failure);
  }

  private RuntimeException told(EntitySql sql, Row row, PostgresFailure failure) {
    var said = PostgresProblems.refused(failure, store.names(), sql.entity());
    return refusals.told(sql.entity(), row, said);
  }

  @Override
  public void update(String entity, Row row, Set<String> fields) {
    var sql = entity(entity);
    var after =
        tables
            .find(entity, row.id())
            .orElseThrow(() -> new IllegalStateException("no " + entity + " to update"));
    for (var field : fields) {
      sql.entity().field(field);
      after = after.with(field, row.value(field));
    }
    if (fields.isEmpty()) {
      return;
    }
    var whole = after;
    var values = new ArrayList<>(sql.values(whole, fields));
    values.add(sql.id(row.id()));
    refusals.refuseChecks(sql.entity(), whole);
    step(
        () -> done(sql.update(fields), values.toArray()),
        failure -> {
          throw told(sql, whole, failure);
        });
  }

  @Override
  public void delete(String entity, Value id) {
    var sql = entity(entity);
    step(
        () -> done(sql.delete(), new Object[] {sql.id(id)}),
        failure -> {
          throw refusals.stillReferred(sql.entity(), id, failure);
        });
  }

  @Override
  public long nextId(String entity) {
    try (var rows = connection.rows(entity(entity).nextId())) {
      return rows.next() ? rows.number(0) : -1;
    }
  }

  @Override
  public long next(Counter counter, long start) {
    entity(counter.entity());
    return PostgresTables.next(connection, counter, start);
  }

  @Override
  public void passed(Counter counter, long number) {
    entity(counter.entity());
    PostgresTables.passed(connection, counter, number);
  }

  @Override
  public Change log(Change change) {
    return log(List.of(change)).getFirst();
  }

  @Override
  public List<Change> log(List<Change> changes) {
    if (!logging) {
      store.served(ChangeLog.enter(connection), connection);
      logging = true;
    }
    return ChangeLog.add(connection, changes);
  }

  @Override
  public Trash trash() {
    return new TrashTable(connection, store.model());
  }

  @Override
  public Store.Result read(Store.Statement statement, Store.Binding binding) {
    var read = (SqlRead) statement;
    return read.sayable(binding)
        ? step(() -> read.read(connection, binding), _ -> store.inMemory(connection, read, binding))
        : store.inMemory(connection, read, binding);
  }

  @Override
  public List<Value> ids(Store.Statement statement, Store.Binding binding) {
    if (!(statement instanceof SqlRead.OfRows rows)) {
      throw new IllegalArgumentException("only a plan for rows gives ids");
    }
    return rows.sayable(binding)
        ? step(
            () -> rows.ids(connection, binding), _ -> store.idsInMemory(connection, rows, binding))
        : store.idsInMemory(connection, rows, binding);
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

  @Override
  public Optional<KeptAnswer> answer(String key, Instant now) {
    return PostgresTables.find(connection, key, now);
  }

  @Override
  public void keep(KeptAnswer answer, Instant now) {
    PostgresTables.keep(connection, answer, now);
  }
}
