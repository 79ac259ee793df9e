package engineroom.stores.session;

import engineroom.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Group commit (DeWitt et al., "Implementation techniques for main memory database systems",
/// 1984): works of one moment share a transaction, its locks and one wait for the disk. While as
/// many transactions run as may, those who come wait, and who runs one does their works behind its
/// own.
///
/// Meant for works that make rows and hold none that others may want: where one of them does, it
/// goes alone, and so do all of its kind from then on. A work that is refused before it has written
/// anything costs only itself. Any other failure undoes the transaction; then each of its works
/// goes alone, which may be tried again, and so do the next ones of everybody.
public final class GroupCommit {
  private static final int WORKS_MAX = 16;

  /// How long works are gathered before those that are done get their answer.
  private static final Duration GATHER_MAX = Duration.ofMillis(5);

  /// Works that go alone after a shared transaction that failed.
  private static final int CAREFUL = 100;

  private final Transactions transactions;
  private final int running;
  private final Duration gather;
  private final Lock lock = new ReentrantLock();
  private final Deque<Job<?>> waiting = new ArrayDeque<>();
  private final Set<String> apart = ConcurrentHashMap.newKeySet();
  private final AtomicInteger careful = new AtomicInteger();
  private int run;

  /// Where works share transactions.
  public interface Transactions {
    /// Runs works in a transaction, once, and commits it.
    ///
    /// @param committed hears where the server's log ends then
    void share(Consumer<Writing> works, LongConsumer committed);
  }

  /// Something to do in a transaction that others may share.
  public interface Work<T extends @Nullable Object> {
    T run(Writing writing, Sharing sharing);
  }

  /// @param running transactions at a time
  public GroupCommit(int running, Transactions transactions) {
    this(running, GATHER_MAX, transactions);
  }

  GroupCommit(int running, Duration gather, Transactions transactions) {
    this.running = running;
    this.gather = gather;
    this.transactions = transactions;
  }

  /// What somebody who waits is told.
  private enum Turn {
    LEADS,
    OVER,
    ALONE
  }

  /// A work may not go on with others.
  private static final class Apart extends RuntimeException {}

  /// A work failed and left something.
  private static final class Unfinished extends RuntimeException {
    Unfinished(RuntimeException cause) {
      super(cause);
    }
  }

  /// A work and who waits for it.
  private static final class Job<T extends @Nullable Object> {
    final String kind;
    final Work<T> work;
    final @Nullable LongConsumer committed;
    final CompletableFuture<Turn> turn = new CompletableFuture<>();
    @Nullable T result;
    @Nullable RuntimeException failure;

    Job(String kind, Work<T> work, @Nullable LongConsumer committed) {
      this.kind = kind;
      this.work = work;
      this.committed = committed;
    }

    void run(Writing writing, Sharing sharing) {
      result = work.run(writing, sharing);
    }

    @SuppressWarnings("NullAway") // a work may give null
    T result() {
      if (failure != null) {
        throw failure;
      }
      return result;
    }
  }

  /// Runs a work in a transaction that it may share.
  ///
  /// @param kind of works that hold the same
  /// @param committed hears where the server's log ends then; null for nobody
  /// @param alone does it in a transaction of its own
  public <T extends @Nullable Object> T write(
      String kind, Work<T> work, @Nullable LongConsumer committed, Supplier<T> alone) {
    if (apart.contains(kind) || careful.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      return alone.get();
    }
    var job = new Job<>(kind, work, committed);
    var told = leads(job) ? Turn.LEADS : job.turn.join();
    var turn = told == Turn.LEADS ? lead(job) : told;
    return turn == Turn.OVER ? job.result() : alone.get();
  }

  private boolean leads(Job<?> job) {
    lock.lock();
    try {
      if (run == running) {
        waiting.add(job);
        return false;
      }
      run++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// How many wait.
  int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Job<?> next() {
    lock.lock();
    try {
      return waiting.poll();
    } finally {
      lock.unlock();
    }
  }

  /// Runs a transaction that begins with a work; what that one is told.
  private Turn lead(Job<?> first) {
    var round = new Round(first);
    try {
      transactions.share(round::run, round::committed);
      return round.end(Turn.OVER);
    } catch (ProblemException e) {
      round.fail(e);
      goAlone();
      return round.end(Turn.OVER);
    } catch (RuntimeException | Error _) { // who it belongs to meets it again
      goAlone();
      return round.end(Turn.ALONE);
    } finally {
      passOn();
    }
  }

  /// Sends everybody who waits away, and the next ones too.
  private void goAlone() {
    careful.set(CAREFUL);
    for (var job = next(); job != null; job = next()) {
      job.turn.complete(Turn.ALONE);
    }
  }

  /// Has one of those who wait run the next transaction.
  private void passOn() {
    lock.lock();
    try {
      var next = waiting.poll();
      if (next == null) {
        run--;
      } else {
        next.turn.complete(Turn.LEADS);
      }
    } finally {
      lock.unlock();
    }
  }

  /// A transaction and its works.
  private final class Round implements Sharing {
    final List<Job<?>> jobs = new ArrayList<>();
    final long end = System.nanoTime() + gather.toNanos();
    Job<?> at;
    boolean closed;
    boolean wrote;

    Round(Job<?> first) {
      at = first;
      jobs.add(first);
    }

    void run(Writing writing) {
      for (Job<?> job = at; job != null; job = further()) {
        run(job, writing);
      }
    }

    private @Nullable Job<?> further() {
      if (closed || jobs.size() >= WORKS_MAX || System.nanoTime() - end > 0) {
        return null;
      }
      var job = next();
      if (job != null) {
        jobs.add(job);
      }
      return job;
    }

    private void run(Job<?> job, Writing writing) {
      at = job;
      wrote = false;
      try {
        job.run(writing, this);
      } catch (ProblemException e) {
        if (wrote) {
          throw new Unfinished(e);
        }
        job.failure = e;
      } catch (Apart e) {
        if (wrote) {
          throw e;
        }
        jobs.remove(job);
        job.turn.complete(Turn.ALONE);
      }
    }

    @Override
    public void writes() {
      wrote = true;
    }

    @Override
    public void holds() {
      apart.add(at.kind);
      if (others()) {
        throw new Apart();
      }
      closed = true;
    }

    @Override
    public boolean others() {
      return jobs.size() > 1;
    }

    void committed(long position) {
      for (var job : jobs) {
        if (job.committed != null) {
          job.committed.accept(position);
        }
      }
    }

    void fail(RuntimeException failure) {
      jobs.forEach(job -> job.failure = failure);
    }

    Turn end(Turn turn) {
      jobs.forEach(job -> job.turn.complete(turn));
      return turn;
    }
  }
}
