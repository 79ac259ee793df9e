package engineroom.data;

import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// Makes ids: UUIDs of version 7 (RFC 9562, 5.7). They grow with time, also within a millisecond, so that indexes and cursors
/// stay cheap.
public final class Ids {
  private static final int COUNTER_BITS = 12;

  private final InstantSource clock;
  private final RandomGenerator random;
  private long last;

  public Ids(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /// The next id, greater than every one before.
  public UUID next() {
    long tick = tick();
    long high = (tick >>> COUNTER_BITS << 16) | 0x7000L | (tick & 0xFFF);
    long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  /// Milliseconds and a counter in their lower bits, which runs on into the next millisecond when it is full.
  private synchronized long tick() {
    last = Math.max(last + 1, clock.millis() << COUNTER_BITS);
    return last;
  }
}
