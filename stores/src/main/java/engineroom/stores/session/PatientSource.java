package engineroom.stores.session;

import com.zaxxer.hikari.util.DriverDataSource;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Makes new connections for a pool. While the server is away it tries again four times a second:
/// the pool itself would wait longer each time, up to five seconds, and find a server that is back
/// that much later.
final class PatientSource implements DataSource {
  private static final Duration PAUSE = Duration.ofMillis(250);

  /// Whether somebody waits for the server that was there once.
  private volatile boolean patient;

  private final DataSource driver;

  PatientSource(Pool.Opening opening) {
    var login = opening.login();
    driver =
        new DriverDataSource(
            opening.url(), null, properties(opening), login.user(), login.password());
  }

  private static Properties properties(Pool.Opening opening) {
    var properties = new Properties();
    properties.putAll(opening.session().properties());
    return properties;
  }

  /// Waits from now on for a server that can't be reached.
  void waitForServer() {
    patient = true;
  }

  /// Ends the waiting.
  void giveUp() {
    patient = false;
  }

  @Override
  public Connection getConnection() throws SQLException {
    while (true) {
      try {
        return driver.getConnection();
      } catch (SQLException e) {
        if (!patient || !away(e)) {
          throw e;
        }
      }
      pause();
    }
  }

  /// Whether the server is not there, or not yet; another answer is one that waiting won't change.
  private static boolean away(SQLException failure) {
    var state = failure.getSQLState();
    return state != null && (state.startsWith("08") || state.startsWith("57P"));
  }

  private static void pause() throws SQLException {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while waiting for the database", e);
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return driver.getConnection(user, password);
  }

  @Override
  public @Nullable PrintWriter getLogWriter() throws SQLException {
    return driver.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    driver.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    driver.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return driver.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return driver.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return driver.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return driver.isWrapperFor(type);
  }
}
