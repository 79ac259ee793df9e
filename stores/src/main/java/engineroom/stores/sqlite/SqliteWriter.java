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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The one thread that writes. Takes what waits, runs each work, commits once, and only then
/// answers them all: so many writers share one wait for the disk, and one that fails costs only
/// itself.
///
/// Most works that fail have changed nothing yet. Where one has, the transaction is begun again
/// with a savepoint for each of its works, and so are those of the next while: SQLite keeps a copy
/// of each page that a work changes behind a savepoint.
final class SqliteWriter implements AutoCloseable {
  private static final String BEGIN = "BEGIN IMMEDIATE";
  private static final int QUEUE_MAX = 10_000;
  private static final int BATCH_MAX = 512;

  /// Transactions with savepoints after a work that had to be undone.
  private static final int CAREFUL = 100;

  /// How long works are gathered before those that are done get their answer.
  private static final long BATCH_NANOS_MAX = 20_000_000;

  private final SqliteConnection connection;
  private final BlockingQueue<Job> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
  private final Thread thread;
  private final AtomicLong commits = new AtomicLong();
  private final AtomicLong works = new AtomicLong();
  private int careful;

  /// Whether others wait for the transaction at hand, who have done their part of it.
  private boolean shared;

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

  /// Whether somebody waits for the work at hand to end. Asked by that work.
  boolean awaited() {
    return shared || !queue.isEmpty();
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
    shared = false;
    var jobs = new ArrayList<Job>();
    jobs.add(first);
    try {
      if (careful > 0) {
        careful--;
        gather(jobs, this::savepoint);
      } else if (!gather(jobs, this::bare)) {
        again(jobs);
      }
      connection.run("COMMIT");
      commits.incrementAndGet();
      works.addAndGet(jobs.size());
    } catch (SqliteFailure e) {
      replay(jobs);
      return;
    }
    jobs.forEach(Job::answer);
  }

  /// Runs the first work and those that wait in one transaction, as long as they can go on in it.
  private boolean gather(List<Job> jobs, Predicate<Job> run) {
    var end = System.nanoTime() + BATCH_NANOS_MAX;
    connection.run(BEGIN);
    var goesOn = run.test(jobs.getFirst());
    while (goesOn) {
      var job = next(jobs, end);
      if (job == null) {
        return true;
      }
      jobs.add(job);
      shared = true;
      goesOn = run.test(job);
    }
    return false;
  }

  /// Begins the transaction again, for the same works. One that was alone has failed for good.
  private void again(List<Job> jobs) {
    rollBack();
    connection.run(BEGIN);
    if (jobs.size() > 1) {
      careful = CAREFUL;
      jobs.forEach(this::savepoint);
    }
  }

  private @Nullable Job next(List<Job> jobs, long end) {
    if (jobs.size() >= BATCH_MAX || System.nanoTime() - end > 0) {
      return null;
    }
    var waiting = queue.peek();
    return waiting == null || waiting.alone ? null : queue.poll();
  }

  /// Runs a work; false where it failed and left something that must be undone.
  private boolean bare(Job job) {
    var before = connection.changes();
    try {
      job.result = job.work.apply(connection);
      return true;
    } catch (Throwable e) {
      job.failure = e;
      return connection.changes() == before && connection.isInTransaction();
    }
  }

  /// Runs a work and undoes it where it fails.
  private boolean savepoint(Job job) {
    job.failure = null;
    connection.run("SAVEPOINT work");
    try {
      job.result = job.work.apply(connection);
    } catch (Throwable e) {
      job.failure = e;
      connection.run("ROLLBACK TO work");
    }
    connection.run("RELEASE work");
    return true;
  }

  /// Runs works one by one, each in a transaction of its own, after one that they shared has
  /// failed.
  private void replay(List<Job> jobs) {
    rollBack();
    shared = false;
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
