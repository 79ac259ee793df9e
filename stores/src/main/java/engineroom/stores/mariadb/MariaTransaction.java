package engineroom.stores.mariadb;

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
import engineroom.stores.sql.Dialect.Unsayable;
import engineroom.stores.sql.EntitySql;
import engineroom.stores.sql.SqlText;
import engineroom.stores.sql.TableNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One write. A statement that fails leaves the others as they are.
final class MariaTransaction implements Transaction {
  private final MariaStore store;
  private final MariaConnection connection;
  private final SessionTables tables;
  private final Refusals refusals;

  /// How many attempts within each other there are; a name that comes again would hide the former.
  private int attempts;

  private boolean ended;

  MariaTransaction(MariaStore store, MariaConnection connection) {
    this.store = store;
    this.connection = connection;
    this.tables = new SessionTables(connection, store.entities());
    this.refusals = new Refusals(store.model(), tables);
  }

  /// What becomes of a step that failed.
  private interface Failed<T> {
    T then(MariaFailure failure);
  }

  /// Does a step, and something else where the database refuses it.
  private static <T> T step(Supplier<T> work, Failed<T> failed) {
    try {
      return work.get();
    } catch (MariaFailure e) {
      if (e.refuses()) {
        return failed.then(e);
      }
      throw e;
    }
  }

  /// Reads, and otherwise where SQL has no words for it.
  private static <T> T said(Supplier<T> reading, Supplier<T> otherwise) {
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
    var asked = new MariaStore.Condition(entity, condition, arguments.values().size());
    var all = arguments.and(List.of(id));
    return store
        .holds(asked, all)
        .map(sql -> said(() -> any(sql, all), () -> store.holdsInMemory(tables, asked, all)))
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
    WordTable.add(connection, sql, row);
  }

  private boolean done(String sql, @Nullable Object... values) {
    connection.run(sql, values);
    return true;
  }

  private boolean refused(EntitySql sql, Row row, MariaFailure failure) {
    if (failure.code() == MariaFailure.DUPLICATE
        && tables.find(sql.entity().name(), row.id()).isPresent()) {
      throw problem(new NotUnique(sql.entity().name(), List.of("id")));
    }
    throw told(sql, row, failure);
  }

  private RuntimeException told(EntitySql sql, Row row, MariaFailure failure) {
    var said = MariaProblems.refused(failure, store.names(), sql.entity());
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
    if (TableNames.searched(sql.entity()).stream().anyMatch(fields::contains)) {
      WordTable.replace(connection, sql, whole);
    }
  }

  @Override
  public void delete(String entity, Value id) {
    var sql = entity(entity);
    step(() -> done(sql.delete(), sql.id(id)), failure -> alone(sql, id, failure));
  }

  /// Deletes a row that nothing refers to but itself: InnoDB takes that for a reason to keep it.
  private boolean alone(EntitySql sql, Value id, MariaFailure failure) {
    if (othersRefer(sql.entity().name(), id)) {
      throw refusals.stillReferred(sql.entity(), id, failure);
    }
    WordTable.forget(connection, sql, id);
    return done("SET STATEMENT foreign_key_checks = 0 FOR " + sql.delete(), sql.id(id));
  }

  private boolean othersRefer(String entity, Value id) {
    for (var other : store.model().entities().values()) {
      for (var field : other.fields().values()) {
        if (field.type() instanceof FieldType.Reference reference
            && reference.entity().equals(entity)
            && !itself(other.name(), entity, id)
                .containsAll(referring(other.name(), field.name(), id))) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<Value> itself(String referring, String referred, Value id) {
    return referring.equals(referred) ? List.of(id) : List.of();
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
    return MariaTables.next(connection, counter, start);
  }

  @Override
  public void passed(Counter counter, long number) {
    entity(counter.entity());
    MariaTables.passed(connection, counter, number);
  }

  @Override
  public Change log(Change change) {
    return log(List.of(change)).getFirst();
  }

  @Override
  public List<Change> log(List<Change> changes) {
    return ChangeLog.add(connection, changes);
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
    if (!(statement instanceof SqlRead.OfRows rows)) {
      throw new IllegalArgumentException("only a plan for rows gives ids");
    }
    return rows.sayable(binding)
        ? said(
            () -> rows.ids(connection, binding), () -> store.idsInMemory(connection, rows, binding))
        : store.idsInMemory(connection, rows, binding);
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

  @Override
  public Optional<KeptAnswer> answer(String key, Instant now) {
    return MariaTables.find(connection, key, now);
  }

  @Override
  public void keep(KeptAnswer answer, Instant now) {
    MariaTables.keep(connection, answer, now);
  }
}
