package engineroom.stores.session;

import engineroom.authorize.Shape;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Expression;
import engineroom.expression.Expression.And;
import engineroom.expression.Expression.Compare;
import engineroom.expression.Expression.Comparison;
import engineroom.expression.Expression.Parameter;
import engineroom.model.History;
import engineroom.model.Model;
import engineroom.outcome.Change;
import engineroom.plan.Counted;
import engineroom.plan.Plan;
import engineroom.store.Access;
import engineroom.store.Capability;
import engineroom.store.PlanReader;
import engineroom.store.Store;
import engineroom.store.Transaction;
import engineroom.stores.sql.AdoptedTable;
import engineroom.stores.sql.Dialect.Unsayable;
import engineroom.stores.sql.EntitySql;
import engineroom.stores.sql.GroupsSql;
import engineroom.stores.sql.RowsSql;
import engineroom.stores.sql.SqlText;
import engineroom.stores.sql.TableNames;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The rows of one model in a database of a server.
public final class SessionStore implements Store {
  private static final Duration SCAN_LIMIT = Duration.ofMinutes(10);
  private static final int CONDITIONS_MAX = 2_000;

  private final Sessions sessions;
  private final Sessions readers;
  private final Model model;
  private final Model readable;
  private final TableNames names;
  private final Map<String, EntitySql> entities = new LinkedHashMap<>();
  private final Map<Condition, Variants<SqlText>> conditions = new ConcurrentHashMap<>();
  private final ChangeRows log;

  public SessionStore(Sessions sessions, Model model) {
    this(sessions, model, Map.of());
  }

  /// @param adopted the tables of entities that somebody else's hold
  public SessionStore(Sessions sessions, Model model, Map<String, AdoptedTable> adopted) {
    this.sessions = sessions;
    this.readers = sessions.anywhere();
    this.model = model;
    this.readable = History.readable(model);
    this.log = new ChangeRows(model);
    this.names = new TableNames(readable, sessions.dialect(), adopted);
    var stored = History.stored(model).entities().values();
    stored.forEach(e -> entities.put(e.name(), new EntitySql(names, e)));
  }

  /// A condition on one row, with the position of the row's id among the arguments.
  record Condition(String entity, Expression condition, int id) {}

