package engineroom.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// The checkpoints as lines of a file beside the database: who shortens the log in the database
/// would have to shorten this too, and copies of it that were taken elsewhere.
final class Anchors {
  static final String NAME = "audit-anchors.jsonl";

  private final Path file;

  Anchors(Path data) {
    file = data.resolve(NAME);
  }

  /// Adds one and returns when it is durable.
  void add(Checkpoint checkpoint) {
    var line = ByteBuffer.wrap((checkpoint.line() + "\n").getBytes(StandardCharsets.UTF_8));
    try (var out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (line.hasRemaining()) {
        out.write(line);
      }
      out.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " can't be written.", e);
    }
  }

  /// Its lines; none where there is no file.
  List<String> lines() {
    try {
      return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(file + " can't be read.", e);
    }
  }
}
