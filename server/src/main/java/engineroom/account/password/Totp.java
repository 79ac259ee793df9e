package engineroom.account.password;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// One-time codes of an authenticator app (RFC 6238): SHA-1, steps of 30 seconds, 6 digits, which
/// is what every app understands.
public final class Totp {
  private static final String ALGORITHM = "HmacSHA1";
  private static final int SECRET_BYTES = 20;

  /// RFC 4226 asks for 128 bits at least.
  private static final int SECRET_BYTES_MIN = 16;

  private static final int STEP_SECONDS = 30;
  private static final int DIGITS = 6;
  private static final int CODES = 1_000_000;

  private final SecureRandom random;

  public Totp(SecureRandom random) {
    this.random = random;
  }

  /// A secret to share with the user's authenticator, in Base32. Keep it encrypted.
  public String newSecret() {
    var secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return Base32.text(secret);
  }

  /// The address that an authenticator reads from a QR code.
  ///
  /// @param issuer the app's name
  /// @param account the user's, as an e-mail
  public static String uri(String issuer, String account, String secret) {
    var name = encoded(issuer.replace(":", " ")) + ":" + encoded(account.replace(":", " "));
    return "otpauth://totp/%s?secret=%s&issuer=%s&algorithm=SHA1&digits=%d&period=%d"
        .formatted(name, secret, encoded(issuer.replace(":", " ")), DIGITS, STEP_SECONDS);
  }

  /// The step whose code this is: that of now or the one before. Empty for any other code, and for
  /// one at or before the last step that was used: a code counts once. Save the step by a change
  /// "where the last step is still less".
  ///
  /// @param code as the user typed it; spaces don't count
  /// @param lastStep that was used by this secret, -1 for none
  public static OptionalLong verify(String secret, String code, Instant at, long lastStep) {
    var digits = code.replace(" ", "");
    var key = Base32.bytes(secret);
    if (key.length < SECRET_BYTES_MIN || digits.length() != DIGITS) {
      return OptionalLong.empty();
    }
    long now = Math.floorDiv(at.getEpochSecond(), STEP_SECONDS);
    var used = OptionalLong.empty();
    for (long step = now - 1; step <= now; step++) {
      boolean same = same(digits, code(key, step));
      if (same && step > lastStep) {
        used = OptionalLong.of(step);
      }
    }
    return used;
  }

  private static boolean same(String typed, String computed) {
    return MessageDigest.isEqual(
        typed.getBytes(StandardCharsets.UTF_8), computed.getBytes(StandardCharsets.UTF_8));
  }

  /// The code of a step, by RFC 4226.
  private static String code(byte[] secret, long step) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      var hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
      int offset = hash[hash.length - 1] & 0xf;
      int number = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
      return String.format(Locale.ROOT, "%0" + DIGITS + "d", number % CODES);
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
