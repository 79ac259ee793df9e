package engineroom.account.password;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// When those for whom there is no room may come again: one after another, as fast as others are
/// served. So a thousand who were refused at once do not all come back at once.
final class Appointments {
  /// Nobody is sent away for longer: who does not come at their time has kept it from nobody.
  static final Duration LATEST = Duration.ofMinutes(1);

  /// What a hash is taken for until the first was made.
  static final Duration FIRST_GUESS = Duration.ofMillis(50);

  private final int parallel;

  /// How long one takes, in nanoseconds: the last one counts for an eighth.
  private final AtomicLong each = new AtomicLong(FIRST_GUESS.toNanos());

  /// The time of the last appointment, by [System#nanoTime].
  private final AtomicLong last = new AtomicLong(System.nanoTime());

  /// @param parallel how many are served at a time
  Appointments(int parallel) {
    this.parallel = parallel;
  }

  /// Somebody was served, and it took so long.
  void served(long nanos) {
    each.accumulateAndGet(nanos, (before, now) -> (before * 7 + now) / 8);
  }

  /// How long from now the next one is.
  Duration next() {
    long now = System.nanoTime();
    long apart = each.get() / parallel;
    long due =
        last.updateAndGet(
            before -> now + Math.min(Math.max(before - now, 0) + apart, LATEST.toNanos()));
    return Duration.ofNanos(due - now);
  }
}
