package engineroom.stores.postgres;

import engineroom.migrate.MigrationPlan;
import engineroom.migrate.MigrationPlan.Loss;
import engineroom.model.Model;
import engineroom.operation.FieldRules;
import engineroom.stores.Database;
import engineroom.stores.Duty;
import engineroom.stores.PostgresAddress;
import engineroom.stores.Replicas;
import engineroom.stores.SharedNotes;
import engineroom.stores.SharedUse;
import engineroom.stores.copy.CopyRecord;
import engineroom.stores.migrate.SharedSteps;
import engineroom.stores.postgres.PostgresConnection.Begin;
import engineroom.stores.postgres.PostgresWriting.Care;
import engineroom.stores.postgres.migrate.Durability;
import engineroom.stores.postgres.migrate.PostgresFit;
import engineroom.stores.postgres.migrate.PostgresGround;
import engineroom.stores.postgres.migrate.PostgresServer;
import engineroom.stores.postgres.replica.Connections;
import engineroom.stores.postgres.replica.WatchedReplicas;
import engineroom.stores.session.Pauses;
import engineroom.stores.session.Pool;
import engineroom.stores.session.SessionStore;
import engineroom.stores.sql.TableSql;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// An open database: its connections. Lives on when the model changes; each model has a
/// [SessionStore] of its own on it.
public final class PostgresDatabase implements Database {
  /// How long work is tried again that others stand in the way of, or whose connection was lost.
  private static final Duration RETRY = Duration.ofSeconds(15);

  private static final Duration WRITE_LIMIT = Duration.ofSeconds(60);

  /// The lock of whoever makes tables, of one app: a database may have several, each in a schema.
  private static final String ALONE =
      "SELECT pg_advisory_xact_lock(hashtext('engineroom'), hashtext(current_schema()))";

  private static final Duration LOOK_LIMIT = Duration.ofHours(1);

  private final Pool pool;
  private final PostgresDialect dialect;
  private final FieldRules rules;
  private final PostgresDuties duties;
  private final String process = UUID.randomUUID().toString();
  private @Nullable WatchedReplicas replicas;
  private boolean fresh;
  private volatile @Nullable Fit fit;

  private PostgresDatabase(PostgresAddress address, Pool pool, FieldRules rules) {
    this.pool = pool;
    this.duties = new PostgresDuties(address);
    this.rules = rules;
    this.dialect = new PostgresDialect(version(pool, address));
  }

  /// Opens a database and makes the program's own tables and functions where they are not there.
  ///
  /// @param rules that migrations hold values against
  public static PostgresDatabase open(PostgresAddress address, FieldRules rules) {
    var pool = Connections.primary(address);
    try {
      var database = new PostgresDatabase(address, pool, rules);
      address.schema().ifPresent(database::makeSchema);
      database.alone(
          connection -> {
            CopyRecord.serve(new PostgresGround(connection, PostgresProblems::same));
            database.fresh = database.fit(connection).last() == 0;
            PostgresTables.create(connection);
            PostgresTables.opened(connection, database.process);
            PostgresFunctions.create().forEach(connection::execute);
            return true;
          });
      database.replicas = WatchedReplicas.of(address);
      return database;
    } catch (RuntimeException e) {
      pool.close();
      throw e instanceof PostgresFailure failure
          ? PostgresProblems.told(failure, Duration.ZERO)
          : e;
    }
  }

  private void makeSchema(String schema) {
    try (var connection = connection()) {
      connection.execute("CREATE SCHEMA IF NOT EXISTS " + TableSql.name(schema));
    }
  }

  /// The server's major version; refused where the program can't be on it.
  private static int version(Pool pool, PostgresAddress address) {
    try (var connection = pool.take()) {
      return PostgresServer.looked(connection, address.connections()).version();
    } catch (SQLException e) {
      throw new PostgresFailure(e);
    }
  }

