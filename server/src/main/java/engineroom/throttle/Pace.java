package engineroom.throttle;

import engineroom.modelfile.Rates.Rate;
import java.time.Duration;

/// A named rate as buckets count it.
///
/// @param name of the limit, as callers are told it
/// @param interval nanoseconds in which one more is there
/// @param window nanoseconds in which all are
record Pace(String name, int count, long interval, long window) {
  static Pace of(String name, Rate rate) {
    var window = rate.window().toNanos();
    return new Pace(name, rate.count(), window / rate.count(), window);
  }

  /// So many a minute.
  static Pace ofMinute(String name, long count) {
    var window = Duration.ofMinutes(1).toNanos();
    return new Pace(name, Math.toIntExact(count), window / count, window);
  }

  Duration length() {
    return Duration.ofNanos(window);
  }
}