  @Override
  public Model model() {
    return model;
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  @Override
  public Statement compile(Plan plan) {
    return switch (plan) {
      case Plan.Rows rows -> {
        var sql = new Variants<>(names, writer -> Optional.of(RowsSql.of(rows, writer)));
        var explained = explained(sql.present().map(RowsSql::rows), plan);
        yield new SqlRead.OfRows(rows, sql, explained, narrowed(plan));
      }
      case Plan.Groups groups -> {
        var sql = new Variants<>(names, writer -> GroupsSql.of(groups, writer));
        yield new SqlRead.OfGroups(groups, sql, explained(sql.present(), plan), narrowed(plan));
      }
    };
  }

  private Optional<Narrowed> narrowed(Plan plan) {
    return Narrowed.of(plan, entities, names);
  }

  private Supplier<List<String>> explained(Optional<SqlText> sql, Plan plan) {
    return () ->
        sql.map(readers::explain)
            .orElseGet(() -> List.of("reads rows of " + plan.entity() + " and goes on in memory"));
  }

  @Override
  public Result read(Statement statement, Binding binding) {
    var read = (SqlRead) statement;
    var said = read.sayable(binding) ? said(read, binding) : null;
    return said != null
        ? said
        : readers.still(binding.timeLimit(), session -> inMemory(session, read, binding));
  }

  /// The answer of SQL; null where a value can't be worked out.
  private @Nullable Result said(SqlRead read, Binding binding) {
    try {
      return read.single()
          ? readers.read(binding.timeLimit(), session -> read.read(session, binding))
          : readers.still(binding.timeLimit(), session -> read.read(session, binding));
    } catch (Unsayable _) {
      return null;
    } catch (SessionFailure e) {
      if (e.unsaid()) {
        return null;
      }
      throw e;
    }
  }

  /// What SQL has no words for, over the rows that it has words for.
  Result inMemory(ReadSession session, SqlRead read, Binding binding) {
    return reader(session, read, binding).read(read.plan(), binding);
  }

  List<Value> idsInMemory(ReadSession session, SqlRead.OfRows read, Binding binding) {
    return reader(session, read, binding).ids(read.plan(), binding);
  }

  private PlanReader reader(ReadSession session, SqlRead read, Binding binding) {
    var all = new SessionTables(session, entities);
    var tables = read.narrowed().<Tables>map(n -> n.tables(session, all, binding)).orElse(all);
    return new PlanReader(readable, tables, all);
  }

  private PlanReader reader(SessionTables tables) {
    return new PlanReader(readable, tables, tables);
  }

  @Override
  public <T> T write(Function<Transaction, T> work) {
    return sessions.write(writing -> done(work, writing, Sharing.NONE));
  }

  @Override
  public <T> T create(String entity, Function<Transaction, T> work) {
    return sessions.create(entity, (writing, sharing) -> done(work, writing, sharing));
  }

  private <T> T done(Function<Transaction, T> work, Writing writing, Sharing sharing) {
    var transaction = new SessionTransaction(this, writing, sharing);
    try {
      return work.apply(transaction);
    } finally {
      transaction.end();
    }
  }

  @Override
  public <T> T scan(Function<Store.Tables, T> work) {
    return sessions.still(SCAN_LIMIT, session -> work.apply(new SessionTables(session, entities)));
  }

  @Override
  public <T> T still(Duration timeLimit, Function<Access, T> work) {
    return readers.still(
        timeLimit, session -> work.apply(Access.still((s, b) -> read(session, s, b))));
  }

  /// Reads within a transaction that reads alone.
  private Result read(ReadSession session, Statement statement, Binding binding) {
    var read = (SqlRead) statement;
    return read.sayable(binding)
        ? sessions.said(
            session, () -> read.read(session, binding), () -> inMemory(session, read, binding))
        : inMemory(session, read, binding);
  }

  @Override
  public List<Change> changes(long after, int limit) {
    return sessions.read(
        SCAN_LIMIT, session -> log.between(session, after, sessions.settled(session), limit));
  }

  @Override
  public List<Change> changes(long after, Set<String> entities, int limit) {
    return entities.isEmpty()
        ? List.of()
        : sessions.read(
            SCAN_LIMIT,
            session -> log.between(session, after, sessions.settled(session), entities, limit));
  }

  @Override
  public long lastChange() {
    return sessions.read(
        SCAN_LIMIT, session -> ChangeRows.last(session, sessions.settled(session)));
  }

  /// The statement that tells whether a row meets a condition, where SQL has words for it.
  Optional<SqlText> holds(Condition asked, Arguments arguments) {
    if (conditions.size() >= CONDITIONS_MAX) {
      conditions.clear();
    }
    return conditions.computeIfAbsent(asked, this::written).of(arguments);
  }

  private Variants<SqlText> written(Condition asked) {
    return new Variants<>(
        names,
        writer ->
            Optional.of(RowsSql.holds(asked.entity(), asked.condition(), asked.id(), writer)));
  }

  /// The same, asked of the rows one by one.
  boolean holdsInMemory(SessionTables tables, Condition asked, Arguments arguments) {
    var id = readable.entity(asked.entity()).get("id");
    var own = new Compare(Comparison.EQUAL, id, new Parameter(asked.id(), id.type()));
    var plan =
        new Plan.Rows(
            asked.entity(),
            new Shape(List.of()),
            new And(List.of(own, asked.condition())),
            Counted.Nothing.NOTHING,
            List.of());
    var binding = new Binding(arguments, 1, 0, SCAN_LIMIT);
    return !reader(tables).read(plan, binding).rows().isEmpty();
  }

  /// The entity whose table holds the rows that a condition names.
  String stored(String entity) {
    return History.isThen(entity) ? History.past(History.present(entity)) : entity;
  }

  /// The statements of each entity that has a table.
  public Map<String, EntitySql> entities() {
    return entities;
  }

  /// The names of tables and columns.
  public TableNames names() {
    return names;
  }

  /// Does nothing: the database outlives the model, and its owner closes it.
  @Override
  public void close() {}
}