  /// A database in which nothing is made.
  static PostgresDatabase unmade(PostgresAddress address, FieldRules rules) {
    var pool = Connections.primary(address);
    try {
      return new PostgresDatabase(address, pool, rules);
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  /// The plan for a database that is left as it is.
  public static MigrationPlan plan(PostgresAddress address, Model model, FieldRules rules) {
    try (var database = unmade(address, rules)) {
      return database.plan(model);
    }
  }

  @Override
  public boolean fresh() {
    return fresh;
  }

  /// Nothing: a migration that was cut short has not been.
  @Override
  public Optional<String> note() {
    return Optional.empty();
  }

  @Override
  public List<String> weaknesses() {
    return read(LOOK_LIMIT, Durability::weaknesses);
  }

  @Override
  public List<String> planned(Model model) {
    return look(
        there -> {
          var words = new ArrayList<>(there.words(model.owned()));
          words.addAll(PostgresAdoption.adopted(there, model).faults());
          return words;
        });
  }

  /// A model that the database serves since a migration, by the same object: whether it still does
  /// is asked often.
  private record Fit(Model model, long migration) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Fit(var others, var number) && others == model && number == migration;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(migration);
    }
  }

  @Override
  public MigrationPlan plan(Model model) {
    return look(
        there -> there.plan(model.owned(), PostgresAdoption.adopted(there, model).faults()));
  }

  @Override
  public List<String> drift(Model model) {
    return look(there -> there.drift(model.owned()));
  }

  @Override
  public Migrated migrate(Model model, Loss loss) {
    return alone(
        connection -> {
          var there = fit(connection);
          SharedSteps.refuseMisfits(PostgresAdoption.adopted(there, model).faults());
          var migrated = there.migrate(model.owned(), loss);
          fit = new Fit(model, there.last());
          return migrated;
        });
  }

  @Override
  public Taking taking(Model served, Model owning) {
    return look(there -> PostgresAdoption.taking(there, served, owning));
  }

  @Override
  public Migrated take(Model served, Model owning) {
    return alone(connection -> PostgresAdoption.take(fit(connection), served, owning));
  }

  @Override
  public SessionStore store(Model model) {
    migrate(model, Loss.REFUSED);
    return storeAsItIs(model);
  }

  @Override
  public List<String> obstacles(Model model) {
    return look(there -> obstacles(there, model));
  }

  private List<String> obstacles(PostgresFit there, Model model) {
    var present = new Fit(model, there.last());
    if (present.equals(fit)) {
      return List.of();
    }
    var obstacles = new ArrayList<>(there.obstacles(model));
    obstacles.addAll(PostgresAdoption.adopted(there, model).faults());
    if (obstacles.isEmpty()) {
      fit = present;
    }
    return obstacles;
  }

  /// Refuses where another process has migrated the database to what this model can't serve.
  ///
  /// @param migration the number of the last one, as the work of a connection sees it
  void served(Model model, long migration, PostgresConnection connection) {
    if (new Fit(model, migration).equals(fit)) {
      return;
    }
    var obstacles = obstacles(fit(connection), model);
    if (!obstacles.isEmpty()) {
      throw PostgresProblems.migrated(obstacles);
    }
  }

  @Override
  public SessionStore storeAsItIs(Model model) {
    var tables = look(there -> PostgresAdoption.adopted(there, model)).tables();
    return new SessionStore(
        PostgresSessions.of(this, model, replicas, pool.connections()), model, tables);
  }

  @Override
  public Optional<Replicas> replicas() {
    return Optional.ofNullable(replicas);
  }

  @Override
  public boolean passed(Model model) {
    return look(there -> there.passed(model.owned()));
  }

  @Override
  public boolean shared() {
    return true;
  }

  @Override
  public Optional<SharedUse> use() {
    return Optional.of(new PostgresUse(this));
  }

  @Override
  public Optional<SharedNotes> notes() {
    return Optional.of(new PostgresNotes(this));
  }

