package engineroom.account.password;

import java.security.SecureRandom;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Hashes passwords and compares them with their hashes.
///
/// New hashes are Argon2id in the PHC form; those of other programs (bcrypt, scrypt, PBKDF2) are
/// understood, so that users can be taken over with their passwords. The exact bytes of UTF-8
/// count: nothing is trimmed, folded or cut.
public final class Passwords {
  /// Far above what the rules allow: longer ones never get as far as the hash.
  private static final int LENGTH_MAX = 4_096;

  private static final int STORED_MAX = 512;
  private static final byte[] NOBODYS_SALT = new byte[Argon2Hash.SALT_BYTES];

  private final HashGate gate;
  private final SecureRandom random;
  private final Argon2Hash.Work work;

  public Passwords(HashLimits limits, SecureRandom random) {
    this(limits, random, Argon2Hash.Work.TODAY);
  }

  /// @param work of new hashes
  Passwords(HashLimits limits, SecureRandom random, Argon2Hash.Work work) {
    this.gate = new HashGate(limits);
    this.random = random;
    this.work = work;
  }

  /// Does the work of a request that compares or hashes a password on its way, or refuses it at
  /// once where too many are at it.
  public <T> T admit(Supplier<T> work) {
    return gate.admit(work);
  }

  /// Whether many who sign in at once make way for others, from now on: they do unless somebody
  /// says otherwise.
  public void makeWay(boolean yes) {
    gate.makeWay(yes);
  }

  /// Somebody is served who does not sign in: those who do make way.
  public void othersAreServed() {
    gate.othersAreServed();
  }

  /// The text to store. Ask [PasswordRules] first.
  ///
  /// @throws IllegalArgumentException for a password that its rules refuse for its bytes
  public String hash(String password) {
    var bytes = readable(password);
    if (bytes == null) {
      throw new IllegalArgumentException("a password that the rules refuse is not hashed");
    }
    var salt = new byte[Argon2Hash.SALT_BYTES];
    random.nextBytes(salt);
    return gate.pass(() -> Argon2Hash.of(work, bytes, salt)).text();
  }

  /// Whether the password is the one whose hash is stored; a text that is no known hash is WRONG,
  /// after the same work.
  public Verdict verify(String password, String stored) {
    var hash = read(stored);
    var bytes = readable(password);
    if (hash == null || bytes == null) {
      waste(password);
      return Verdict.WRONG;
    }
    if (!gate.pass(() -> hash.matches(bytes))) {
      return Verdict.WRONG;
    }
    return hash.weak() ? Verdict.RIGHT_BUT_WEAK : Verdict.RIGHT;
  }

  /// Does the work of [#verify] for a user who does not exist, so that time does not tell.
  public void waste(String password) {
    var bytes = Objects.requireNonNullElse(readable(password), new byte[0]);
    gate.pass(() -> Argon2Hash.of(work, bytes, NOBODYS_SALT));
  }

  /// Whether a text, as of an import, is a hash that [#verify] understands and whose cost it bears.
  public static boolean understands(String stored) {
    return read(stored) != null;
  }

  private static byte @Nullable [] readable(String password) {
    return password.isEmpty() || password.length() > LENGTH_MAX ? null : Utf8.bytes(password);
  }

  private static @Nullable StoredHash read(String stored) {
    if (stored.length() > STORED_MAX) {
      return null;
    }
    if (stored.startsWith("$argon2id$")) {
      return Argon2Hash.read(stored);
    }
    if (stored.startsWith("$2")) {
      return BcryptHash.read(stored);
    }
    return stored.startsWith("$scrypt$") ? ScryptHash.read(stored) : Pbkdf2Hash.read(stored);
  }
}
