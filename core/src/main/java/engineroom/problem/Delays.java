package engineroom.problem;

import java.time.Duration;

/// How long to wait is told in whole seconds.
final class Delays {
  private Delays() {}

  /// Whole seconds to wait, at least one.
  static long seconds(Duration delay) {
    return Math.max(1, delay.plusNanos(999_999_999).toSeconds());
  }

  static String hint(Duration delay) {
    var seconds = seconds(delay);
    return "Try again in " + seconds + (seconds == 1 ? " second." : " seconds.");
  }
}
