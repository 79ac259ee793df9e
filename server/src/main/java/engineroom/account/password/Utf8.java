package engineroom.account.password;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The exact bytes of a password.
final class Utf8 {
  private Utf8() {}

  /// Null for a text with half of a surrogate pair: replaced by `?`, it would match other
  /// passwords.
  static byte @Nullable [] bytes(String text) {
    try {
      var bytes =
          StandardCharsets.UTF_8
              .newEncoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .encode(CharBuffer.wrap(text));
      var exact = new byte[bytes.remaining()];
      bytes.get(exact);
      return exact;
    } catch (CharacterCodingException halfOfAPair) {
      return null;
    }
  }
}
