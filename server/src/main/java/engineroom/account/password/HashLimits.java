package engineroom.account.password;

import java.time.Duration;

/// How many passwords are worked on at a time.
///
/// @param parallel at most this many; each fills 19 MiB, or up to 128 MiB for an imported hash
/// @param waitingMax those beyond are refused at once
/// @param waitMax of one; longer than that it is refused
/// @param apart from the beginning of one to that of the next, where one at a time is worked on,
///   while others are served and more than a few sign in
public record HashLimits(int parallel, int waitingMax, Duration waitMax, Duration apart) {
  private static final Duration WAIT_MAX = Duration.ofSeconds(12);
  private static final Duration APART = Duration.ofMillis(333);

  /// What one processor hashes in [#WAIT_MAX] while others are served, rounded down: who comes
  /// later would wait in vain.
  private static final int WAITING_PER_PROCESSOR = 36;

  public HashLimits {
    if (parallel < 1 || waitingMax < 0 || waitMax.isNegative() || apart.isNegative()) {
      throw new IllegalArgumentException(
          "at least one password at a time, and no negative queue or time");
    }
  }

  /// Half of the processors: a hash is work without a pause, which holds the processor that its
  /// virtual thread runs on, and the other half goes on answering everybody else.
  public static HashLimits defaults() {
    int parallel = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    return new HashLimits(parallel, WAITING_PER_PROCESSOR * parallel, WAIT_MAX, APART);
  }
}
