package engineroom.account.password;

import engineroom.system.LowPriority;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// The threads that hash: not the few that carry all requests, which go on with others meanwhile.
///
/// What is worked on outside of Java has threads that get a processor when nobody else wants it. On
/// a machine where somebody always does, that may be never: then the same work is done once more on
/// one of the others, which get a tenth. Work in Java is done by those at once, for whoever stops
/// all threads of Java has to wait for each to come to a halt, and one that gets no processor comes
/// to none.
final class HashThreads {
  /// Many times what a hash takes.
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Executor last;
  private final Executor late;

  /// What [#last] has not come to in time, and not yet either.
  private final AtomicInteger overdue = new AtomicInteger();

  /// @param parallel how much is done at a time
  HashThreads(int parallel) {
    this.last = threads(parallel, "passwords-last-", LowPriority.LAST);
    this.late = threads(parallel, "passwords-", LowPriority.LATE);
  }

  private static Executor threads(int parallel, String name, LowPriority priority) {
    var named = Thread.ofPlatform().name(name, 0).daemon().factory();
    ThreadFactory factory = work -> named.newThread(priority.of(work));
    var queue = new LinkedBlockingQueue<Runnable>();
    var threads = new ThreadPoolExecutor(parallel, parallel, 30, TimeUnit.SECONDS, queue, factory);
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /// Does work in Java.
  <T> T inJava(Supplier<T> work) {
    return joined(CompletableFuture.supplyAsync(work, late));
  }

  /// Does work that is outside of Java for the most of it, and may be done twice.
  <T> T outside(Supplier<T> work) {
    if (overdue.get() > 0) {
      return inJava(work);
    }
    var first = CompletableFuture.supplyAsync(work, last);
    try {
      var _ = first.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException starved) {
      overdue.incrementAndGet();
      var _ = first.whenComplete((_, _) -> overdue.decrementAndGet());
      return inJava(work);
    } catch (ExecutionException failed) {
      return joined(first);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    return joined(first);
  }

  private static <T> T joined(CompletableFuture<T> work) {
    try {
      return work.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException thrown -> throw thrown;
        case Error thrown -> throw thrown;
        case null, default -> throw e;
      }
    }
  }
}
