package engineroom.stores.sqlite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/// The connections that read. The one that was used last is taken first: the processor still has at
/// hand what it read. Short reads run on the calling thread, as many at once as there are cores;
/// long ones have connections and threads of their own, so that no short read waits for them.
final class SqliteReaders implements AutoCloseable {
  private static final int LONG_MAX = 4;

  private final List<SqliteConnection> all = new ArrayList<>();
  private final BlockingDeque<SqliteConnection> shortReads = new LinkedBlockingDeque<>();
  private final BlockingDeque<SqliteConnection> longReads = new LinkedBlockingDeque<>();
  private final ExecutorService threads;

  SqliteReaders(Supplier<SqliteConnection> open) {
    var cores = Runtime.getRuntime().availableProcessors();
    for (var i = 0; i < cores; i++) {
      shortReads.add(opened(open));
    }
    for (var i = 0; i < LONG_MAX; i++) {
      longReads.add(opened(open));
    }
    threads =
        Executors.newFixedThreadPool(
            LONG_MAX, Thread.ofPlatform().name("sqlite-long-read-", 0).daemon().factory());
  }

  private SqliteConnection opened(Supplier<SqliteConnection> open) {
    var connection = open.get();
    all.add(connection);
    return connection;
  }

  /// Every connection, for the watch over time limits.
  List<SqliteConnection> all() {
    return all;
  }

  <T> T shortly(Duration timeLimit, Function<SqliteConnection, T> work) {
    return run(shortReads, System.nanoTime() + timeLimit.toNanos(), timeLimit, work);
  }

  /// The same for a read that gives way after a while: its work is done no longer than that,
  /// however long it has waited.
  <T> T shortly(Duration timeLimit, Duration atMost, Function<SqliteConnection, T> work) {
    var connection = take(shortReads, System.nanoTime() + timeLimit.toNanos(), timeLimit);
    try {
      return within(System.nanoTime() + atMost.toNanos(), connection, timeLimit, work);
    } finally {
      shortReads.addFirst(connection);
    }
  }

  /// The time that a read waits for its turn is part of its limit.
  <T> T atLength(Duration timeLimit, Function<SqliteConnection, T> work) {
    return atLength(System.nanoTime() + timeLimit.toNanos(), timeLimit, work);
  }

  /// The same for a read that has tried before.
  ///
  /// @param end of its time
  <T> T atLength(long end, Duration timeLimit, Function<SqliteConnection, T> work) {
    try {
      return CompletableFuture.supplyAsync(() -> run(longReads, end, timeLimit, work), threads)
          .join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }

  private static <T> T run(
      BlockingDeque<SqliteConnection> pool,
      long end,
      Duration limit,
      Function<SqliteConnection, T> work) {
    var connection = take(pool, end, limit);
    try {
      return within(end, connection, limit, work);
    } finally {
      pool.addFirst(connection);
    }
  }

  /// Once more where the interruption was meant for the read before, which had just ended.
  private static <T> T within(
      long end, SqliteConnection connection, Duration limit, Function<SqliteConnection, T> work) {
    while (true) {
      try {
        return connection.until(end, () -> work.apply(connection));
      } catch (SqliteFailure e) {
        if (!SqliteProblems.interrupted(e) || System.nanoTime() - end >= 0) {
          throw SqliteProblems.told(e, limit);
        }
      }
    }
  }

  private static SqliteConnection take(
      BlockingDeque<SqliteConnection> pool, long end, Duration limit) {
    try {
      var left = end - System.nanoTime();
      var connection = left > 0 ? pool.pollFirst(left, TimeUnit.NANOSECONDS) : null;
      if (connection == null) {
        throw engineroom.problem.ProblemException.problem(
            new engineroom.problem.StoreProblem.OutOfTime(Math.max(1, limit.toSeconds())));
      }
      return connection;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the database", e);
    }
  }

  @Override
  public void close() {
    threads.shutdown();
    all.forEach(SqliteConnection::close);
  }
}
