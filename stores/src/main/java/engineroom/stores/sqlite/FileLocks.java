package engineroom.stores.sqlite;

import static engineroom.problem.ProblemException.problem;

import engineroom.problem.StoreProblem.Unavailable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Locks of database files, each in a file beside it.
public final class FileLocks {
  private FileLocks() {}

  /// Keeps every other Engineroom from opening a database file, until the channel is closed;
  /// refuses where another one has it open.
  public static FileChannel locked(Path file) throws IOException {
    return findLock(file)
        .orElseThrow(
            () ->
                problem(
                    new Unavailable(
                        "Another Engineroom has " + file.getFileName() + " open already.",
                        "Stop the other one, or give this one another `store`.")));
  }

  /// The same; nothing where another one has it open.
  static Optional<FileChannel> findLock(Path file) throws IOException {
    var channel =
        FileChannel.open(
            file.resolveSibling(file.getFileName() + ".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    if (tryLock(channel) != null) {
      return Optional.of(channel);
    }
    channel.close();
    return Optional.empty();
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      return null;
    }
  }
}
