package engineroom.account.password;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/// A hash by PBKDF2 with HMAC-SHA-256 (RFC 8018), as other programs made it.
record Pbkdf2Hash(int rounds, byte[] salt, byte[] hash) implements StoredHash {
  /// Django's of the next years fits; about 2 seconds.
  private static final int ROUNDS_MAX = 2_000_000;

  private static final int SALT_BYTES_MIN = 4;
  private static final int HASH_BYTES_MIN = 16;

  /// More than one block of SHA-256 costs us more than who guesses.
  private static final int HASH_BYTES_MAX = 32;

  private static final int SALT_BYTES_MAX = 128;

  private static final Pattern MODULAR =
      Pattern.compile("\\$pbkdf2-sha256\\$(?:i=)?(\\d+)\\$([^$]+)\\$([^$]+)");

  /// Django's salt is a text, its bytes are the salt.
  private static final Pattern DJANGO =
      Pattern.compile("pbkdf2_sha256\\$(\\d+)\\$([!-#%-~]{4,128})\\$([^$]+)");

  static @Nullable Pbkdf2Hash read(String stored) {
    var modular = MODULAR.matcher(stored);
    if (modular.matches()) {
      var salt = HashText.bytes(modular.group(2), SALT_BYTES_MIN, SALT_BYTES_MAX);
      return of(rounds(modular.group(1)), salt, hash(modular.group(3)));
    }
    var django = DJANGO.matcher(stored);
    if (!django.matches()) {
      return null;
    }
    var salt = django.group(2).getBytes(StandardCharsets.US_ASCII);
    return of(rounds(django.group(1)), salt, hash(django.group(3)));
  }

  private static OptionalInt rounds(String digits) {
    return HashText.number(digits, 1, ROUNDS_MAX);
  }

  private static byte @Nullable [] hash(String base64) {
    return HashText.bytes(base64, HASH_BYTES_MIN, HASH_BYTES_MAX);
  }

  private static @Nullable Pbkdf2Hash of(
      OptionalInt rounds, byte @Nullable [] salt, byte @Nullable [] hash) {
    return rounds.isEmpty() || salt == null || hash == null
        ? null
        : new Pbkdf2Hash(rounds.getAsInt(), salt, hash);
  }

  @Override
  public boolean matches(byte[] password) {
    // The bytes are UTF-8, and the JDK makes the same bytes of their characters.
    var characters = new String(password, StandardCharsets.UTF_8).toCharArray();
    var work = new PBEKeySpec(characters, salt, rounds, hash.length * Byte.SIZE);
    try {
      var factory = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256");
      return MessageDigest.isEqual(hash, factory.generateSecret(work).getEncoded());
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    } finally {
      work.clearPassword();
    }
  }

  @Override
  public boolean weak() {
    return true;
  }
}