  @Override
  public Map<String, String> common(Map<String, String> own) {
    return alone(connection -> PostgresTables.common(connection, own));
  }

  @Override
  public Duty duty(String name) {
    return duties.of(name);
  }

  /// Leaves everything where another process has opened it meanwhile: what is there may be its own.
  @Override
  public void forget() {
    if (fresh) {
      alone(c -> PostgresTables.opened(c, process) && fit(c).forget());
    }
    close();
  }

  private PostgresFit fit(PostgresConnection connection) {
    return new PostgresFit(new PostgresGround(connection, PostgresProblems::same), rules);
  }

  /// Looks at one state of the database.
  private <T> T look(Function<PostgresFit, T> work) {
    return read(
        LOOK_LIMIT,
        connection -> connection.transaction(Begin.READ, () -> work.apply(fit(connection))));
  }

  PostgresDialect dialect() {
    return dialect;
  }

  /// Runs work that makes tables, while nobody else does; again where writers stood in its way.
  <T> T alone(Function<PostgresConnection, T> work) {
    var pauses = new Pauses(RETRY);
    while (true) {
      try {
        return aloneOnce(work);
      } catch (PostgresFailure e) {
        if (!e.passing() || pauses.over()) {
          throw PostgresProblems.migrating(e);
        }
        pauses.pause();
      }
    }
  }

  private <T> T aloneOnce(Function<PostgresConnection, T> work) {
    try (var connection = connection()) {
      return connection.transaction(
          Begin.SCHEMA,
          () -> {
            connection.run(ALONE);
            return work.apply(connection);
          });
    }
  }

  PostgresConnection connection() {
    try {
      return new PostgresConnection(pool.take(), dialect);
    } catch (SQLException e) {
      throw PostgresProblems.told(new PostgresFailure(e), Duration.ZERO);
    }
  }

  /// Runs work that reads, again where the connection was lost.
  ///
  /// @throws PostgresFailure where a value could not be worked out
  <T extends @Nullable Object> T read(Duration timeLimit, Function<PostgresConnection, T> work) {
    var pauses = new Pauses(timeLimit.compareTo(RETRY) < 0 ? timeLimit : RETRY);
    while (true) {
      try (var connection = connection()) {
        connection.within(timeLimit);
        return work.apply(connection);
      } catch (PostgresFailure e) {
        if (!e.lost() || pauses.over()) {
          throw e.unsaid() ? e : PostgresProblems.told(e, timeLimit);
        }
        pauses.pause();
      }
    }
  }

  /// Runs work in a transaction, again where others stood in its way or the connection was lost
  /// before its end, until it is done or its time is over.
  <T> T write(BiFunction<PostgresConnection, Care, T> work) {
    var pauses = new Pauses(RETRY);
    var care = Care.AT_ONCE;
    while (true) {
      try {
        return once(Begin.WRITE, WatchedReplicas.listener(), work, care);
      } catch (PostgresFailure e) {
        if (care == Care.AT_ONCE && e.doubtful()) {
          care = Care.STEP_BY_STEP;
        } else if ((e.passing() || e.lost()) && !pauses.over()) {
          pauses.pause();
        } else {
          throw PostgresProblems.told(e, WRITE_LIMIT);
        }
      }
    }
  }

  /// Runs work in a transaction, and not again.
  ///
  /// @param told hears where the server's log ends then; null for nobody
  <T> T once(
      Begin begin,
      @Nullable LongConsumer told,
      BiFunction<PostgresConnection, Care, T> work,
      Care care) {
    try (var connection = connection()) {
      connection.heard(WRITE_LIMIT);
      connection.tell(replicas == null ? null : told);
      return connection.transaction(begin, () -> work.apply(connection, care));
    }
  }

  @Override
  public void close() {
    if (replicas != null) {
      replicas.close();
    }
    duties.close();
    pool.close();
  }
}
