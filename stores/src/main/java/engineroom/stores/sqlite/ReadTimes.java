package engineroom.stores.sqlite;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Remembers which statements do not take the time that their plans look like: those that took long
/// though they looked short, for a minute, and those that look long and were done at once so often
/// that they are taken for short, until they are not. Handing a read to another thread costs more
/// than reading a few rows.
final class ReadTimes {
  /// What short reads may take of the few threads that they share.
  static final Duration SHORT = Duration.ofMillis(100);

  /// What a read that looks long may take to be a short one.
  static final Duration AT_ONCE = Duration.ofMillis(5);

  /// So often in a row.
  static final int OFTEN = 32;

  /// Who was at once as often as this is forgiven to be late once and again: each time takes half
  /// of it.
  private static final int COUNTED_MAX = 4 * OFTEN;

  private static final long KEPT_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int STATEMENTS_MAX = 1000;

  private final Map<String, Long> slow = new ConcurrentHashMap<>();

  /// How often each was done at once, which a late one halves; counted to [#COUNTED_MAX].
  private final Map<String, Integer> quick = new ConcurrentHashMap<>();

  /// Whether a read had better have a thread of its own.
  boolean isLong(SqliteRead read) {
    return wasSlow(read.text()) || (read.isLong() && quick.getOrDefault(read.text(), 0) < OFTEN);
  }

  private boolean wasSlow(String sql) {
    var when = slow.get(sql);
    return when != null && System.nanoTime() - when < KEPT_NANOS;
  }

  /// Notes how long a read took.
  void note(SqliteRead read, long nanos) {
    if (nanos > SHORT.toNanos()) {
      bounded(slow).put(read.text(), System.nanoTime());
    } else {
      slow.remove(read.text());
    }
    if (nanos > AT_ONCE.toNanos()) {
      quick.computeIfPresent(read.text(), (_, often) -> often / 2);
    } else if (provable(read) && quick.getOrDefault(read.text(), 0) < COUNTED_MAX) {
      bounded(quick).merge(read.text(), 1, Integer::sum);
    }
  }

  /// What is done in memory has no statement by which it could be told from others.
  private static boolean provable(SqliteRead read) {
    return read.isLong() && !read.text().isEmpty();
  }

  private static <V> Map<String, V> bounded(Map<String, V> map) {
    if (map.size() >= STATEMENTS_MAX) {
      map.clear();
    }
    return map;
  }
}
