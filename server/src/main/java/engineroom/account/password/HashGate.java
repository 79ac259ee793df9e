package engineroom.account.password;

import static engineroom.problem.ProblemException.problem;

import engineroom.problem.RequestProblem.NoRoom;
import engineroom.system.LowPriority;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Lets a few passwords be worked on at a time, in the order they came, and the rest wait for a
/// while or go away.
final class HashGate {
  private final HashLimits limits;
  private final Semaphore places;

  /// Whose request goes on: those at work, and as many who will be ready when these are done.
  private final Semaphore turns;

  private final Executor threads;
  private final Pace pace;
  private final Appointments appointments;

  /// Those at work and those who wait.
  private final AtomicInteger inside = new AtomicInteger();

  /// Requests under way that come here sooner or later.
  private final AtomicInteger admitted = new AtomicInteger();

  HashGate(HashLimits limits) {
    this.limits = limits;
    this.places = new Semaphore(limits.parallel(), true);
    this.turns = new Semaphore(2 * limits.parallel(), true);
    this.threads = threads(limits.parallel());
    this.pace = new Pace(limits);
    this.appointments = new Appointments(limits.parallel());
  }

  private static Executor threads(int parallel) {
    var named = Thread.ofPlatform().name("passwords-", 0).daemon().factory();
    ThreadFactory factory = work -> named.newThread(LowPriority.of(work));
    var queue = new LinkedBlockingQueue<Runnable>();
    var threads = new ThreadPoolExecutor(parallel, parallel, 30, TimeUnit.SECONDS, queue, factory);
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /// Whether those who sign in make way for others.
  void makeWay(boolean yes) {
    pace.makeWay(yes);
  }

  /// Others are served, for whom those who sign in make way.
  void othersAreServed() {
    pace.othersAreServed();
  }

  /// Does work that comes to the gate, as long as there will be a place for it. So who would be
  /// refused there is refused before anything was read or counted for them, and a thousand who come
  /// at once are not all read and counted at once either: others get their answers in between.
  <T> T admit(Supplier<T> work) {
    if (admitted.incrementAndGet() > limits.waitingMax() + limits.parallel()) {
      admitted.decrementAndGet();
      throw busy();
    }
    try {
      return inTurn(work, turns);
    } finally {
      admitted.decrementAndGet();
    }
  }

  <T> T pass(Supplier<T> work) {
    if (inside.incrementAndGet() > limits.waitingMax() + limits.parallel()) {
      inside.decrementAndGet();
      throw busy();
    }
    try {
      return inTurn(() -> timed(work), places);
    } finally {
      inside.decrementAndGet();
    }
  }

  private <T> T inTurn(Supplier<T> work, Semaphore few) {
    try {
      if (!few.tryAcquire(limits.waitMax().toNanos(), TimeUnit.NANOSECONDS)) {
        throw busy();
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw busy();
    }
    try {
      return work.get();
    } finally {
      few.release();
    }
  }

  private <T> T timed(Supplier<T> work) {
    long begin = System.nanoTime();
    try {
      pace.await();
      return done(work);
    } finally {
      appointments.served(System.nanoTime() - begin);
    }
  }

  /// Does work on a thread of its own and not on the few that carry all requests: those go on with
  /// others, and the system lets them have the processors first.
  private <T> T done(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, threads).join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException thrown -> throw thrown;
        case Error thrown -> throw thrown;
        case null, default -> throw e;
      }
    }
  }

  private RuntimeException busy() {
    var title = "Too many are signing in at this moment.";
    return problem(new NoRoom("passwords", title, appointments.next()));
  }
}
