package engineroom.account;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.io.ByteArrayOutputStream;
import java.security.InvalidKeyException;
import java.time.Instant;
import javax.crypto.spec.SecretKeySpec;

/// A user's authenticator app: its codes come from a library that is not ours.
public record Authenticator(String secret) {
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  /// What it shows at a moment.
  public String code(Instant at) {
    try {
      var codes = new TimeBasedOneTimePasswordGenerator();
      return codes.generateOneTimePasswordString(new SecretKeySpec(bytes(), "RAW"), at);
    } catch (InvalidKeyException e) {
      throw new AssertionError(e);
    }
  }

  private byte[] bytes() {
    var out = new ByteArrayOutputStream();
    int bits = 0;
    int value = 0;
    for (int at = 0; at < secret.length(); at++) {
      value = (value << 5) | LETTERS.indexOf(secret.charAt(at));
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        out.write(value >> bits);
      }
    }
    return out.toByteArray();
  }
}
