package engineroom.stores.sqlite;

/// Makes patterns and bounds of texts.
final class Patterns {
  private static final byte[] AFTER_ALL_TEXT = new byte[0];

  private Patterns() {}

  /// A `GLOB` pattern: `%` becomes `*`, `_` becomes `?`, and what is special to GLOB stands for
  /// itself.
  static String glob(String like) {
    var glob = new StringBuilder(like.length() + 8);
    for (var i = 0; i < like.length(); i++) {
      var c = like.charAt(i);
      switch (c) {
        case '%' -> glob.append('*');
        case '_' -> glob.append('?');
        case '*', '?', '[' -> glob.append('[').append(c).append(']');
        default -> glob.append(c);
      }
    }
    return glob.toString();
  }

  /// The smallest text greater, by code point, than all that begin with the prefix.
  static Object afterPrefix(String prefix) {
    var end = prefix.length();
    while (end > 0) {
      var last = prefix.codePointBefore(end);
      end -= Character.charCount(last);
      if (last < Character.MAX_CODE_POINT) {
        return prefix.substring(0, end) + Character.toString(next(last));
      }
    }
    return AFTER_ALL_TEXT;
  }

  private static int next(int codePoint) {
    var next = codePoint + 1;
    return next >= Character.MIN_SURROGATE && next <= Character.MAX_SURROGATE
        ? Character.MAX_SURROGATE + 1
        : next;
  }
}
