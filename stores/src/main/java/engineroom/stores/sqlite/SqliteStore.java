package engineroom.stores.sqlite;

import engineroom.expression.Expression;
import engineroom.migrate.RowNumbers;
import engineroom.model.History;
import engineroom.model.Model;
import engineroom.model.NumberField;
import engineroom.outcome.Change;
import engineroom.plan.Plan;
import engineroom.problem.ProblemException;
import engineroom.problem.StoreProblem.OutOfTime;
import engineroom.store.Access;
import engineroom.store.Capability;
import engineroom.store.PlanReader;
import engineroom.store.Store;
import engineroom.store.Transaction;
import engineroom.stores.migrate.Counters;
import engineroom.stores.session.SessionTables;
import engineroom.stores.sql.AdoptedTable;
import engineroom.stores.sql.EntitySql;
import engineroom.stores.sql.ExpressionWriter;
import engineroom.stores.sql.GroupsSql;
import engineroom.stores.sql.RowsSql;
import engineroom.stores.sql.SqlText;
import engineroom.stores.sql.TableNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// The rows of one model in a SQLite file.
public final class SqliteStore implements Store {
  private static final Duration SCAN_LIMIT = Duration.ofMinutes(10);

  private static final int CONDITIONS_MAX = 2_000;

  private final SqliteDatabase database;
  private final Model model;
  private final Model readable;
  private final ExpressionWriter expressions;
  private final ReadTimes times = new ReadTimes();
  private final Map<String, EntitySql> entities = new LinkedHashMap<>();
  private final Map<Condition, SqlText> conditions = new ConcurrentHashMap<>();
  private final ChangeLog log;

  /// @param adopted the tables of entities that somebody else's hold
  SqliteStore(SqliteDatabase database, Model model, Map<String, AdoptedTable> adopted) {
    this.database = database;
    this.model = model;
    this.readable = History.readable(model);
    this.log = new ChangeLog(model);
    var tables = new TableNames(readable, new SqliteDialect(database.computations()), adopted);
    this.expressions = new ExpressionWriter(tables);
    var stored = History.stored(model).entities().values();
    stored.forEach(e -> entities.put(e.name(), new EntitySql(tables, e)));
  }

