package engineroom.stores.session;

import static engineroom.problem.ProblemException.problem;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Expression;
import engineroom.model.Entity;
import engineroom.model.FieldType;
import engineroom.outcome.Change;
import engineroom.outcome.KeptAnswer;
import engineroom.problem.StoreProblem.NotUnique;
import engineroom.store.Store;
import engineroom.store.Transaction;
import engineroom.store.Trash;
import engineroom.stores.kept.TrashTable;
import engineroom.stores.session.Refusals.Refused;
import engineroom.stores.sql.EntitySql;
import engineroom.stores.sql.SqlText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One write.
final class SessionTransaction implements Transaction {
  /// How long others wait, as they may do in any process, before long work had better end.
  private static final Duration LONG = Duration.ofMillis(250);

  private final SessionStore store;
  private final Writing writing;
  private final Sharing sharing;
  private final ReadSession session;
  private final SessionTables tables;
  private final Refusals refusals;
  private final long begun = System.nanoTime();
  private boolean ended;

  SessionTransaction(SessionStore store, Writing writing, Sharing sharing) {
    this.store = store;
    this.writing = writing;
    this.sharing = sharing;
    this.session = writing.session();
    this.tables = new SessionTables(session, store.entities());
    this.refusals = new Refusals(store.model(), tables);
  }

  /// Makes it useless.
  void end() {
    ended = true;
  }

  @Override
  public boolean awaited() {
    return sharing.others() || System.nanoTime() - begun > LONG.toNanos();
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
    var asked = new SessionStore.Condition(entity, condition, arguments.values().size());
    var all = arguments.and(List.of(id));
    return store
        .holds(asked, all)
        .map(sql -> writing.said(() -> any(sql, all), () -> inMemory(asked, all)))
        .orElseGet(() -> inMemory(asked, all));
  }

  private boolean inMemory(SessionStore.Condition asked, Arguments arguments) {
    return store.holdsInMemory(tables, asked, arguments);
  }

  private boolean any(SqlText sql, Arguments arguments) {
    try (var rows = session.rows(sql.text(), sql.values(session.source(arguments, 0, 0)))) {
      return rows.next();
    }
  }

  @Override
  public List<Value> referring(String entity, String reference, Value id) {
    var sql = entity(entity);
    var target = store.model().entity(entity).field(reference);
    var ids = new ArrayList<Value>();
    var owner = ((FieldType.Reference) target.type()).entity();
    try (var rows = session.rows(sql.referring(reference), tables.entity(owner).id(id))) {
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
    sharing.writes();
    writing.add(insertion.text(), insertion.values(), failure -> refused(sql, row, failure));
    writing.inserted(sql, row);
  }

  private void holds() {
    sharing.holds();
    sharing.writes();
  }

  private boolean done(String sql, @Nullable Object[] values) {
    session.rows(sql, values).close();
    return true;
  }

  private boolean refused(EntitySql sql, Row row, SessionFailure failure) {
    var said = writing.refused(failure, store.names(), sql.entity());
    if (said.rule() == Refused.Rule.UNIQUE
        && tables.find(sql.entity().name(), row.id()).isPresent()) {
      throw problem(new NotUnique(sql.entity().name(), List.of("id")));
    }
    throw refusals.told(sql.entity(), row, said);
  }

  @Override
  public void update(String entity, Row row, Set<String> fields) {
    var sql = entity(entity);
    if (fields.isEmpty()) {
      return;
    }
    var whole = tables.changed(sql, row, fields);
    var values = new ArrayList<>(sql.values(whole, fields));
    values.addAll(sql.key(row.id()));
    refusals.refuseChecks(sql.entity(), whole);
    holds();
    writing.step(
        () -> done(sql.update(fields), values.toArray()),
        failure -> {
          var said = writing.refused(failure, store.names(), sql.entity());
          throw refusals.told(sql.entity(), whole, said);
        });
    writing.updated(sql, whole, fields);
  }

  @Override
  public void delete(String entity, Value id) {
    var sql = entity(entity);
    holds();
    writing.step(
        () -> done(sql.delete(), sql.key(id).toArray()),
        failure -> {
          if (othersRefer(sql.entity(), id) || !writing.deletedAlone(sql, id)) {
            throw refusals.stillReferred(sql.entity(), id, failure);
          }
          return true;
        });
  }

  private boolean othersRefer(Entity entity, Value id) {
    return store.model().entities().values().stream()
        .anyMatch(other -> refers(other, entity.name(), id));
  }

  /// Whether rows refer to a row that are not the row itself.
  private boolean refers(Entity other, String entity, Value id) {
    var itself = other.name().equals(entity) ? List.of(id) : List.<Value>of();
    return other.fields().values().stream()
        .filter(
            field -> field.type() instanceof FieldType.Reference to && to.entity().equals(entity))
        .anyMatch(field -> !itself.containsAll(referring(other.name(), field.name(), id)));
  }

  @Override
  public long nextId(String entity) {
    var sql = entity(entity).nextId();
    if (sql == null) {
      throw Refusals.idNeeded();
    }
    try (var rows = session.rows(sql)) {
      return rows.next() ? rows.number(0) : -1;
    }
  }

  @Override
  public long next(Counter counter, long start) {
    entity(counter.entity());
    holds();
    return writing.own().next(counter, start);
  }

  @Override
  public void passed(Counter counter, long number) {
    entity(counter.entity());
    holds();
    writing.own().passed(counter, number);
  }

  @Override
  public Change log(Change change) {
    return log(List.of(change)).getFirst();
  }

  @Override
  public List<Change> log(List<Change> changes) {
    sharing.writes();
    return writing.log(changes);
  }

  @Override
  public Trash trash() {
    holds();
    return new TrashTable(session, store.model());
  }

  @Override
  public Store.Result read(Store.Statement statement, Store.Binding binding) {
    var read = (SqlRead) statement;
    Supplier<Store.Result> inMemory = () -> store.inMemory(session, read, binding);
    return read.sayable(binding)
        ? writing.said(() -> read.read(session, binding), inMemory)
        : inMemory.get();
  }

  @Override
  public List<Value> ids(Store.Statement statement, Store.Binding binding) {
    if (!(statement instanceof SqlRead.OfRows rows)) {
      throw new IllegalArgumentException("only a plan for rows gives ids");
    }
    Supplier<List<Value>> inMemory = () -> store.idsInMemory(session, rows, binding);
    return rows.sayable(binding)
        ? writing.said(() -> rows.ids(session, binding), inMemory)
        : inMemory.get();
  }

  @Override
  public <T> T attempt(Supplier<T> work) {
    return writing.attempt(work);
  }

  @Override
  public Optional<KeptAnswer> answer(String key, Instant now) {
    return writing.own().find(key, now);
  }

  @Override
  public void keep(KeptAnswer answer, Instant now) {
    holds();
    writing.own().keep(answer, now);
  }
}
