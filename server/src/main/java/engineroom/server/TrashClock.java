package engineroom.server;

import engineroom.Engine;
import engineroom.problem.ProblemException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Forgets deleted rows whose time in the trash is over: at the start, and every minute.
final class TrashClock implements AutoCloseable {
  private static final Logger LOG = System.getLogger("engineroom.trash");
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final Duration END = Duration.ofSeconds(5);

  /// Deletions forgotten in one transaction: each may be of thousands of rows.
  private static final int AT_ONCE = 50;

  /// Transactions each time, so that a long trash holds up no other write for long.
  private static final int TIMES_MAX = 200;

  private final Supplier<Engine> engine;
  private final InstantSource clock;
  private final BooleanSupplier ours;
  private final Thread thread;
  private final AtomicLong total = new AtomicLong();
  private volatile boolean closing;

  /// @param engine of the model that is served at the moment
  TrashClock(Supplier<Engine> engine, InstantSource clock) {
    this(engine, clock, () -> true);
  }

  /// @param ours whether it is this process that forgets, of all that serve the app
  TrashClock(Supplier<Engine> engine, InstantSource clock, BooleanSupplier ours) {
    this.engine = engine;
    this.clock = clock;
    this.ours = ours;
    this.thread = Thread.ofPlatform().daemon().name("trash").unstarted(this::loop);
  }

  TrashClock start() {
    thread.start();
    return this;
  }

  private void loop() {
    try {
      while (!closing) {
        if (ours.getAsBoolean()) {
          tick();
        }
        Thread.sleep(EVERY);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Forgets what is over, and tells how many deletions that were.
  int tick() {
    var forgotten = 0;
    try {
      for (int times = 0; times < TIMES_MAX && !closing; times++) {
        var some = engine.get().purgeTrash(clock.instant(), AT_ONCE);
        forgotten += some;
        if (some == 0) {
          break;
        }
      }
    } catch (ProblemException e) {
      LOG.log(Level.WARNING, "trash not purged, tried again in a minute: " + e.problem().title());
    }
    total.addAndGet(forgotten);
    if (forgotten > 0) {
      LOG.log(Level.INFO, "operation=trash.purge deletions=" + forgotten);
    }
    return forgotten;
  }

  /// How many deletions were forgotten since the start.
  long total() {
    return total.get();
  }

  @Override
  public void close() {
    closing = true;
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    thread.interrupt();
    try {
      var _ = thread.join(END);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
