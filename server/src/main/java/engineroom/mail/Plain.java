package engineroom.mail;

/// Text that stands on one line.
final class Plain {
  private Plain() {}

  /// Whether a text has a character that ends a line, controls a terminal, turns the direction of
  /// what follows, or is half of one.
  static boolean isBroken(String text) {
    return text.codePoints().anyMatch(Plain::breaks);
  }

  /// The text on one line: such characters become a space.
  static String line(String text) {
    var line = new StringBuilder(text.length());
    text.codePoints().map(point -> breaks(point) ? ' ' : point).forEach(line::appendCodePoint);
    return line.toString().strip();
  }

  private static boolean breaks(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      case Character.FORMAT ->
          (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
      default -> false;
    };
  }
}
