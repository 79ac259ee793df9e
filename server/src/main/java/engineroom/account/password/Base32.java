package engineroom.account.password;

import java.io.ByteArrayOutputStream;

/// Base32 (RFC 4648) without padding, which people can read and type.
final class Base32 {
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int BITS = 5;
  private static final int MASK = 31;

  private Base32() {}

  static String text(byte[] bytes) {
    var text = new StringBuilder();
    int held = 0;
    int count = 0;
    for (byte one : bytes) {
      held = (held << Byte.SIZE) | (one & 0xff);
      for (count += Byte.SIZE; count >= BITS; count -= BITS) {
        text.append(LETTERS.charAt((held >> (count - BITS)) & MASK));
      }
    }
    if (count > 0) {
      text.append(LETTERS.charAt((held << (BITS - count)) & MASK));
    }
    return text.toString();
  }

  /// The bytes; none where a character is not of Base32. Spaces, hyphens, case and padding don't
  /// count.
  static byte[] bytes(String text) {
    var bytes = new ByteArrayOutputStream();
    int held = 0;
    int count = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ' ' || c == '-' || c == '=') {
        continue;
      }
      int value = LETTERS.indexOf(Character.toUpperCase(c));
      if (value < 0) {
        return new byte[0];
      }
      held = (held << BITS) | value;
      count += BITS;
      if (count >= Byte.SIZE) {
        count -= Byte.SIZE;
        bytes.write(held >> count);
      }
    }
    return bytes.toByteArray();
  }
}
