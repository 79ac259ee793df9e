package engineroom.stores.sqlite;

import engineroom.problem.ProblemException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/// What goes on beside reads and writes of an open file, on threads of its own: reads that take too
/// long are ended, and what the log holds is moved into the file.
final class SqliteUpkeep {
  private static final Logger LOG = System.getLogger(SqliteUpkeep.class.getName());
  private static final long WATCH_MILLIS = 20;

  private final SqliteWriter writer;
  private final SqliteReaders readers;
  private final SqliteConnection connection;
  private final WriteAheadLog log;
  private final Thread watch;
  private volatile boolean closing;

  /// How many commits there were when the log was moved last.
  private long moved;

  /// @param connection to move what the log holds with
  SqliteUpkeep(SqliteWriter writer, SqliteReaders readers, SqliteConnection connection) {
    this.writer = writer;
    this.readers = readers;
    this.connection = connection;
    this.log = new WriteAheadLog(connection);
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

  private void keepUp() {
    var failing = false;
    while (!closing) {
      pause(WriteAheadLog.LOOK_MILLIS);
      try {
        look();
        failing = false;
      } catch (SqliteFailure e) { // a full disk may have room again
        if (!failing) {
          LOG.log(Level.ERROR, "the log of SQLite can't be moved into the file, tried again", e);
        }
        failing = true;
      }
    }
  }

  private void look() {
    var commits = writer.commits();
    var full = false;
    synchronized (connection) {
      if (!closing && commits != moved && log.waiting() > WriteAheadLog.MOVED_BYTES) {
        full = log.move() > WriteAheadLog.FULL_BYTES;
        moved = commits;
      }
    }
    if (full) {
      restart();
    }
  }

  /// Has the writer move the rest, so that the log can begin again.
  private void restart() {
    try {
      writer.alone(WriteAheadLog::finish);
    } catch (ProblemException _) {
      // the database is being closed, or too much waits: the next look comes soon
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
