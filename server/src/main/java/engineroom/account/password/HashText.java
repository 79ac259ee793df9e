package engineroom.account.password;

import java.util.Base64;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Reads and writes the parts of stored hashes.
final class HashText {
  private static final Base64.Encoder BARE = Base64.getEncoder().withoutPadding();
  private static final int DIGITS_MAX = 8;

  private HashText() {}

  static String base64(byte[] bytes) {
    return BARE.encodeToString(bytes);
  }

  /// The bytes of a text in base64, with or without padding, `.` for `+` as some write it; null
  /// where it is none, or where it holds fewer or more bytes.
  static byte @Nullable [] bytes(String base64, int bytesMin, int bytesMax) {
    if (base64.length() > 2 * bytesMax + 4) {
      return null;
    }
    try {
      var bytes = Base64.getDecoder().decode(base64.replace('.', '+'));
      return bytes.length < bytesMin || bytes.length > bytesMax ? null : bytes;
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  /// A whole number within its limits, written without leading zeros.
  static OptionalInt number(String digits, int min, int max) {
    if (digits.isEmpty() || digits.length() > DIGITS_MAX || digits.startsWith("0")) {
      return OptionalInt.empty();
    }
    if (!digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return OptionalInt.empty();
    }
    int number = Integer.parseInt(digits);
    return number < min || number > max ? OptionalInt.empty() : OptionalInt.of(number);
  }
}
