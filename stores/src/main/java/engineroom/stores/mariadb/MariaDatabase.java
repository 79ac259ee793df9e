package engineroom.stores.mariadb;

import engineroom.migrate.MigrationPlan;
import engineroom.migrate.MigrationPlan.Loss;
import engineroom.model.Model;
import engineroom.operation.FieldRules;
import engineroom.stores.MariaAddress;
import engineroom.stores.OneProcess;
import engineroom.stores.adopt.AdoptedFit;
import engineroom.stores.adopt.AdoptedFit.Fitted;
import engineroom.stores.adopt.Ownership;
import engineroom.stores.copy.CopyRecord;
import engineroom.stores.mariadb.MariaConnection.Begin;
import engineroom.stores.mariadb.brand.Brand;
import engineroom.stores.mariadb.migrate.MariaDurability;
import engineroom.stores.mariadb.migrate.MariaFit;
import engineroom.stores.mariadb.migrate.MariaGround;
import engineroom.stores.migrate.SharedSteps;
import engineroom.stores.session.Pauses;
import engineroom.stores.session.Pool;
import engineroom.stores.session.SessionStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An open database: its connections. Lives on when the model changes; each model has a
/// [SessionStore] of its own on it. One process serves it.
public final class MariaDatabase implements OneProcess {
  /// How long work is tried again that others stand in the way of, or whose connection was lost.
  private static final Duration RETRY = Duration.ofSeconds(15);

  private static final Duration WRITE_LIMIT = Duration.ofSeconds(60);
  private static final Duration LOOK_LIMIT = Duration.ofHours(1);

  private final Pool pool;
  private final @Nullable Hold hold;
  private final MariaDialect dialect;
  private final FieldRules rules;

  /// Held by whoever uses tables, and alone by whoever changes them.
  private final ReadWriteLock gate = new ReentrantReadWriteLock();

  private boolean fresh;
  private Optional<String> note = Optional.empty();
  private volatile @Nullable Fit fit;

  /// How often the lock had been taken when the last migration was looked at.
  private volatile int looked = 1;

  private MariaDatabase(Pool pool, Brand brand, @Nullable Hold hold, FieldRules rules) {
    this.pool = pool;
    this.dialect = new MariaDialect(brand);
    this.hold = hold;
    this.rules = rules;
  }

  /// Opens a database and makes the program's own tables where they are not there.
  ///
  /// @param rules that migrations hold values against
  public static MariaDatabase open(MariaAddress address, FieldRules rules) {
    var brand = Brand.of(address.make());
    var pool = MariaPool.open(address, brand);
    @Nullable Hold hold = null;
    try {
      hold = new Hold(address);
      var database = new MariaDatabase(pool, brand, hold, rules);
      database.alone(database::begin);
      return database;
    } catch (RuntimeException e) {
      if (hold != null) {
        hold.close();
      }
      pool.close();
      throw e instanceof MariaFailure failure ? MariaProblems.told(failure, Duration.ZERO) : e;
    }
  }

  private boolean begin(MariaConnection connection) {
    var there = fit(connection);
    CopyRecord.serve(there.ground());
    note = there.recover();
    fresh = there.last() == 0;
    MariaTables.create(connection);
    there.prepare();
    return true;
  }

  /// A database in which nothing is made, and which others may serve.
  static MariaDatabase unmade(MariaAddress address, FieldRules rules) {
    var brand = Brand.of(address.make());
    return new MariaDatabase(MariaPool.open(address, brand), brand, null, rules);
  }

  /// The plan for a database that is left as it is.
  public static MigrationPlan plan(MariaAddress address, Model model, FieldRules rules) {
    try (var database = unmade(address, rules)) {
      return database.plan(model);
    }
  }

  @Override
  public boolean fresh() {
    return fresh;
  }

  @Override
  public Optional<String> note() {
    return note;
  }

  @Override
  public List<String> weaknesses() {
    return read(LOOK_LIMIT, MariaDurability::weaknesses);
  }

  /// A model that the database fits since a migration, by the same object: whether it still does is
  /// asked often.
  private record Fit(Model model, long migration) {}

  @Override
  public List<String> planned(Model model) {
    return look(
        there -> {
          var known = fit;
          return known != null && known.model() == model && known.migration() == there.last()
              ? List.of()
              : words(there, model);
        });
  }

  private static List<String> words(MariaFit there, Model model) {
    var words = new ArrayList<>(there.words(model.owned()));
    words.addAll(adopted(there, model).faults());
    return words;
  }

  /// How somebody else's tables are served.
  private static Fitted adopted(MariaFit there, Model model) {
    return AdoptedFit.concerns(model)
        ? AdoptedFit.of(
            model,
            MariaCatalogue.read(there.ground().session()),
            new MariaColumnWords(Brand.of(there.ground().session())))
        : Fitted.NONE;
  }

  @Override
  public MigrationPlan plan(Model model) {
    return look(
        there -> SharedSteps.and(there.plan(model.owned()), adopted(there, model).faults()));
  }

  @Override
  public List<String> drift(Model model) {
    return look(there -> there.drift(model.owned()));
  }

