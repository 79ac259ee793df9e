package engineroom.stores.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// The databases of a server at 127.0.0.1, where `root` needs no password.
record Databases(int port) {
  private static final AtomicInteger MADE = new AtomicInteger();

  /// A port that nobody listens at.
  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  String fresh() {
    var name = "test" + MADE.incrementAndGet();
    execute("CREATE DATABASE " + name);
    return name;
  }

  Connection connect(String database) throws SQLException {
    var url = "jdbc:mariadb://127.0.0.1:" + port + "/" + database + "?sslMode=disable";
    return DriverManager.getConnection(url, "root", "");
  }

  void execute(String sql) {
    try (var connection = connect("");
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  void empty(String database, List<String> but) {
    try (var connection = connect(database);
        var statement = connection.createStatement()) {
      statement.execute("SET foreign_key_checks = 0");
      var tables = tables(statement);
      tables.removeAll(but);
      for (var table : tables) {
        statement.execute("TRUNCATE TABLE `" + table + "`");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> tables(Statement statement) throws SQLException {
    var tables = new ArrayList<String>();
    try (var rows = statement.executeQuery("SHOW TABLES")) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }

  List<String> tables(String database) {
    try (var connection = connect(database);
        var statement = connection.createStatement()) {
      return tables(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
