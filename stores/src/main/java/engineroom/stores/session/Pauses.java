package engineroom.stores.session;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// How long work is tried again that others stand in the way of, or whose connection was lost, and
/// the pauses between.
public final class Pauses {
  private static final int MILLIS_MAX = 64;

  private final long end;
  private int tries;

  /// @param most for how long
  public Pauses(Duration most) {
    this.end = System.nanoTime() + most.toNanos();
  }

  /// Whether the time is over.
  public boolean over() {
    return System.nanoTime() - end > 0;
  }

  /// Waits for a while that differs from one to the other, longer each time.
  public void pause() {
    var most = Math.min(MILLIS_MAX, 1 << Math.min(tries++, 10));
    try {
      Thread.sleep(Duration.ofNanos(ThreadLocalRandom.current().nextLong(most * 1_000_000L)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the database", e);
    }
  }
}
