package engineroom.stores.sqlite.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Restores a backup into a scratch place and compares every row with what the database held when
/// the backup was made.
public final class Proof {
  private static final int FINDINGS_MAX = 20;

  private Proof() {}

  /// Proves a backup in a folder that is made and removed again. Refuses one that is not what it
  /// should be.
  public static void of(BackupFile backup, Path scratch) throws IOException {
    Disk.delete(scratch);
    Disk.folder(scratch);
    try {
      restored(backup, scratch.resolve("restored.db"));
    } finally {
      Disk.delete(scratch);
    }
  }

  /// Writes the database of a backup into a new file, once everything about it is as it should be.
  static void restored(BackupFile backup, Path target) throws IOException {
    backup.unpack(target);
    var wrong = wrong(backup, target);
    if (!wrong.isEmpty()) {
      throw new BackupRefused(
          backup.path().getFileName()
              + " does not hold what it should: "
              + String.join("; ", wrong)
              + ".",
          BackupFile.ANOTHER);
    }
  }

  private static List<String> wrong(BackupFile backup, Path database) {
    try (var connection = Snapshot.open(database)) {
      var wrong = new ArrayList<>(unsound(connection));
      wrong.addAll(backup.manifest().contents().differences(Contents.of(connection)));
      return wrong;
    } catch (SQLException e) {
      return List.of("its database can't be read (" + e.getMessage() + ")");
    }
  }

  /// What SQLite itself finds wrong with a database; nothing where it is sound.
  static List<String> unsound(Connection connection) throws SQLException {
    var found = new ArrayList<String>();
    try (var statement = connection.createStatement()) {
      try (var rows = statement.executeQuery("PRAGMA integrity_check(" + FINDINGS_MAX + ")")) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
      found.remove("ok");
      try (var rows = statement.executeQuery("PRAGMA foreign_key_check")) {
        while (rows.next() && found.size() < FINDINGS_MAX) {
          found.add(
              "a " + rows.getString(1) + " refers to a " + rows.getString(3) + " that is gone");
        }
      }
    }
    return found;
  }
}
