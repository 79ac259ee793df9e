package engineroom.run;

import engineroom.data.Value;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// Turns a secret into a salted hash: PBKDF2 with HMAC-SHA-256 (RFC 8018), 600,000 rounds, as a PHC
/// string.
final class SecretHash {
  private static final int ROUNDS = 600_000;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BITS = 256;

  private final SecureRandom random = new SecureRandom();

  Value hash(Value secret) {
    if (!(secret instanceof Value.Text(var text))) {
      throw new IllegalArgumentException("a secret is a text");
    }
    var salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    try {
      var spec = new PBEKeySpec(text.toCharArray(), salt, ROUNDS, HASH_BITS);
      var hash = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec);
      var base64 = Base64.getEncoder().withoutPadding();
      return Value.of(
          "$pbkdf2-sha256$i="
              + ROUNDS
              + "$"
              + base64.encodeToString(salt)
              + "$"
              + base64.encodeToString(hash.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has PBKDF2WithHmacSHA256", e);
    }
  }
}
