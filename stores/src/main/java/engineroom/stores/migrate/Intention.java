package engineroom.stores.migrate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// A note beside the database that a migration is under way, so that the next start can tell how it
/// ended if this one is cut short. The database itself is whole in any case.
public final class Intention {
  private final Path file;

  /// A note beside a file.
  ///
  /// @param database the database's file
  public Intention(Path database) {
    this.file = database.resolveSibling(database.getFileName() + ".migrating");
  }

  /// Notes a migration before it begins.
  public void write(long number) {
    try (var channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(Long.toString(number).getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
    } catch (IOException e) {
      throw new UncheckedIOException("can't write " + file, e);
    }
  }

  /// Forgets it once it has ended.
  public void clear() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("can't delete " + file, e);
    }
  }

  /// What became of a migration that was cut short, and forgets it; nothing where there was none.
  ///
  /// @param last the number of the last migration that the database has
  public Optional<String> ended(long last) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    var number = number();
    clear();
    return Optional.of(
        number > 0 && last >= number
            ? "A migration was cut short after it was complete: the database has the new model."
            : "A migration was cut short and is undone: the database is as it was before.");
  }

  private long number() {
    try {
      var text = Files.readString(file).strip();
      return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + file, e);
    }
  }
}