  @Override
  public Taking taking(Model served, Model owning) {
    return look(
        there -> {
          var ownership = ownership(there, served);
          var plan = there.plan(owning, ownership.intake());
          return new Taking(SharedSteps.and(plan, ownership.faults()), ownership.changes());
        });
  }

  private static Ownership ownership(MariaFit there, Model served) {
    var catalogue = MariaCatalogue.read(there.ground().session());
    return Ownership.of(served, catalogue, adopted(there, served));
  }

  @Override
  public Migrated take(Model served, Model owning) {
    var ownership = look(there -> ownership(there, served));
    SharedSteps.refuseMisfits(ownership.faults());
    return migrated(there -> there.migrate(owning, Loss.REFUSED, ownership.intake()));
  }

  @Override
  public Migrated migrate(Model model, Loss loss) {
    SharedSteps.refuseMisfits(look(there -> adopted(there, model)).faults());
    var migrated = migrated(there -> there.migrate(model.owned(), loss));
    fit = new Fit(model, look(MariaFit::last));
    return migrated;
  }

  private Migrated migrated(Function<MariaFit, Migrated> migration) {
    try {
      return alone(connection -> migration.apply(fit(connection)));
    } catch (RuntimeException e) {
      try {
        alone(connection -> fit(connection).recover());
      } catch (RuntimeException late) {
        e.addSuppressed(late); // the next start does it
      }
      throw e;
    }
  }

  @Override
  public SessionStore store(Model model) {
    migrate(model, Loss.REFUSED);
    var tables = look(there -> adopted(there, model)).tables();
    return new SessionStore(new MariaSessions(this), model, tables);
  }

  @Override
  public void forget() {
    if (fresh) {
      alone(connection -> fit(connection).forget());
    }
    close();
  }

  private MariaFit fit(MariaConnection connection) {
    return new MariaFit(ground(connection), rules);
  }

  MariaGround ground(MariaConnection connection) {
    return new MariaGround(connection, new Access(this, connection));
  }

  /// Looks at the database.
  private <T> T look(Function<MariaFit, T> work) {
    return read(LOOK_LIMIT, connection -> work.apply(fit(connection)));
  }

  MariaDialect dialect() {
    return dialect;
  }

  /// Runs work that makes tables, while nobody else of this process is in the database.
  <T> T alone(Function<MariaConnection, T> work) {
    gate.writeLock().lock();
    try (var connection = connection()) {
      connection.execute("SET SESSION foreign_key_checks = 0, lock_wait_timeout = 20");
      try {
        return work.apply(connection);
      } finally {
        connection.afterwards("SET SESSION foreign_key_checks = 1, lock_wait_timeout = DEFAULT");
      }
    } catch (MariaFailure e) {
      throw MariaProblems.migrating(e);
    } finally {
      gate.writeLock().unlock();
    }
  }

  MariaConnection connection() {
    try {
      return new MariaConnection(pool.take(), dialect);
    } catch (SQLException e) {
      throw MariaProblems.told(new MariaFailure(e), Duration.ZERO);
    }
  }

  /// Runs work that reads, again where the connection was lost.
  ///
  /// @throws MariaFailure where a value could not be worked out
  <T extends @Nullable Object> T read(Duration timeLimit, Function<MariaConnection, T> work) {
    var pauses = new Pauses(timeLimit.compareTo(RETRY) < 0 ? timeLimit : RETRY);
    while (true) {
      gate.readLock().lock();
      try (var connection = connection()) {
        connection.within(timeLimit);
        return work.apply(connection);
      } catch (MariaFailure e) {
        if (!e.lost() || pauses.over()) {
          throw e.unsaid() ? e : MariaProblems.told(e, timeLimit);
        }
      } finally {
        gate.readLock().unlock();
      }
      pauses.pause();
    }
  }

  /// Runs work in a transaction, again where others stood in its way or the connection was lost
  /// before its end, until it is done or its time is over.
  <T> T write(Function<MariaConnection, T> work) {
    var pauses = new Pauses(RETRY);
    while (true) {
      gate.readLock().lock();
      try (var connection = connection()) {
        refuseUnheld(connection);
        connection.within(WRITE_LIMIT);
        return connection.transaction(Begin.WRITE, () -> work.apply(connection));
      } catch (MariaFailure e) {
        if (!(e.passing() || e.lost()) || pauses.over()) {
          throw MariaProblems.told(e, WRITE_LIMIT);
        }
      } finally {
        gate.readLock().unlock();
      }
      pauses.pause();
    }
  }

  /// Nobody writes who lost the lock of the one who serves, or the database to another model.
  private void refuseUnheld(MariaConnection connection) {
    if (hold == null) {
      return;
    }
    if (!hold.held()) {
      throw new MariaFailure(new SQLException("the lock is lost", "08000"));
    }
    var times = hold.times();
    if (times != looked) {
      var known = fit;
      if (known != null && fit(connection).last() != known.migration()) {
        throw MariaProblems.migrated();
      }
      looked = times;
    }
  }

  @Override
  public void close() {
    if (hold != null) {
      hold.close();
    }
    pool.close();
  }
}
