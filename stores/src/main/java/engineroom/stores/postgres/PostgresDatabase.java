package engineroom.stores.postgres;

import static engineroom.problem.ProblemException.problem;

import engineroom.migrate.MigrationPlan;
import engineroom.migrate.MigrationPlan.Loss;
import engineroom.model.Model;
import engineroom.operation.FieldRules;
import engineroom.problem.StoreProblem.Unavailable;
import engineroom.stores.Database;
import engineroom.stores.Duty;
import engineroom.stores.PostgresAddress;
import engineroom.stores.SharedNotes;
import engineroom.stores.SharedUse;
import engineroom.stores.copy.CopyRecord;
import engineroom.stores.postgres.PostgresConnection.Begin;
import engineroom.stores.postgres.PostgresTransaction.Care;
import engineroom.stores.postgres.PostgresTransaction.Doubt;
import engineroom.stores.postgres.migrate.Durability;
import engineroom.stores.postgres.migrate.PostgresFit;
import engineroom.stores.postgres.migrate.PostgresGround;
import engineroom.stores.session.Pool;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An open database: its connections. Lives on when the model changes; each model has a
/// [PostgresStore] of its own on it.
public final class PostgresDatabase implements Database {
  /// How long work is tried again that others stand in the way of, or whose connection was lost.
  private static final Duration RETRY = Duration.ofSeconds(15);

  private static final Duration WRITE_LIMIT = Duration.ofSeconds(60);
  private static final int PAUSE_MILLIS_MAX = 64;

  /// The lock of whoever makes tables, of one app: a database may have several, each in a schema.
  private static final String ALONE =
      "SELECT pg_advisory_xact_lock(hashtext('engineroom'), hashtext(current_schema()))";

  private static final int VERSION_MIN = 15;
  private static final Duration LOOK_LIMIT = Duration.ofHours(1);

  private final Pool pool;
  private final PostgresDialect dialect;
  private final FieldRules rules;
  private final PostgresDuties duties;
  private boolean fresh;
  private volatile @Nullable Fit fit;

  private PostgresDatabase(PostgresAddress address, Pool pool, FieldRules rules) {
    this.pool = pool;
    this.duties = new PostgresDuties(address);
    this.rules = rules;
    this.dialect = new PostgresDialect(version(pool));
  }

  /// Opens a database and makes the program's own tables and functions where they are not there.
  ///
  /// @param rules that migrations hold values against
  public static PostgresDatabase open(PostgresAddress address, FieldRules rules) {
    var pool = pool(address);
    try {
      var database = new PostgresDatabase(address, pool, rules);
      database.alone(
          connection -> {
            CopyRecord.serve(new PostgresGround(connection, PostgresProblems::same));
            database.fresh = database.fit(connection).last() == 0;
            PostgresTables.create(connection);
            PostgresFunctions.create().forEach(connection::execute);
            return true;
          });
      return database;
    } catch (RuntimeException e) {
      pool.close();
      throw e instanceof PostgresFailure failure
          ? PostgresProblems.told(failure, Duration.ZERO)
          : e;
    }
  }

  private static Pool pool(PostgresAddress address) {
    var properties =
        new HashMap<>(
            Map.of(
                "stringtype", "unspecified",
                "prepareThreshold", "2",
                "preparedStatementCacheQueries", "512",
                "ApplicationName", "engineroom",
                "options", "-c TimeZone=UTC -c DateStyle=ISO"));
    properties.putAll(address.options());
    var login = new Pool.Login(address.login().user(), address.login().password());
    var session = new Pool.Session(properties, null, null);
    return new Pool(
        new Pool.Opening("postgres", address.toString(), address.url(), login, session));
  }

