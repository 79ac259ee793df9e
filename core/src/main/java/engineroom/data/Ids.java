package engineroom.data;

import java.time.InstantSource;
import java.time.temporal.ChronoField;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// Makes UUIDs of version 7 (RFC 9562): ordered by time, and each one greater than the one before
/// it, even when the clock stands still or steps back. Safe for any number of threads.
public final class Ids {
  private static final int COUNTER_BITS = 12;
  private static final long NANOS_OF_MILLISECOND = 1_000_000;

  private final InstantSource clock;
  private final RandomGenerator random;

  /// Milliseconds since 1970 and, below them, twelve bits that count up.
  private long last;

  public Ids(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /// The next id.
  public synchronized UUID next() {
    var now = clock.instant();
    var fraction =
        (now.get(ChronoField.NANO_OF_SECOND) % NANOS_OF_MILLISECOND << COUNTER_BITS)
            / NANOS_OF_MILLISECOND;
    last = Math.max(last + 1, (now.toEpochMilli() << COUNTER_BITS) | fraction);
    var high = (last >>> COUNTER_BITS << 16) | 0x7000 | (last & 0xFFF);
    var low = (random.nextLong() >>> 2) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
