package engineroom.account.key;

import static engineroom.problem.ProblemException.problem;

import engineroom.problem.RequestProblem.TooOften;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// How much each key has left of its requests a minute. What is not used is kept for a minute, so
/// that many at once are fine as long as they are few in all.
public final class Allowances {
  /// Keys that are counted; beyond it all begin anew.
  static final int KEYS_MAX = 20_000;

  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final ConcurrentHashMap<UUID, Bucket> buckets = new ConcurrentHashMap<>();

  /// What is left, and when that was so.
  private record Bucket(double left, Instant at) {
    private Bucket filled(int perMinute, Instant now) {
      var passed = Math.max(0, Duration.between(at, now).toMillis());
      var more = (double) passed * perMinute / WINDOW.toMillis();
      return new Bucket(Math.min(perMinute, left + more), now.isAfter(at) ? now : at);
    }

    private Bucket less() {
      return new Bucket(left - 1, at);
    }
  }

  /// Takes one request of a key's; refuses it where none is left.
  public void take(UUID key, int perMinute, Instant now) {
    if (buckets.size() >= KEYS_MAX) {
      buckets.clear();
    }
    buckets.compute(
        key,
        (_, known) -> {
          var bucket = known == null ? new Bucket(perMinute, now) : known.filled(perMinute, now);
          if (bucket.left() < 1) {
            throw tooOften(bucket, perMinute);
          }
          return bucket.less();
        });
  }

  private static RuntimeException tooOften(Bucket bucket, int perMinute) {
    var millis = Math.ceil((1 - bucket.left()) * WINDOW.toMillis() / perMinute);
    return problem(new TooOften("key", perMinute, WINDOW, Duration.ofMillis((long) millis)));
  }
}
