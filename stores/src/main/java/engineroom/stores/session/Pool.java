package engineroom.stores.session;

import static engineroom.problem.ProblemException.problem;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import engineroom.problem.StoreProblem.Unavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The connections to a server: a few, and nobody waits for one for ever.
public final class Pool implements AutoCloseable {
  private static final int CONNECTIONS_MAX = 16;
  private static final Duration WAIT_MAX = Duration.ofSeconds(5);

  private final HikariDataSource connections;

  /// What a pool is made of.
  ///
  /// @param name of the pool in logs
  /// @param shown the address as messages show it, without a password
  /// @param url the address as the driver takes it
  public record Opening(String name, String shown, String url, Login login, Session session) {}

  /// Who signs in.
  public record Login(String user, String password) {
    @Override
    public String toString() {
      return user;
    }
  }

  /// How each connection begins.
  ///
  /// @param properties of the driver
  /// @param first a statement that is run first; null for none
  /// @param isolation of transactions, by the name in [Connection]; null for the server's own
  public record Session(
      Map<String, String> properties, @Nullable String first, @Nullable String isolation) {
    public Session {
      properties = Map.copyOf(properties);
    }
  }

  /// Opens the first connection; refused where that fails.
  public Pool(Opening opening) {
    var config = new HikariConfig();
    config.setPoolName(opening.name());
    config.setJdbcUrl(opening.url());
    config.setUsername(opening.login().user());
    config.setPassword(opening.login().password());
    config.setMaximumPoolSize(CONNECTIONS_MAX);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(WAIT_MAX.toMillis());
    opening.session().properties().forEach(config::addDataSourceProperty);
    if (opening.session().first() != null) {
      config.setConnectionInitSql(opening.session().first());
    }
    if (opening.session().isolation() != null) {
      config.setTransactionIsolation(opening.session().isolation());
    }
    try {
      connections = new HikariDataSource(config);
    } catch (PoolInitializationException e) {
      throw problem(
          new Unavailable(
              "The database " + opening.shown() + " can't be opened.",
              "Check that it runs, that it can be reached, and the user and the password."));
    }
  }

  /// A connection that goes back to the pool when it is closed; refused where none becomes free in
  /// time.
  public Connection take() throws SQLException {
    try {
      return connections.getConnection();
    } catch (SQLTransientConnectionException e) {
      throw problem(
          new Unavailable(
              "No connection to the database became free within " + WAIT_MAX.toSeconds() + " s.",
              "Try again in a moment."));
    }
  }

  @Override
  public void close() {
    connections.close();
  }
}
