package engineroom.stores.mariadb;

import static engineroom.problem.ProblemException.problem;

import engineroom.problem.StoreProblem.Unavailable;
import engineroom.stores.MariaAddress;
import engineroom.stores.mariadb.brand.Brand;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// The lock of the one process that serves a database, held by a connection of its own: it goes
/// with the process, and is taken again when the server was away.
final class Hold implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Hold.class.getName());
  private static final long LOOK_MILLIS = 1_000;
  private static final int ANSWER_SECONDS = 5;

  /// Names of locks are the server's, and have 64 letters at most.
  private static final String NAME = "CONCAT('engineroom serves ', #digest)";

  private static final String TAKE = "SELECT GET_LOCK(#name, #seconds)";
  private static final String OURS = "SELECT IS_USED_LOCK(#name) = CONNECTION_ID()";
  private static final String SERVED = "SELECT IS_USED_LOCK(#name) IS NOT NULL";

  private final MariaAddress address;
  private final Brand brand;
  private @Nullable Connection connection;
  private volatile boolean held;
  private volatile int times = 1;
  private volatile boolean closing;
  private final Thread keeper;

  /// Takes the lock.
  Hold(MariaAddress address) {
    this.address = address;
    this.brand = Brand.of(address.make());
    if (!taken(2)) {
      closeConnection();
      throw problem(
          new Unavailable(
              "Another process serves the database " + address + ".",
              "Stop it first: a database of %s is served by one process."
                  .formatted(address.make().words())));
    }
    held = true;
    keeper = Thread.ofPlatform().daemon().name("mariadb-hold").start(this::keep);
  }

  /// Asks whether somebody holds it.
  static String served(Brand brand) {
    return named(SERVED, brand);
  }

  private static String named(String sql, Brand brand) {
    return sql.replace("#name", NAME.replace("#digest", brand.digest("DATABASE()")));
  }

  /// Whether this process has it, as far as it knows.
  boolean held() {
    return held;
  }

  /// How often it was taken: in between, another process may have had the database.
  int times() {
    return times;
  }

  private void keep() {
    while (!closing) {
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException _) {
        return;
      }
      look();
    }
  }

  private synchronized void look() {
    if (closing || asked(OURS)) {
      return;
    }
    var lost = held;
    held = false;
    closeConnection();
    if (taken(0)) {
      times++;
      held = true;
      LOG.log(Level.WARNING, "the connection to the database was lost, and is there again");
    } else if (lost) {
      LOG.log(
          Level.ERROR,
          "the database can't be reached, or another process serves it: nothing is written");
    }
  }

  private boolean taken(int seconds) {
    return asked(TAKE.replace("#seconds", Integer.toString(seconds)));
  }

  private boolean asked(String sql) {
    try {
      var open = connection == null ? opened() : connection;
      connection = open;
      try (var statement = open.createStatement()) {
        statement.setQueryTimeout(ANSWER_SECONDS);
        try (var rows = statement.executeQuery(named(sql, brand))) {
          return rows.next() && rows.getInt(1) == 1;
        }
      }
    } catch (SQLException _) {
      return false;
    }
  }

  private Connection opened() throws SQLException {
    var properties = new Properties();
    properties.putAll(address.driverOptions());
    properties.setProperty("user", address.login().user());
    properties.setProperty("password", address.login().password());
    properties.setProperty("socketTimeout", Integer.toString(2 * ANSWER_SECONDS * 1_000));
    return DriverManager.getConnection(address.url(), properties);
  }

  private void closeConnection() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException _) {
      // it is gone, and the lock with it
    } finally {
      connection = null;
    }
  }

  @Override
  public void close() {
    closing = true;
    keeper.interrupt();
    synchronized (this) {
      closeConnection();
    }
  }
}
