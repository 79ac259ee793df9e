package engineroom.account.password;

import java.security.SecureRandom;
import java.time.Duration;

/// Passwords whose hashes take next to no time, so that those who race for something meet there and
/// not in the queue before the hash.
public final class QuickPasswords {
  private QuickPasswords() {}

  public static Passwords of(SecureRandom random) {
    var least = new Argon2Hash.Work(8, 1, 1);
    var usual = HashLimits.defaults();
    var limits = new HashLimits(usual.parallel(), 1_000, usual.waitMax(), Duration.ZERO);
    return new Passwords(limits, random, least);
  }
}
