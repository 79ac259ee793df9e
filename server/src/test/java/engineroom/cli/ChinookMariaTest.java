package engineroom.cli;

import engineroom.server.MariaPlace;
import engineroom.stores.MariaAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// A database of MariaDB is adopted.
class ChinookMariaTest extends ChinookCases {
  private final MariaAddress server = fresh();

  MariaAddress fresh() {
    return MariaPlace.fresh();
  }

  /// Work with a statement.
  private interface Work<T> {
    T run(Statement statement) throws SQLException;
  }

  private <T> T with(Work<T> work) {
    var url = server.url() + "?user=root&sslMode=disable&allowMultiQueries=true";
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      return work.run(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  String database() throws IOException {
    otherwise("CREATE DATABASE " + server.database() + "_engineroom");
    var script = Files.readString(DATA.resolve("Chinook_MySql.sql"));
    otherwise(script.substring(script.indexOf("CREATE TABLE `Album`")));
    return MariaPlace.written(server);
  }

  /// A row that the primary key leads to is a constant table.
  @Override
  String indexed() {
    return "(?s).*(const tables|PRIMARY|IFK_).*";
  }

  /// The server of tests speaks without TLS.
  @Override
  void prepared(Path project) throws IOException {
    var file = project.resolve("engineroom.yaml");
    Files.writeString(
        file, Files.readString(file).replace("_engineroom}", "_engineroom?sslMode=disable}"));
  }

  private List<String> rows(String sql) {
    return with(
        statement -> {
          var rows = new ArrayList<String>();
          try (var found = statement.executeQuery(sql)) {
            while (found.next()) {
              var row = new ArrayList<String>();
              for (var column = 1; column <= found.getMetaData().getColumnCount(); column++) {
                row.add(found.getString(column));
              }
              rows.add(row.toString());
            }
          }
          return rows;
        });
  }

  @Override
  String dump() {
    var dump = new ArrayList<String>();
    for (var table : MariaPlace.tables(server)) {
      dump.addAll(rows("SHOW CREATE TABLE `" + table + "`"));
      dump.addAll(rows("SELECT * FROM `" + table + "` ORDER BY 1, 2"));
    }
    return String.join("\n", dump);
  }

  @Override
  void otherwise(String sql) {
    with(statement -> statement.execute(sql));
  }

  @Override
  String named(String name) {
    return name;
  }
}
