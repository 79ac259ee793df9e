package engineroom.account.password;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Codes to print and keep, each good for one sign-in without the second factor.
///
/// A code has 120 random bits, so that one SHA-256 is enough to keep it by: nobody searches them.
public final class RecoveryCodes {
  /// How many a user gets.
  public static final int COUNT = 10;

  private static final int BYTES = 15;
  private static final int GROUP = 4;

  private final SecureRandom random;

  public RecoveryCodes(SecureRandom random) {
    this.random = random;
  }

  /// New codes, to be shown once: `ABCD-EFGH-…`, six groups of four. Store the [#hash] of each.
  public List<String> create() {
    return IntStream.range(0, COUNT).mapToObj(_ -> code()).toList();
  }

  /// What is stored of a code, and what a typed one is looked up by: SHA-256 in base64url. Case,
  /// spaces and hyphens don't count, and digits that look like letters are read as those.
  public static String hash(String code) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      var hash = sha256.digest(read(code).getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private String code() {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    var letters = Base32.text(bytes);
    var code = new StringBuilder(letters);
    for (int at = letters.length() - GROUP; at > 0; at -= GROUP) {
      code.insert(at, '-');
    }
    return code.toString();
  }

  /// The letters that count. Base32 has no 0, 1 and 8: who types them misread O, I and B.
  private static String read(String code) {
    var letters = code.toUpperCase(Locale.ROOT).replaceAll("[\\s\\p{Pd}_]", "");
    return letters.replace('0', 'O').replace('1', 'I').replace('8', 'B');
  }
}
