package engineroom.stores.sqlite;

import static engineroom.problem.ProblemException.problem;

import engineroom.model.Model;
import engineroom.problem.StoreProblem.Unavailable;
import engineroom.stores.sql.Computations;
import engineroom.stores.sqlite.SqliteConnection.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An open database file: its connections, its writer and its upkeep. Lives on when the model
/// changes; each model has a [SqliteStore] of its own on it.
public final class SqliteDatabase implements AutoCloseable {
  private static final long WATCH_MILLIS = 20;
  private static final long CHECKPOINT_MILLIS = 1000;
  private static final long CHECKPOINT_BYTES = 4L << 20;

  private final Path file;
  private final FileChannel lock;
  private final Computations computations = new Computations();
  private final SqliteWriter writer;
  private final SqliteReaders readers;
  private final SqliteConnection upkeep;
  private final Thread watch;
  private volatile boolean closing;

  private SqliteDatabase(Path file, FileChannel lock) {
    this.file = file;
    this.lock = lock;
    this.writer = new SqliteWriter(new SqliteConnection(file, Role.WRITER, computations));
    writer.alone(ChangeLog::create);
    writer.alone(AnswerTable::create);
    writer.alone(Migration::create);
    this.readers = new SqliteReaders(() -> new SqliteConnection(file, Role.READER, computations));
    this.upkeep = new SqliteConnection(file, Role.WRITER, computations);
    this.watch = Thread.ofPlatform().daemon().name("sqlite-watch").start(this::watch);
    Thread.ofPlatform().daemon().name("sqlite-upkeep").start(this::keepUp);
  }

  /// Makes the driver ready, so that a start that has other things to do meanwhile is shorter by
  /// it. Changes nothing else.
  public static void load() {
    SqliteConnection.load();
  }

  /// Opens a database file, or makes one.
  public static SqliteDatabase open(Path file) {
    var path = file.toAbsolutePath();
    try {
      Files.createDirectories(path.getParent());
      return new SqliteDatabase(path, locked(path));
    } catch (IOException e) {
      throw new UncheckedIOException("can't open " + path, e);
    } catch (SqliteFailure e) {
      throw SqliteProblems.told(e, java.time.Duration.ZERO);
    }
  }

  private static FileChannel locked(Path file) throws IOException {
    var channel =
        FileChannel.open(
            file.resolveSibling(file.getFileName() + ".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw problem(
          new Unavailable(
              "Another Engineroom has " + file.getFileName() + " open already.",
              "Stop the other one, or give this one another `store`."));
    }
    return channel;
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      return null;
    }
  }

  /// What has to be done to the database before it fits a model, in words; nothing where it fits.
  public List<String> planned(Model model) {
    return writer.alone(connection -> Migration.of(connection, model).words());
  }

  /// Makes the database fit a model, where that only adds to it, and gives the store of the model.
  public SqliteStore store(Model model) {
    writer.alone(
        connection -> {
          Migration.of(connection, model).apply(connection);
          return model;
        });
    return new SqliteStore(this, model);
  }

  Computations computations() {
    return computations;
  }

  SqliteWriter writer() {
    return writer;
  }

  SqliteReaders readers() {
    return readers;
  }

  private void watch() {
    while (!closing) {
      pause(WATCH_MILLIS);
      var now = System.nanoTime();
      readers.all().forEach(connection -> connection.interruptLate(now));
    }
  }

  /// Moves what the log holds into the file, off the writer's thread.
  private void keepUp() {
    var log = file.resolveSibling(file.getFileName() + "-wal");
    var moved = 0L;
    while (!closing) {
      pause(CHECKPOINT_MILLIS);
      var commits = writer.commits();
      synchronized (upkeep) {
        // the log keeps its length when it begins again, so length alone says little
        if (!closing && commits != moved && log.toFile().length() > CHECKPOINT_BYTES) {
          upkeep.run("PRAGMA wal_checkpoint(PASSIVE)");
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

  @Override
  public void close() {
    synchronized (upkeep) {
      if (closing) {
        return;
      }
      closing = true;
      upkeep.close();
    }
    watch.interrupt();
    join();
    readers.close();
    writer.close();
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("can't unlock " + file, e);
    }
  }

  private void join() {
    try {
      watch.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
