package engineroom.account.password;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Keeps hashes apart while others are served. Each sign-in costs others a moment: not by its hash,
/// which comes last for a processor, but by what is read and written for it out of cold memory. So
/// not too many of them a second leave the slowest answers of others alone. A few may come at once;
/// of more, each begins a while after the one before.
final class Pace {
  /// As many as may begin at once.
  static final int AT_ONCE = 10;

  /// How long others are taken to be there after one of them was.
  static final Duration THERE = Duration.ofSeconds(1);

  private final long apart;

  /// When the next one would begin if all had come evenly, by [System#nanoTime].
  private long due = System.nanoTime();

  /// When it was last seen that others are served, by the same clock.
  private long seen = System.nanoTime() - THERE.toNanos();

  private volatile boolean others;
  private volatile boolean waits = true;

  Pace(HashLimits limits) {
    this.apart = limits.apart().dividedBy(limits.parallel()).toNanos();
  }

  /// Whether hashes are kept apart for others.
  void makeWay(boolean yes) {
    waits = yes;
  }

  /// Somebody is served who does not sign in.
  void othersAreServed() {
    if (!others) {
      others = true; // looking costs next to nothing, and mostly it is said already
    }
  }

  /// Waits until the next hash may begin.
  void await() {
    long now = System.nanoTime();
    long begins = now + next(now).toNanos();
    for (long wait = begins - now; wait > 0; wait = begins - System.nanoTime()) {
      LockSupport.parkNanos(wait);
      if (Thread.currentThread().isInterrupted()) {
        return; // the program is ending
      }
    }
  }

  /// How long the next one has to wait, which is asked now.
  ///
  /// @param now by [System#nanoTime]
  synchronized Duration next(long now) {
    if (others) {
      others = false;
      seen = now;
    }
    if (!waits || now - seen >= THERE.toNanos()) {
      due = now;
      return Duration.ZERO;
    }
    long early = Math.max(due - now, 0);
    due = now + early + apart;
    return Duration.ofNanos(Math.max(0, early - (AT_ONCE - 1) * apart));
  }
}
