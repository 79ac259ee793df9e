package engineroom.account.token;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Locale;
import javax.crypto.SecretKey;

/// Short codes that are sent by e-mail and typed by hand, each good for one transaction.
///
/// A million codes are searched at once by who has the table, so they are kept by an HMAC under a
/// key that is not in it, together with the transaction that they were made for.
public final class EmailCodes {
  private static final int DIGITS_MIN = 6;
  private static final int DIGITS_MAX = 8;

  private final SecretKey key;
  private final SecureRandom random;

  public EmailCodes(MasterKey master, SecureRandom random) {
    this.key = master.derived("e-mail codes", "HmacSHA256");
    this.random = random;
  }

  /// A new code.
  ///
  /// @param digits 6 to 8
  public String create(int digits) {
    if (digits < DIGITS_MIN || digits > DIGITS_MAX) {
      throw new IllegalArgumentException("a code has 6 to 8 digits, not " + digits);
    }
    int bound = 1;
    for (int i = 0; i < digits; i++) {
      bound *= 10;
    }
    return String.format(Locale.ROOT, "%0" + digits + "d", random.nextInt(bound));
  }

  /// What is stored of a code.
  ///
  /// @param transaction the id of the sign-in or change that it was sent for
  public String hash(String transaction, String code) {
    var text = transaction.length() + ":" + transaction + ":" + code;
    return Base64Url.text(Hashing.hmac(key, text.getBytes(StandardCharsets.UTF_8)));
  }

  /// Whether a typed code is the one of this transaction; spaces and hyphens don't count. Compares
  /// in constant time.
  public boolean matches(String transaction, String typed, String storedHash) {
    var code = typed.replaceAll("[\\s-]", "");
    return code.length() <= DIGITS_MAX && Hashing.same(hash(transaction, code), storedHash);
  }
}
