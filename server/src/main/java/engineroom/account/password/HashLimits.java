package engineroom.account.password;

import java.time.Duration;

/// How many passwords are worked on at a time.
///
/// @param parallel at most this many; each fills 19 MiB, or up to 128 MiB for an imported hash
/// @param waitingMax those beyond are refused at once
/// @param waitMax of one; longer than that it is refused
public record HashLimits(int parallel, int waitingMax, Duration waitMax) {
  /// What one processor hashes in [#WAIT_MAX], rounded down: who comes later would wait in vain.
  private static final int WAITING_PER_PROCESSOR = 128;

  private static final Duration WAIT_MAX = Duration.ofSeconds(10);

  public HashLimits {
    if (parallel < 1 || waitingMax < 0 || waitMax.isNegative()) {
      throw new IllegalArgumentException(
          "at least one password at a time, and no negative queue or time");
    }
  }

  /// Half of the processors: a hash is work without a pause, which holds the processor that its
  /// virtual thread runs on, and the other half goes on answering everybody else.
  public static HashLimits defaults() {
    int parallel = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    return new HashLimits(parallel, WAITING_PER_PROCESSOR * parallel, WAIT_MAX);
  }
}
