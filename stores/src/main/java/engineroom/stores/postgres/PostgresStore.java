package engineroom.stores.postgres;

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
import engineroom.stores.postgres.PostgresConnection.Begin;
import engineroom.stores.session.Narrowed;
import engineroom.stores.session.SessionTables;
import engineroom.stores.session.SqlRead;
import engineroom.stores.session.Variants;
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

/// The rows of one model in a PostgreSQL database.
public final class PostgresStore implements Store {
  private static final Duration SCAN_LIMIT = Duration.ofMinutes(10);
  private static final int CONDITIONS_MAX = 2_000;

  private final PostgresDatabase database;
  private final Model model;
  private final Model readable;
  private final TableNames names;
  private final Map<String, EntitySql> entities = new LinkedHashMap<>();
  private final Map<Condition, Variants<SqlText>> conditions = new ConcurrentHashMap<>();
  private final ChangeLog log;

  PostgresStore(PostgresDatabase database, Model model) {
    this.database = database;
    this.model = model;
    this.readable = History.readable(model);
    this.log = new ChangeLog(model);
    this.names = new TableNames(readable, database.dialect());
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
        sql.map(text -> database.read(SCAN_LIMIT, c -> PostgresExplain.lines(c, text)))
            .orElseGet(() -> List.of("reads rows of " + plan.entity() + " and goes on in memory"));
  }

  @Override
  public Result read(Statement statement, Binding binding) {
    var read = (SqlRead) statement;
    if (read.sayable(binding)) {
      try {
        return database.read(
            binding.timeLimit(),
            connection ->
                read.single()
                    ? read.read(connection, binding)
                    : still(connection, () -> read.read(connection, binding)));
      } catch (PostgresFailure e) {
        if (!e.unsaid()) {
          throw e;
        }
      }
    }
    return database.read(
        binding.timeLimit(),
        connection -> still(connection, () -> inMemory(connection, read, binding)));
  }

  private static <T> T still(PostgresConnection connection, Supplier<T> work) {
    return connection.transaction(Begin.READ, work);
  }

  /// What SQL has no words for, over the rows that it has words for.
  Result inMemory(PostgresConnection connection, SqlRead read, Binding binding) {
    return reader(connection, read, binding).read(read.plan(), binding);
  }

  List<Value> idsInMemory(PostgresConnection connection, SqlRead.OfRows read, Binding binding) {
    return reader(connection, read, binding).ids(read.plan(), binding);
  }

  private PlanReader reader(PostgresConnection connection, SqlRead read, Binding binding) {
    var all = new SessionTables(connection, entities);
    var tables = read.narrowed().<Tables>map(n -> n.tables(connection, all, binding)).orElse(all);
    return new PlanReader(readable, tables, all);
  }

  private PlanReader reader(SessionTables tables) {
    return new PlanReader(readable, tables, tables);
  }

  @Override
  public <T> T write(Function<Transaction, T> work) {
    return database.write(
        (connection, care) -> {
          var transaction = new PostgresTransaction(this, connection, care);
          try {
            return work.apply(transaction);
          } finally {
            transaction.end();
          }
        });
  }

  @Override
  public <T> T scan(Function<Store.Tables, T> work) {
    return database.read(
        SCAN_LIMIT,
        connection -> still(connection, () -> work.apply(new SessionTables(connection, entities))));
  }

  @Override
  public <T> T still(Duration timeLimit, Function<Access, T> work) {
    return database.read(
        timeLimit,
        connection ->
            still(connection, () -> work.apply(Access.still((s, b) -> read(connection, s, b)))));
  }

  /// Reads within a transaction that reads alone. A failure there would take it along, so what may
  /// fail has a part of it to itself.
  private Result read(PostgresConnection connection, Statement statement, Binding binding) {
    var read = (SqlRead) statement;
    if (!read.sayable(binding)) {
      return inMemory(connection, read, binding);
    }
    connection.execute("SAVEPOINT step");
    try {
      return read.read(connection, binding);
    } catch (PostgresFailure e) {
      if (!e.unsaid()) {
        throw e;
      }
      connection.execute("ROLLBACK TO step");
      return inMemory(connection, read, binding);
    }
  }

  @Override
  public List<Change> changes(long after, int limit) {
    return database.read(SCAN_LIMIT, connection -> log.after(connection, after, limit));
  }

  @Override
  public List<Change> changes(long after, Set<String> entities, int limit) {
    return entities.isEmpty()
        ? List.of()
        : database.read(SCAN_LIMIT, connection -> log.after(connection, after, entities, limit));
  }

  @Override
  public long lastChange() {
    return database.read(SCAN_LIMIT, ChangeLog::last);
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

  /// Refuses where the database was migrated to what this model can't serve.
  void served(long migration, PostgresConnection connection) {
    database.served(model, migration, connection);
  }

  Map<String, EntitySql> entities() {
    return entities;
  }

  TableNames names() {
    return names;
  }

  /// Does nothing: the database outlives the model, and its owner closes it.
  @Override
  public void close() {}
}
