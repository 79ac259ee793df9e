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
  private static final Duration WAIT_MAX = Duration.ofSeconds(5);

  /// How long a connection may be silent that is asked whether it is still there.
  private static final Duration ANSWER_MAX = Duration.ofSeconds(2);

  /// What MariaDB's driver says of a server without TLS, which it asks for.
  private static final String PLAIN = "ssl not enabled in the server";

  /// What it says of a MySQL server whose key it has not, and of one that signed for itself.
  private static final String KEYLESS = "RSA public key is not available";

  private static final String SELF_SIGNED = "Self signed certificates";

  private final PatientSource source;
  private final HikariDataSource connections;
  private final int wanted;
  private final Duration wait;

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
  /// @param connections at most
  public record Session(
      Map<String, String> properties,
      @Nullable String first,
      @Nullable String isolation,
      int connections) {
    public Session {
      properties = Map.copyOf(properties);
    }
  }

  /// Opens the first connection; refused where that fails.
  public Pool(Opening opening) {
    this(opening, WAIT_MAX);
  }

  /// @param wait how long somebody waits for a connection at most
  public Pool(Opening opening, Duration wait) {
    this.wait = wait;
    source = new PatientSource(opening);
    var config = new HikariConfig();
    config.setPoolName(opening.name());
    config.setDataSource(source);
    config.setMaximumPoolSize(opening.session().connections());
    wanted = opening.session().connections();
    config.setMinimumIdle(1);
    config.setConnectionTimeout(wait.toMillis());
    config.setValidationTimeout(ANSWER_MAX.toMillis());
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
          new Unavailable("The database " + opening.shown() + " can't be opened.", wayOut(e)));
    }
    source.waitForServer();
  }

  private static String wayOut(PoolInitializationException failure) {
    if (full(failure)) {
      return "It takes no more connections: raise max_connections, or give each process fewer by"
          + " ?pool= in the address.";
    }
    var message = String.valueOf(failure.getMessage());
    if (message.contains(PLAIN)) {
      return "The server has no TLS: write ?sslMode=disable behind the address, where the network"
          + " is yours.";
    }
    if (message.contains(KEYLESS)) {
      return "Without TLS the password needs the server's key: write &allowPublicKeyRetrieval=true"
          + " behind the address, where the network is yours, or serverRsaPublicKeyFile=.";
    }
    if (message.contains(SELF_SIGNED)) {
      return "Nobody known signed the server's certificate: write"
          + " ?sslMode=verify-ca&serverSslCert= and the file of who did (MySQL's ca.pem).";
    }
    return "Check that it runs, that it can be reached, and the user and the password.";
  }

  /// Whether the server has as many connections as it takes.
  private static boolean full(PoolInitializationException failure) {
    return failure.getCause() instanceof SQLException e && "53300".equals(e.getSQLState());
  }

  /// How many there are at most.
  public int connections() {
    return wanted;
  }

  /// A connection that goes back to the pool when it is closed; refused where none becomes free in
  /// time.
  public Connection take() throws SQLException {
    try {
      return connections.getConnection();
    } catch (SQLTransientConnectionException e) {
      throw problem(
          new Unavailable(
              "None of "
                  + wanted
                  + " connections to the database became free within "
                  + wait.toSeconds()
                  + " s.",
              "Try again in a moment."));
    }
  }

  @Override
  public void close() {
    source.giveUp();
    connections.close();
  }
}
