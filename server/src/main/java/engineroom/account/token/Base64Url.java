package engineroom.account.token;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Base64url without padding (RFC 7515), and one text only for the same bytes.
final class Base64Url {
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private Base64Url() {}

  static String text(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  /// Null where the text is not the one that [#text] gives: padded, of the other alphabet, or with
  /// bits at its end that don't count.
  static byte @Nullable [] bytes(String text) {
    try {
      var bytes = Base64.getUrlDecoder().decode(text);
      return text(bytes).equals(text) ? bytes : null;
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }
}
