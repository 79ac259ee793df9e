package engineroom.stores.sqlite;

import static engineroom.problem.ProblemException.problem;

import engineroom.problem.StoreProblem.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The one thread that writes. Takes what waits, runs each work in a savepoint of its own, commits
/// once, and only then answers them all: so many writers share one wait for the disk, and one that
/// fails costs only itself.
final class SqliteWriter implements AutoCloseable {
  private static final String BEGIN = "BEGIN IMMEDIATE";
  private static final int QUEUE_MAX = 10_000;
  private static final int BATCH_MAX = 512;

  /// How long works are gathered before those that are done get their answer.
  private static final long BATCH_NANOS_MAX = 20_000_000;

  private final SqliteConnection connection;
  private final BlockingQueue<Job> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
  private final Thread thread;
  private final AtomicLong commits = new AtomicLong();
  private final AtomicLong works = new AtomicLong();
  private volatile boolean closing;

  SqliteWriter(SqliteConnection connection) {
    this.connection = connection;
    this.thread = Thread.ofPlatform().name("sqlite-writer").start(this::loop);
  }

  /// Something to do and who waits for it.
  private static final class Job {
    final Function<SqliteConnection, ?> work;
    final boolean alone;
    final CompletableFuture<@Nullable Object> answer = new CompletableFuture<>();
    @Nullable Object result;
    @Nullable Throwable failure;

    Job(Function<SqliteConnection, ?> work, boolean alone) {
      this.work = work;
      this.alone = alone;
    }

    void answer() {
      if (failure == null) {
        answer.complete(result);
      } else {
        answer.completeExceptionally(failure);
      }
    }
  }

  /// Runs work in a transaction and returns when it is durable.
  <T> T write(Function<SqliteConnection, T> work) {
    return await(new Job(work, false));
  }

  /// Runs work that deals with transactions itself, between those of others.
  <T> T alone(Function<SqliteConnection, T> work) {
    return await(new Job(work, true));
  }

  /// Whether somebody waits for the work at hand to end.
  boolean awaited() {
    return !queue.isEmpty();
  }

  /// How many transactions were committed, and for how many works.
  long commits() {
    return commits.get();
  }

  long works() {
    return works.get();
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private <T> T await(Job job) {
    if (closing) {
      throw problem(new Unavailable("The database is being closed.", null));
    }
    if (!queue.offer(job)) {
      throw problem(
          new Unavailable(
              "More than " + QUEUE_MAX + " writes are waiting.", "Try again in a moment."));
    }
    try {
      return (T) job.answer.join();
    } catch (CompletionException e) {
      throw unwrapped(e);
    }
  }

  private static RuntimeException unwrapped(CompletionException e) {
    return switch (e.getCause()) {
      case SqliteFailure failure -> SqliteProblems.told(failure, Duration.ZERO);
      case RuntimeException failure -> failure;
      case Error error -> throw error;
      case null, default -> e;
    };
  }

  private void loop() {
    try {
      while (!closing || !queue.isEmpty()) {
        var first = queue.take();
        if (first.alone) {
          alone(first);
        } else {
          batch(first);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    var late = new ArrayList<Job>();
    queue.drainTo(late);
    late.forEach(
        job ->
            job.answer.completeExceptionally(
                problem(new Unavailable("The database is being closed.", null))));
  }

  private void alone(Job job) {
    try {
      job.result = job.work.apply(connection);
    } catch (Throwable e) {
      job.failure = e;
    }
    job.answer();
  }

  private void batch(Job first) {
    var jobs = new ArrayList<Job>();
    try {
      var end = System.nanoTime() + BATCH_NANOS_MAX;
      first(first);
      jobs.add(first);
      for (var job = next(jobs, end); job != null; job = next(jobs, end)) {
        jobs.add(job);
        savepoint(job);
      }
      connection.run("COMMIT");
      commits.incrementAndGet();
      works.addAndGet(jobs.size());
    } catch (SqliteFailure e) {
      replay(jobs.isEmpty() ? List.of(first) : jobs);
      return;
    }
    jobs.forEach(Job::answer);
  }

  private @Nullable Job next(List<Job> jobs, long end) {
    if (jobs.size() >= BATCH_MAX || System.nanoTime() - end > 0) {
      return null;
    }
    var waiting = queue.peek();
    return waiting == null || waiting.alone ? null : queue.poll();
  }

  /// The first work of a transaction needs no savepoint: its failure takes nobody else along.
  private void first(Job job) {
    job.failure = null;
    connection.run(BEGIN);
    try {
      job.result = job.work.apply(connection);
    } catch (Throwable e) {
      job.failure = e;
      rollBack();
      connection.run(BEGIN);
    }
  }

  private void savepoint(Job job) {
    job.failure = null;
    connection.run("SAVEPOINT work");
    try {
      job.result = job.work.apply(connection);
    } catch (Throwable e) {
      job.failure = e;
      connection.run("ROLLBACK TO work");
    }
    connection.run("RELEASE work");
  }

  /// Runs works one by one, each in a transaction of its own, after one that they shared has
  /// failed.
  private void replay(List<Job> jobs) {
    rollBack();
    for (var job : jobs) {
      job.failure = null;
      try {
        connection.run(BEGIN);
        job.result = job.work.apply(connection);
        connection.run("COMMIT");
        commits.incrementAndGet();
        works.incrementAndGet();
      } catch (Throwable e) {
        job.failure = e;
        rollBack();
      }
      job.answer();
    }
  }

  private void rollBack() {
    try {
      connection.run("ROLLBACK");
    } catch (SqliteFailure _) {
      // SQLite has rolled back by itself, as it does when the disk is full
    }
  }

  @Override
  public void close() {
    closing = true;
    queue.offer(new Job(_ -> "closed", true));
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    connection.close();
  }
}
