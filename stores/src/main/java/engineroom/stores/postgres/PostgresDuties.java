package engineroom.stores.postgres;

import engineroom.stores.Duty;
import engineroom.stores.PostgresAddress;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The duties that this process holds: locks of a connection of its own, which the server gives
/// back the moment the connection ends, or when nothing is heard on it for [#SILENCE].
final class PostgresDuties implements AutoCloseable {
  /// How long a process that stands still, or that the network lost, keeps what it held.
  private static final Duration SILENCE = Duration.ofSeconds(10);

  private static final Duration ANSWER = Duration.ofSeconds(5);

  /// Time between two attempts to reach the server.
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Logger LOG = System.getLogger("engineroom.store");
  private static final String BEGIN =
      "SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3;"
          + " SET idle_session_timeout = "
          + SILENCE.toMillis();
  private static final String TAKE =
      "SELECT pg_try_advisory_lock(hashtext('engineroom duty ' || ?), hashtext(current_schema()))";
  private static final String GIVE =
      "SELECT pg_advisory_unlock(hashtext('engineroom duty ' || ?), hashtext(current_schema()))";

  private final PostgresAddress address;
  private final Set<String> held = new HashSet<>();
  private @Nullable Connection connection;
  private long tried = System.nanoTime() - PAUSE.toNanos();
  private boolean closed;

  /// Asks nothing yet.
  PostgresDuties(PostgresAddress address) {
    this.address = address;
  }

  Duty of(String name) {
    return new Duty() {
      @Override
      public boolean ours() {
        return PostgresDuties.this.ours(name);
      }

      @Override
      public void leave() {
        PostgresDuties.this.leave(name);
      }
    };
  }

  private synchronized boolean ours(String name) {
    try {
      var jdbc = connected();
      if (jdbc == null) {
        return false;
      }
      if (held.contains(name)) {
        return heard(jdbc);
      }
      if (asked(jdbc, TAKE, name)) {
        held.add(name);
        LOG.log(Level.INFO, "duty=" + name + " is done by this process from now on");
        return true;
      }
      return false;
    } catch (SQLException _) {
      lost(); // whoever reaches the server does it
      return false;
    }
  }

  private @Nullable Connection connected() throws SQLException {
    if (connection != null || closed || System.nanoTime() - tried < PAUSE.toNanos()) {
      return connection;
    }
    tried = System.nanoTime();
    var properties = new Properties();
    address.driverOptions().forEach(properties::setProperty);
    properties.setProperty("user", address.login().user());
    properties.setProperty("password", address.login().password());
    properties.setProperty("ApplicationName", "engineroom duties");
    properties.setProperty("socketTimeout", Long.toString(ANSWER.toSeconds()));
    properties.setProperty("loginTimeout", Long.toString(ANSWER.toSeconds()));
    var opened = DriverManager.getConnection(address.url(), properties);
    connection = opened;
    try (var statement = opened.createStatement()) {
      statement.execute(BEGIN);
    }
    return opened;
  }

  private static boolean asked(Connection jdbc, String sql, String name) throws SQLException {
    try (var statement = jdbc.prepareStatement(sql)) {
      statement.setString(1, name);
      try (var rows = statement.executeQuery()) {
        return rows.next() && rows.getBoolean(1);
      }
    }
  }

  /// The server answers: what the connection holds is still its own.
  private static boolean heard(Connection jdbc) throws SQLException {
    try (var statement = jdbc.createStatement();
        var rows = statement.executeQuery("SELECT 1")) {
      return rows.next();
    }
  }

  private synchronized void leave(String name) {
    var jdbc = connection;
    if (jdbc == null || !held.remove(name)) {
      return;
    }
    try {
      var _ = asked(jdbc, GIVE, name);
      LOG.log(Level.INFO, "duty=" + name + " is left to other processes");
    } catch (SQLException _) {
      lost();
    }
  }

  private void lost() {
    held.forEach(name -> LOG.log(Level.WARNING, "duty=" + name + " is lost with its connection"));
    held.clear();
    end();
  }

  private void end() {
    var jdbc = connection;
    connection = null;
    if (jdbc == null) {
      return;
    }
    try {
      jdbc.close();
    } catch (SQLException _) {
      // it is gone, and its locks with it
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    held.clear();
    end();
  }
}
