package engineroom.stores.sqlite;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Remembers for a minute which statements took long though their plan did not look so.
final class SlowReads {
  private static final long KEPT_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int STATEMENTS_MAX = 1000;

  private final Map<String, Long> seen = new ConcurrentHashMap<>();

  boolean contains(String sql) {
    var when = seen.get(sql);
    return when != null && System.nanoTime() - when < KEPT_NANOS;
  }

  /// Notes how a statement did the last time.
  void note(String sql, boolean slow) {
    if (!slow) {
      seen.remove(sql);
      return;
    }
    if (seen.size() >= STATEMENTS_MAX) {
      seen.clear();
    }
    seen.put(sql, System.nanoTime());
  }
}
