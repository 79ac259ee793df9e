package engineroom.stores.sqlite;

import engineroom.stores.migrate.MigrationSql;
import engineroom.stores.sql.Computations;
import engineroom.stores.sqlite.SqliteConnection.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// A copy of the database in `backups/` beside it, made before values are lost.
final class Backup {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss").withZone(ZoneOffset.UTC);

  private Backup() {}

  /// Makes a copy, named by the time, and gives its path once it is on the disk.
  static Path write(SqliteConnection connection, Path database, Instant now) {
    try {
      var folder = database.resolveSibling("backups");
      Files.createDirectories(folder);
      var copy = free(folder, database.getFileName() + "-" + NAME.format(now));
      connection.execute(MigrationSql.copyInto(copy.toString()));
      try (var channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      prove(copy);
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException("can't write a backup of " + database, e);
    }
  }

  private static void prove(Path copy) {
    try (var connection = new SqliteConnection(copy, Role.READER, new Computations());
        var rows = connection.statement("PRAGMA quick_check").run()) {
      if (!rows.next() || !rows.text(0).equals("ok")) {
        throw new IllegalStateException("the backup " + copy + " can't be read");
      }
    }
  }

  private static Path free(Path folder, String name) {
    var copy = folder.resolve(name + ".db");
    for (var next = 2; Files.exists(copy); next++) {
      copy = folder.resolve(name + "-" + next + ".db");
    }
    return copy;
  }
}
