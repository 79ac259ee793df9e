package engineroom.store;

import static engineroom.problem.ProblemException.problem;

import engineroom.problem.StoreProblem.OutOfTime;
import java.time.Duration;

/// The end of a read's time, looked at once every 1,000 rows.
final class Deadline {
  private static final int ROWS_BETWEEN_LOOKS = 1_000;
  private static final Duration LONGEST = Duration.ofDays(1);

  private final Duration limit;
  private final long start = System.nanoTime();
  private int rows;

  Deadline(Duration limit) {
    this.limit = limit.compareTo(LONGEST) > 0 ? LONGEST : limit;
  }

  /// Counts a row that was looked at.
  void row() {
    if (++rows % ROWS_BETWEEN_LOOKS == 0 && System.nanoTime() - start > limit.toNanos()) {
      throw problem(new OutOfTime(limit.toSeconds()));
    }
  }
}
