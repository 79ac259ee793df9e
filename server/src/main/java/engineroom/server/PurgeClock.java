package engineroom.server;

import engineroom.Engine;
import engineroom.account.Accounts;
import engineroom.problem.ProblemException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Forgets what is over: at the start, and again and again.
final class PurgeClock implements AutoCloseable {
  private static final Logger LOG = System.getLogger("engineroom.purge");
  private static final Duration EVERY = Duration.ofMinutes(1);

  /// Where what is over is looked for by going over rows.
  private static final Duration SEARCH_EVERY = Duration.ofHours(1);

  private static final Duration END = Duration.ofSeconds(5);

  /// Transactions each time, so that much to forget holds up no other write for long.
  private static final int TIMES_MAX = 200;

  /// Deletions forgotten in one transaction: each may be of thousands of rows.
  private static final int TRASH_AT_ONCE = 50;

  private final List<Purge> purges;
  private final InstantSource clock;
  private final BooleanSupplier ours;
  private final Thread thread;
  private final AtomicLong total = new AtomicLong();
  private final Map<Purge, Instant> last = new HashMap<>();
  private volatile boolean closing;

  /// Something that is forgotten when its time is over.
  ///
  /// @param what in the words of the log: `trash`
  /// @param every how often there is a look
  record Purge(String what, Duration every, Work work) {}

  /// Forgets some, and tells how many; 0 where nothing is over.
  @FunctionalInterface
  interface Work {
    int some(Instant now);
  }

  /// What an app has to forget: deleted rows, old versions, and accounts that nobody confirmed.
  ///
  /// @param engine of the model that is served at the moment
  static List<Purge> all(Supplier<Engine> engine, Supplier<Accounts> accounts) {
    return List.of(
        new Purge("trash", EVERY, now -> engine.get().purgeTrash(now, TRASH_AT_ONCE)),
        new Purge("history", SEARCH_EVERY, now -> engine.get().purgeVersions(now)),
        new Purge("accounts", SEARCH_EVERY, now -> accounts.get().unconfirmed().purge(now)));
  }

  PurgeClock(List<Purge> purges, InstantSource clock) {
    this(purges, clock, () -> true);
  }

  /// @param ours whether it is this process that forgets, of all that serve the app
  PurgeClock(List<Purge> purges, InstantSource clock, BooleanSupplier ours) {
    this.purges = List.copyOf(purges);
    this.clock = clock;
    this.ours = ours;
    this.thread = Thread.ofPlatform().daemon().name("purge").unstarted(this::loop);
  }

  PurgeClock start() {
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

  /// Forgets what is over of all that is due, and tells how much that was.
  int tick() {
    int forgotten = 0;
    for (var purge : purges) {
      if (due(purge)) {
        forgotten += purge(purge);
      }
    }
    return forgotten;
  }

  private boolean due(Purge purge) {
    var now = clock.instant();
    var before = last.get(purge);
    if (before != null && before.plus(purge.every()).isAfter(now)) {
      return false;
    }
    last.put(purge, now);
    return true;
  }

  private int purge(Purge purge) {
    int forgotten = 0;
    try {
      int some = 1;
      for (int times = 0; some > 0 && times < TIMES_MAX && !closing; times++) {
        some = purge.work().some(clock.instant());
        forgotten += some;
      }
    } catch (ProblemException e) {
      last.remove(purge); // tried again with the next look
      var why = e.problem().title();
      LOG.log(Level.WARNING, purge.what() + " not purged, tried again in a minute: " + why);
    }
    total.addAndGet(forgotten);
    if (forgotten > 0) {
      LOG.log(Level.INFO, "operation=" + purge.what() + ".purge gone=" + forgotten);
    }
    return forgotten;
  }

  /// How much was forgotten since the start.
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
