package engineroom.stores.migrate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;

/// A copy of the database in `backups/` beside it, made before values are lost.
public final class Backup {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss").withZone(ZoneOffset.UTC);

  private Backup() {}

  /// Makes a copy, named by the time, and gives its path once it is on the disk.
  ///
  /// @param execute runs SQL on the database
  public static Path write(Path database, Instant now, Consumer<String> execute) {
    try {
      var folder = database.resolveSibling("backups");
      Files.createDirectories(folder);
      var name = database.getFileName().toString().replaceAll("\\.db$", "");
      var copy = free(folder, name + "-" + NAME.format(now));
      execute.accept(MigrationSql.copyInto(copy.toString()));
      try (var channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException("can't write a backup of " + database, e);
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
