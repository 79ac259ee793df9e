package engineroom.stores.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/// Carries out the writes of a transaction beside the thread that thinks of them, in their order,
/// so that two processors work at it. Used by one thread, which waits for all of them wherever it
/// has to see what they did.
final class Hand implements AutoCloseable {
  /// Writes that are handed over together: one by one, handing over would cost what it saves.
  private static final int TOGETHER = 64;

  /// Bundles that wait, so that a disk that is slow fills no memory.
  private static final int WAITING_MAX = 8;

  private static final List<Runnable> END = List.of();

  private final BlockingQueue<List<Runnable>> queue = new ArrayBlockingQueue<>(WAITING_MAX);
  private final Thread thread;
  private List<Runnable> gathered = new ArrayList<>(TOGETHER);
  private long given;
  private boolean settling;

  private long done;
  private @Nullable RuntimeException failure;

  Hand() {
    thread = Thread.ofPlatform().name("sqlite-hand").start(this::loop);
  }

  /// Does something after all that was given before.
  ///
  /// @throws RuntimeException what one given before has thrown; nothing is done since then
  void add(Runnable work) {
    gathered.add(work);
    if (gathered.size() >= TOGETHER) {
      check();
      give(gathered);
      gathered = new ArrayList<>(TOGETHER);
    }
  }

  private void give(List<Runnable> some) {
    try {
      queue.put(some);
      given++;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("nobody interrupts a writer", e);
    }
  }

  /// Returns when all that was given is done. Works themselves may call it: they wait for nothing.
  ///
  /// @throws RuntimeException what one of them has thrown
  void settle() {
    if (settling || Thread.currentThread() == thread) {
      return;
    }
    await();
    check();
    settling = true;
    try {
      gathered.forEach(Runnable::run);
    } finally {
      gathered.clear();
      settling = false;
    }
  }

  private synchronized void await() {
    try {
      while (done < given) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("nobody interrupts a writer", e);
    }
  }

  private synchronized void check() {
    if (failure != null) {
      throw failure;
    }
  }

  private void loop() {
    try {
      for (var some = queue.take(); some != END; some = queue.take()) {
        done(run(some));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable RuntimeException run(List<Runnable> some) {
    if (failed()) {
      return null; // they stand on what was not done
    }
    try {
      some.forEach(Runnable::run);
      return null;
    } catch (RuntimeException e) {
      return e;
    } catch (Error e) {
      return new IllegalStateException("a write ended with an error", e);
    }
  }

  private synchronized boolean failed() {
    return failure != null;
  }

  private synchronized void done(@Nullable RuntimeException thrown) {
    if (thrown != null) {
      failure = thrown;
    }
    done++;
    notifyAll();
  }

  /// Forgets what was gathered and not given, and waits for the rest.
  @Override
  public void close() {
    gathered.clear();
    give(END);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("nobody interrupts a writer", e);
    }
  }
}
