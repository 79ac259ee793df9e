package engineroom.stores.sqlite.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.sqlite.SQLiteConnection;
import org.sqlite.core.Codes;

/// A copy of a database at one moment, and what the database held then. Taken within one read
/// transaction, which no writer waits for.
///
/// @param contents read from the database itself, not from the copy
/// @param sequence of the last change
/// @param model a checksum of the tables' shape
record Snapshot(Contents contents, long sequence, String model) {
  private static final String MODEL = "_engineroom_migration";
  private static final int ALL_PAGES = -1;

  /// Copies a database into a new file, without the space that deleted rows have left.
  static Snapshot take(Path database, Path target) throws IOException {
    Disk.file(target);
    try {
      var snapshot = copied(database, target);
      try (var copy = open(target)) {
        run(copy, "PRAGMA journal_mode = DELETE");
        run(copy, "VACUUM");
      }
      return snapshot;
    } catch (SQLException e) {
      throw new IOException("The copy of " + database + " could not be made: " + e.getMessage(), e);
    }
  }

  private static Snapshot copied(Path database, Path target) throws SQLException {
    try (var connection = open(database)) {
      run(connection, "PRAGMA query_only = ON");
      run(connection, "BEGIN");
      var snapshot = of(connection);
      var driver = connection.unwrap(SQLiteConnection.class).getDatabase();
      var code = driver.backup("main", target.toAbsolutePath().toString(), null, 0, 0, ALL_PAGES);
      if (code != Codes.SQLITE_OK) {
        driver.throwex(code);
      }
      run(connection, "COMMIT");
      return snapshot;
    }
  }

  private static Snapshot of(Connection connection) throws SQLException {
    var contents = Contents.of(connection);
    var model = contents.tables().get(MODEL);
    return new Snapshot(contents, sequence(connection), model == null ? "" : model.sha256());
  }

  /// The number of the last change; 0 before the first.
  static long sequence(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT seq FROM sqlite_sequence WHERE name = '_engineroom_change'")) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  /// Opens a database of its own, beside whoever else has it open.
  static Connection open(Path database) throws SQLException {
    var connection = DriverManager.getConnection("jdbc:sqlite:" + database.toAbsolutePath());
    run(connection, "PRAGMA busy_timeout = 10000");
    run(connection, "PRAGMA temp_store = MEMORY");
    return connection;
  }

  static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
