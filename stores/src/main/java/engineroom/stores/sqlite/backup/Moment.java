package engineroom.stores.sqlite.backup;

import java.time.Instant;

/// Where to go back to.
public sealed interface Moment {
  /// No change that began later is in.
  record At(Instant time) implements Moment {}

  /// The last change that is in; the others of its operation are in too.
  record Number(long sequence) implements Moment {
    public Number {
      if (sequence < 0) {
        throw new IllegalArgumentException("a sequence must be 0 or more, was " + sequence);
      }
    }
  }
}
