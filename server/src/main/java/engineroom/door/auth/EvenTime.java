package engineroom.door.auth;

import engineroom.http.Response;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Answers at times that say nothing of the work before them: a full number of steps after the
/// request. Writing a mail takes a fifth of a millisecond longer than writing none, which is enough
/// to find out by a few dozen requests who has an account.
final class EvenTime {
  /// Far more than the work takes on a machine that is not busy.
  static final Duration STEP = Duration.ofMillis(20);

  private EvenTime() {}

  /// Does the work, and answers or fails at the end of a step.
  static Response of(Supplier<Response> work) {
    long begin = System.nanoTime();
    try {
      return work.get();
    } finally {
      waitSince(begin);
    }
  }

  private static void waitSince(long begin) {
    long step = STEP.toNanos();
    long steps = Math.ceilDiv(System.nanoTime() - begin, step);
    long end = begin + steps * step;
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      if (Thread.currentThread().isInterrupted()) {
        return; // the program stops, and nobody measures that
      }
      LockSupport.parkNanos(left);
    }
  }
}
