package engineroom.stores.mariadb;

import static engineroom.problem.ProblemException.problem;

import engineroom.problem.ProblemException;
import engineroom.problem.StoreProblem.Unavailable;
import engineroom.stores.MariaAddress;
import engineroom.stores.mariadb.brand.Brand;
import engineroom.stores.mariadb.brand.Brand.Server;
import engineroom.stores.session.Pool;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.StringJoiner;

/// Opens the connections to a server, and refuses one that is not served.
final class MariaPool {
  /// What every connection begins with: texts in the order of code points, moments in UTC, nothing
  /// cut short in silence, and waits that end before the callers'.
  private static final String SESSION =
      """
      SET SESSION sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,STRICT_ALL_TABLES,\
      NO_ZERO_DATE,NO_ZERO_IN_DATE,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00',
        collation_connection = '#collation', group_concat_max_len = 1073741824,
        max_sort_length = 32768, sort_buffer_size = 8388608, innodb_lock_wait_timeout = 5#more""";

  private MariaPool() {}

  static Pool open(MariaAddress address, Brand brand) {
    var pool = opened(address, brand);
    try (var connection = pool.take()) {
      refuseOthers(connection, brand);
      return pool;
    } catch (SQLException e) {
      pool.close();
      throw MariaProblems.told(new MariaFailure(e), Duration.ZERO);
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  /// A server of another make may not understand what connections begin with.
  private static Pool opened(MariaAddress address, Brand brand) {
    try {
      return pool(address, brand);
    } catch (ProblemException e) {
      try (var connection = connection(address)) {
        refuseOthers(connection, brand);
      } catch (SQLException unreachable) {
        e.addSuppressed(unreachable);
      }
      throw e;
    }
  }

  private static Pool pool(MariaAddress address, Brand brand) {
    var login = new Pool.Login(address.login().user(), address.login().password());
    var session =
        new Pool.Session(
            address.driverOptions(),
            SESSION.replace("#collation", brand.collation()).replace("#more", brand.settings()),
            "TRANSACTION_SERIALIZABLE",
            address.connections());
    var make = address.make().scheme();
    return new Pool(new Pool.Opening(make, address.toString(), address.url(), login, session));
  }

  private static Connection connection(MariaAddress address) throws SQLException {
    var properties = new Properties();
    properties.putAll(address.driverOptions());
    properties.setProperty("user", address.login().user());
    properties.setProperty("password", address.login().password());
    return DriverManager.getConnection(address.url(), properties);
  }

  private static void refuseOthers(Connection connection, Brand brand) throws SQLException {
    brand
        .unfit(server(connection, brand))
        .ifPresent(
            unfit -> {
              throw problem(new Unavailable(unfit.what(), unfit.wayOut()));
            });
  }

  private static Server server(Connection connection, Brand brand) throws SQLException {
    var data = connection.getMetaData();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(brand.about())) {
      var about = new StringJoiner(" ");
      while (rows.next()) {
        about.add(rows.getString(1)).add(rows.getString(2));
      }
      return new Server(
          data.getDatabaseProductName(),
          data.getDatabaseProductVersion(),
          data.getDatabaseMajorVersion(),
          data.getDatabaseMinorVersion(),
          about.toString());
    }
  }
}
