package engineroom.stores.mariadb;

import static engineroom.problem.ProblemException.problem;

import engineroom.model.Model;
import engineroom.operation.FieldRules;
import engineroom.problem.StoreProblem.Unavailable;
import engineroom.stores.mariadb.MariaConnection.Begin;
import engineroom.stores.session.Pool;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An open database: its connections. Lives on when the model changes; each model has a
/// [MariaStore] of its own on it.
public final class MariaDatabase implements AutoCloseable {

  /// How long a write is tried again that others stand in the way of.
  private static final Duration RETRY = Duration.ofSeconds(15);

  private static final Duration WRITE_LIMIT = Duration.ofSeconds(60);
  private static final int PAUSE_MILLIS_MAX = 64;
  private static final int VERSION_MIN = 10;
  private static final int VERSION_MIN_MINOR = 6;

  /// The lock of whoever makes tables.
  private static final String ALONE = "SELECT GET_LOCK(CONCAT('engineroom ', DATABASE()), 60)";

  private static final String NOT_ALONE = "SELECT RELEASE_LOCK(CONCAT('engineroom ', DATABASE()))";

  /// What every connection begins with: texts in the order of code points, moments in UTC, nothing
  /// cut short in silence, and waits that end before the callers'.
  private static final String SESSION =
      """
      SET SESSION sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,STRICT_ALL_TABLES,\
      NO_ZERO_DATE,NO_ZERO_IN_DATE,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00',
        collation_connection = 'utf8mb4_nopad_bin', group_concat_max_len = 1073741824,
        max_sort_length = 32768, sort_buffer_size = 8388608, innodb_lock_wait_timeout = 5""";

  private final Pool pool;
  private final MariaDialect dialect = new MariaDialect();
  private final FieldRules rules;

  private MariaDatabase(Pool pool, FieldRules rules) {
    this.pool = pool;
    this.rules = rules;
  }

  /// Opens a database and makes the program's own tables where they are not there.
  ///
  /// @param rules that migrations hold values against
  public static MariaDatabase open(MariaAddress address, FieldRules rules) {
    var pool = pool(address);
    try {
      refuseOthers(pool);
      var database = new MariaDatabase(pool, rules);
      database.alone(
          connection -> {
            MariaTables.create(connection);
            return true;
          });
      return database;
    } catch (RuntimeException e) {
      pool.close();
      throw e instanceof MariaFailure failure ? MariaProblems.told(failure, Duration.ZERO) : e;
    }
  }

  private static Pool pool(MariaAddress address) {
    var login = new Pool.Login(address.user(), address.password());
    var session = new Pool.Session(Map.of(), SESSION, "TRANSACTION_SERIALIZABLE");
    return new Pool(new Pool.Opening("mariadb", address.toString(), address.url(), login, session));
  }

  private static void refuseOthers(Pool pool) {
    try (var connection = pool.take()) {
      var data = connection.getMetaData();
      var major = data.getDatabaseMajorVersion();
      var recent =
          major > VERSION_MIN
              || (major == VERSION_MIN && data.getDatabaseMinorVersion() >= VERSION_MIN_MINOR);
      if (!data.getDatabaseProductName().equals("MariaDB") || !recent) {
        throw problem(
            new Unavailable(
                "The database is "
                    + data.getDatabaseProductName()
                    + " "
                    + data.getDatabaseProductVersion()
                    + ".",
                "Use MariaDB 10.6 or newer; 11.4 is tested."));
      }
    } catch (SQLException e) {
      throw new MariaFailure(e);
    }
  }

  /// Makes the tables of a model that is new to the database, and gives the store of the model.
  public MariaStore store(Model model) {
    alone(
        connection -> {
          new MariaSchema(connection, model).create();
          return true;
        });
    return new MariaStore(this, model);
  }

  /// What migrations hold values against.
  FieldRules rules() {
    return rules;
  }

  MariaDialect dialect() {
    return dialect;
  }

  /// Runs work that makes tables, while nobody else does.
  <T> T alone(Function<MariaConnection, T> work) {
    try (var connection = connection()) {
      connection.run(ALONE);
      try {
        return work.apply(connection);
      } finally {
        connection.run(NOT_ALONE);
      }
    } catch (MariaFailure e) {
      throw MariaProblems.told(e, Duration.ZERO);
    }
  }

  private MariaConnection connection() {
    try {
      return new MariaConnection(pool.take(), dialect);
    } catch (SQLException e) {
      throw MariaProblems.told(new MariaFailure(e), Duration.ZERO);
    }
  }

  /// Runs work that reads.
  <T extends @Nullable Object> T read(Duration timeLimit, Function<MariaConnection, T> work) {
    try (var connection = connection()) {
      connection.within(timeLimit);
      return work.apply(connection);
    } catch (MariaFailure e) {
      throw MariaProblems.told(e, timeLimit);
    }
  }

  /// Runs work in a transaction, again where others stood in its way, until it is done or its time
  /// is over.
  <T> T write(Function<MariaConnection, T> work) {
    var end = System.nanoTime() + RETRY.toNanos();
    for (var tries = 0; ; tries++) {
      try (var connection = connection()) {
        connection.within(WRITE_LIMIT);
        return connection.transaction(Begin.WRITE, () -> work.apply(connection));
      } catch (MariaFailure e) {
        if (!e.passing() || System.nanoTime() - end > 0) {
          throw MariaProblems.told(e, WRITE_LIMIT);
        }
        pause(tries);
      }
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
    pool.close();
  }
}
