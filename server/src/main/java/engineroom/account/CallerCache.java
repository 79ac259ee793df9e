package engineroom.account;

import engineroom.operation.Caller;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Remembers the callers of one kind of credential, so that proving it costs nothing the next time.
/// What rows say of them is asked again after half a second: whoever is suspended, signed out or
/// loses a role is so within a second, on every node.
final class CallerCache {
  /// How long nobody asks the rows again.
  static final long FRESH_MILLIS = 500;

  /// Credentials that are remembered; beyond it they are forgotten and proved again.
  static final int KEPT_MAX = 20_000;

  private final Credential credential;
  private final ConcurrentHashMap<String, Known> known = new ConcurrentHashMap<>();
  private final AtomicLong generation = new AtomicLong();

  CallerCache(Credential credential) {
    this.credential = credential;
  }

  /// @param until when the credential or what it stands for is over
  private record Known(
      Credential.Proven proven,
      Caller.User caller,
      Instant until,
      long checkedMillis,
      long generation) {
    boolean fresh(Instant now, long present) {
      var age = now.toEpochMilli() - checkedMillis;
      return age >= 0 && age <= FRESH_MILLIS && generation == present;
    }
  }

  /// The caller that a credential stands for; empty where it is not good.
  Optional<Caller.User> find(String text, Instant now) {
    var found = known.get(text);
    if (found != null && !now.isBefore(found.until())) {
      known.remove(text);
      found = null;
    }
    if (found == null) {
      return credential.prove(text, now).flatMap(proven -> asked(text, proven, now));
    }
    return found.fresh(now, generation.get())
        ? Optional.of(found.caller())
        : asked(text, found.proven(), now);
  }

  /// Asks the rows.
  private Optional<Caller.User> asked(String text, Credential.Proven proven, Instant now) {
    long present = generation.get();
    var standing = credential.standing(proven, now).orElse(null);
    if (standing == null) {
      known.remove(text);
      return Optional.empty();
    }
    if (known.size() >= KEPT_MAX) {
      known.clear();
    }
    var until = standing.until().isBefore(proven.until()) ? standing.until() : proven.until();
    known.put(text, new Known(proven, standing.caller(), until, now.toEpochMilli(), present));
    return Optional.of(standing.caller());
  }

  /// From now on the rows are asked again for everybody.
  void distrust() {
    generation.incrementAndGet();
  }

  int size() {
    return known.size();
  }
}
