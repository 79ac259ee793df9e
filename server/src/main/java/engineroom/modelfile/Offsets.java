package engineroom.modelfile;

/// How the text of a scalar was written, which tells where in the file each of its chars stands.
enum Offsets {
  PLAIN,
  SINGLE_QUOTED,
  DOUBLE_QUOTED,
  BLOCK;

  /// The place of a char of the text.
  ///
  /// @param start of the scalar, with its quote or block header
  Source.Place place(Source.Place start, String text, int offset) {
    var raw = start.source().text();
    int at = begin(raw, start.index());
    int read = 0;
    while (at < raw.length() && read < Math.min(offset, text.length())) {
      char c = raw.charAt(at);
      if (folds(raw, at)) {
        at = blank(raw, at);
        read = blank(text, read);
      } else {
        at += width(raw, at, c);
        read += escaped(c) && raw.charAt(at - 1) == '\n' ? 0 : 1;
      }
    }
    if (read == text.length() && offset > read) {
      at += offset - read;
    }
    return start.source().place(Math.min(at, raw.length()));
  }

  private int begin(String raw, int start) {
    return switch (this) {
      case PLAIN -> start;
      case SINGLE_QUOTED, DOUBLE_QUOTED -> start + 1;
      case BLOCK -> blank(raw, Math.max(start, raw.indexOf('\n', start)));
    };
  }

  /// Whether a run of white space with a line break begins here: it may stand for fewer chars.
  private static boolean folds(String raw, int at) {
    int end = blank(raw, at);
    return raw.substring(at, end).indexOf('\n') >= 0;
  }

  private static int blank(String text, int from) {
    int at = from;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private boolean escaped(char c) {
    return this == DOUBLE_QUOTED && c == '\\';
  }

  private int width(String raw, int at, char c) {
    if (this == SINGLE_QUOTED && c == '\'') {
      return 2;
    }
    if (!escaped(c) || at + 1 >= raw.length()) {
      return 1;
    }
    return switch (raw.charAt(at + 1)) {
      case 'x' -> 4;
      case 'u' -> 6;
      case 'U' -> 10;
      default -> 2;
    };
  }
}
