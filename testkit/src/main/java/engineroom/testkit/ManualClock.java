package engineroom.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that stands still until it is moved.
public final class ManualClock implements InstantSource {
  private final AtomicReference<Instant> now;

  public ManualClock(Instant begin) {
    this.now = new AtomicReference<>(begin);
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  /// Moves on by some time.
  public void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("time must not go back, was " + duration);
    }
    now.updateAndGet(before -> before.plus(duration));
  }
}