  /// A condition on one row, with the position of the row's id among the arguments.
  private record Condition(String entity, Expression condition, int id) {}

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
      case Plan.Rows rows ->
          database.readers().shortly(SCAN_LIMIT, connection -> compiled(connection, rows));
      case Plan.Groups groups ->
          GroupsSql.of(groups, expressions)
              .map(sql -> new SqliteRead.OfGroups(groups, sql, explained(groups, sql)))
              .orElseGet(() -> inMemory(groups));
    };
  }

  private SqliteRead.OfRows compiled(SqliteConnection connection, Plan.Rows rows) {
    var sql = RowsSql.of(rows, expressions);
    var steps = SqliteRead.steps(connection, sql.rows());
    var lines = new ArrayList<>(steps.stream().map(SqliteRead.Step::words).toList());
    var counting = sql.count();
    var count = counting == null ? null : SqliteCount.of(connection, counting);
    if (count != null) {
      lines.addAll(count.explain());
    }
    var isLong = count != null || steps.stream().anyMatch(SqliteRead.Step::isLong);
    return new SqliteRead.OfRows(sql, count, isLong, MissingIndex.advised(model, rows, lines));
  }

  private List<String> explained(Plan.Groups plan, SqlText sql) {
    var lines =
        database.readers().shortly(SCAN_LIMIT, connection -> SqliteRead.explained(connection, sql));
    return MissingIndex.advised(model, plan, lines);
  }

  private static SqliteRead.OfGroups inMemory(Plan.Groups groups) {
    var said = "reads every row of " + groups.entity() + " and groups them in memory";
    return new SqliteRead.OfGroups(groups, null, List.of(said));
  }

  @Override
  public Result read(Statement statement, Binding binding) {
    var read = (SqliteRead) statement;
    return times.isLong(read)
        ? database.readers().atLength(binding.timeLimit(), c -> remembered(c, read, binding))
        : tried(read, binding);
  }

  /// A short read holds one of few threads. One that turns out long lets go of it, begins again
  /// among the long ones, and for a while begins there at once.
  private Result tried(SqliteRead read, Binding binding) {
    var limit = binding.timeLimit();
    Function<SqliteConnection, Result> work =
        read.isLong() ? c -> remembered(c, read, binding) : c -> inTransaction(c, read, binding);
    if (limit.compareTo(ReadTimes.SHORT) <= 0) {
      return database.readers().shortly(limit, work);
    }
    var begin = System.nanoTime();
    try {
      return database.readers().shortly(limit, ReadTimes.SHORT, work);
    } catch (ProblemException e) {
      if (!(e.problem() instanceof OutOfTime)) {
        throw e;
      }
    }
    return database
        .readers()
        .atLength(begin + limit.toNanos(), limit, c -> remembered(c, read, binding));
  }

  /// Tells the next ones where to begin. A busy machine makes any read long for once.
  private Result remembered(SqliteConnection connection, SqliteRead read, Binding binding) {
    var begin = System.nanoTime();
    try {
      return inTransaction(connection, read, binding);
    } finally {
      times.note(read, System.nanoTime() - begin);
    }
  }

  private Result inTransaction(SqliteConnection connection, Statement statement, Binding binding) {
    return ((SqliteRead) statement).single()
        ? read(connection, statement, binding)
        : snapshot(connection, () -> read(connection, statement, binding));
  }

  private static <T> T snapshot(SqliteConnection connection, java.util.function.Supplier<T> work) {
    connection.run("BEGIN");
    try {
      return work.get();
    } finally {
      connection.run("COMMIT");
    }
  }

  /// Runs a read within the transaction that the connection is in.
  Result read(SqliteConnection connection, Statement statement, Binding binding) {
    return switch ((SqliteRead) statement) {
      case SqliteRead.OfRows rows -> rows.read(connection, binding);
      case SqliteRead.OfGroups groups ->
          groups.read(connection, binding, () -> inMemory(connection, groups.plan(), binding));
    };
  }

  private Result inMemory(SqliteConnection connection, Plan plan, Binding binding) {
    var tables = new SessionTables(connection, entities);
    return new PlanReader(readable, tables, tables).read(plan, binding);
  }

  @Override
  public <T> T write(Function<Transaction, T> work) {
    return database
        .writer()
        .write(
            connection -> {
              var transaction = new SqliteTransaction(this, connection);
              try {
                return work.apply(transaction);
              } finally {
                transaction.end();
              }
            });
  }

  /// Whether somebody waits to write.
  boolean awaited() {
    return database.writer().awaited();
  }

  @Override
  public <T> T scan(Function<Store.Tables, T> work) {
    return database
        .readers()
        .atLength(
            SCAN_LIMIT,
            connection ->
                snapshot(connection, () -> work.apply(new SessionTables(connection, entities))));
  }

  @Override
  public <T> T still(Duration timeLimit, Function<Access, T> work) {
    return database
        .readers()
        .atLength(
            timeLimit,
            connection ->
                snapshot(
                    connection,
                    () ->
                        work.apply(
                            Access.still(
                                (statement, binding) -> read(connection, statement, binding)))));
  }

  @Override
  public List<Change> changes(long after, int limit) {
    return database
        .readers()
        .shortly(SCAN_LIMIT, connection -> log.after(connection, after, limit));
  }

  @Override
  public List<Change> changes(long after, Set<String> entities, int limit) {
    return database
        .readers()
        .shortly(SCAN_LIMIT, connection -> log.after(connection, after, entities, limit));
  }

  @Override
  public long lastChange() {
    return database.readers().shortly(SCAN_LIMIT, ChangeLog::last);
  }

  /// The statement that tells whether a row meets a condition.
  SqlText holds(String entity, Expression condition, int id) {
    if (conditions.size() >= CONDITIONS_MAX) {
      conditions.clear();
    }
    return conditions.computeIfAbsent(
        new Condition(entity, condition, id),
        c -> RowsSql.holds(c.entity(), c.condition(), c.id(), expressions));
  }

  Map<String, EntitySql> entities() {
    return entities;
  }

  ChangeLog log() {
    return log;
  }

  /// Lets gap-free counters go on behind the rows that are there, as after rows were taken back.
  public void countAnew() {
    var fields =
        model.entities().values().stream()
            .flatMap(entity -> NumberField.of(entity).stream())
            .filter(field -> field.sequence().gapFree())
            .toList();
    if (!fields.isEmpty()) {
      database.writer().alone(connection -> countAnew(connection, fields));
    }
  }

  private boolean countAnew(SqliteConnection connection, List<NumberField> fields) {
    for (var field : fields) {
      var entity = field.entity().name();
      var numbers = new RowNumbers(List.of(field));
      var sql = new SessionTables(connection, entities).entity(entity);
      try (var rows = connection.statement(sql.all()).run()) {
        while (rows.next()) {
          numbers.pass(sql.row(rows));
        }
      }
      new Counters(connection).forget(entity, field.name());
      numbers.last().forEach((counter, last) -> SequenceTable.passed(connection, counter, last));
    }
    return true;
  }

  /// Does nothing: the database outlives the model, and its owner closes it.
  @Override
  public void close() {}
}
