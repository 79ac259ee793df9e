package engineroom.stores.postgres.replica;

import engineroom.stores.PostgresAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// A connection of its own to one server, by which it is looked at again and again: a pool may be
/// busy. Opened anew where it was lost. Used by one thread.
final class Link implements AutoCloseable {
  /// Within so many seconds a server has to answer.
  private static final String ANSWER = "2";

  private final PostgresAddress address;
  private @Nullable Connection connection;

  /// Asks nothing yet.
  Link(PostgresAddress address) {
    this.address = address;
  }

  /// The values of the one row that a question gives.
  List<String> ask(String sql) throws SQLException {
    try {
      var jdbc = connection == null ? opened() : connection;
      connection = jdbc;
      return row(jdbc, sql);
    } catch (SQLException e) {
      close();
      throw e;
    }
  }

  private Connection opened() throws SQLException {
    var properties = new Properties();
    address.driverOptions().forEach(properties::setProperty);
    properties.setProperty("user", address.login().user());
    properties.setProperty("password", address.login().password());
    properties.setProperty("ApplicationName", "engineroom watch");
    for (var timeout : List.of("connectTimeout", "loginTimeout", "socketTimeout")) {
      properties.setProperty(timeout, ANSWER);
    }
    return DriverManager.getConnection(address.url(), properties);
  }

  private static List<String> row(Connection jdbc, String sql) throws SQLException {
    try (var statement = jdbc.prepareStatement(sql);
        var rows = statement.executeQuery()) {
      rows.next();
      var values = new ArrayList<String>();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        var value = rows.getString(i);
        values.add(value == null ? "" : value);
      }
      return values;
    }
  }

  @Override
  public void close() {
    var jdbc = connection;
    connection = null;
    if (jdbc == null) {
      return;
    }
    try {
      jdbc.close();
    } catch (SQLException _) {
      // it is gone
    }
  }
}