  /// The server's major version; refused where it is too old, or the database not in UTF-8.
  private static int version(Pool pool) {
    try (var connection = pool.take();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SHOW server_encoding")) {
      if (!rows.next() || !rows.getString(1).equals("UTF8")) {
        throw problem(
            new Unavailable(
                "The database is not encoded in UTF-8.",
                "Make one with CREATE DATABASE … ENCODING 'UTF8'."));
      }
      var version = connection.getMetaData().getDatabaseMajorVersion();
      if (version < VERSION_MIN) {
        throw problem(
            new Unavailable(
                "The database is PostgreSQL " + version + ".",
                "Use PostgreSQL " + VERSION_MIN + " or newer; 18 is tested."));
      }
      return version;
    } catch (SQLException e) {
      throw new PostgresFailure(e);
    }
  }

  /// A database in which nothing is made.
  static PostgresDatabase unmade(PostgresAddress address, FieldRules rules) {
    var pool = pool(address);
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
    return look(there -> there.words(model));
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
    return look(there -> there.plan(model));
  }

  @Override
  public List<String> drift(Model model) {
    return look(there -> there.drift(model));
  }

  @Override
  public Migrated migrate(Model model, Loss loss) {
    return alone(
        connection -> {
          var there = fit(connection);
          var migrated = there.migrate(model, loss);
          fit = new Fit(model, there.last());
          return migrated;
        });
  }

  @Override
  public PostgresStore store(Model model) {
    migrate(model, Loss.REFUSED);
    return new PostgresStore(this, model);
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
    var obstacles = there.obstacles(model);
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
  public PostgresStore storeAsItIs(Model model) {
    return new PostgresStore(this, model);
  }

  @Override
  public boolean passed(Model model) {
    return look(there -> there.passed(model));
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

  @Override
  public void forget() {
    if (fresh) {
      alone(connection -> fit(connection).forget());
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
    var end = System.nanoTime() + RETRY.toNanos();
    for (var tries = 0; ; tries++) {
      try {
        return aloneOnce(work);
      } catch (PostgresFailure e) {
        if (!e.passing() || System.nanoTime() - end > 0) {
          throw PostgresProblems.migrating(e);
        }
        pause(tries);
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
  <T> T read(Duration timeLimit, Function<PostgresConnection, T> work) {
    var end = System.nanoTime() + Math.min(timeLimit.toNanos(), RETRY.toNanos());
    for (var tries = 0; ; tries++) {
      try (var connection = connection()) {
        connection.within(timeLimit);
        return work.apply(connection);
      } catch (PostgresFailure e) {
        if (!e.lost() || System.nanoTime() - end > 0) {
          throw e.unsaid() ? e : PostgresProblems.told(e, timeLimit);
        }
        pause(tries);
      }
    }
  }

  /// Work in a transaction.
  interface Work<T> {
    T run(PostgresConnection connection, Care care);
  }

  /// Runs work in a transaction, again where others stood in its way or the connection was lost
  /// before its end, until it is done or its time is over.
  <T> T write(Work<T> work) {
    var end = System.nanoTime() + RETRY.toNanos();
    var care = Care.AT_ONCE;
    for (var tries = 0; ; tries++) {
      try {
        return once(work, care);
      } catch (Doubt _) {
        care = Care.STEP_BY_STEP;
      } catch (PostgresFailure e) {
        if (!(e.passing() || e.lost()) || System.nanoTime() - end > 0) {
          throw PostgresProblems.told(e, WRITE_LIMIT);
        }
        pause(tries);
      }
    }
  }

  private <T> T once(Work<T> work, Care care) {
    try (var connection = connection()) {
      return connection.transaction(Begin.WRITE, () -> work.run(connection, care));
    }
  }

  /// A while that differs from one to the other, longer each time.
  private static void pause(int tries) {
    var most = Math.min(PAUSE_MILLIS_MAX, 1 << Math.min(tries, 10));
    try {
      Thread.sleep(Duration.ofNanos(ThreadLocalRandom.current().nextLong(most * 1_000_000L)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the database", e);
    }
  }

  @Override
  public void close() {
    duties.close();
    pool.close();
  }
}
