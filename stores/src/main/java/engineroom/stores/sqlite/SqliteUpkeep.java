package engineroom.stores.sqlite;

import java.nio.file.Path;

/// What goes on beside reads and writes of an open file, on threads of its own: reads that take too
/// long are ended, and what the log holds is moved into the file.
final class SqliteUpkeep {
  private static final long WATCH_MILLIS = 20;
  private static final long CHECKPOINT_MILLIS = 1000;
  private static final long CHECKPOINT_BYTES = 4L << 20;

  private final Path log;
  private final SqliteWriter writer;
  private final SqliteReaders readers;
  private final SqliteConnection connection;
  private final Thread watch;
  private volatile boolean closing;

  /// @param connection to move what the log holds with
  SqliteUpkeep(Path file, SqliteWriter writer, SqliteReaders readers, SqliteConnection connection) {
    this.log = file.resolveSibling(file.getFileName() + "-wal");
    this.writer = writer;
    this.readers = readers;
    this.connection = connection;
    this.watch = Thread.ofPlatform().daemon().name("sqlite-watch").start(this::watch);
    Thread.ofPlatform().daemon().name("sqlite-upkeep").start(this::keepUp);
  }

  private void watch() {
    while (!closing) {
      pause(WATCH_MILLIS);
      var now = System.nanoTime();
      readers.all().forEach(reader -> reader.interruptLate(now));
    }
  }

  /// Moves what the log holds into the file, off the writer's thread.
  private void keepUp() {
    var moved = 0L;
    while (!closing) {
      pause(CHECKPOINT_MILLIS);
      var commits = writer.commits();
      synchronized (connection) {
        // the log keeps its length when it begins again, so length alone says little
        if (!closing && commits != moved && log.toFile().length() > CHECKPOINT_BYTES) {
          connection.run("PRAGMA wal_checkpoint(PASSIVE)");
          moved = commits;
        }
      }
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Ends both; false where somebody did before.
  boolean end() {
    synchronized (connection) {
      if (closing) {
        return false;
      }
      closing = true;
      connection.close();
    }
    watch.interrupt();
    try {
      watch.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return true;
  }
}
