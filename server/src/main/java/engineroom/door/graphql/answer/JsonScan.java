package engineroom.door.graphql.answer;

/// Finds where values end in JSON that a store wrote: valid, without needless space.
final class JsonScan {
  private JsonScan() {}

  /// The position behind the value that begins somewhere.
  static int end(byte[] json, int from) {
    return switch (json[from]) {
      case '"' -> text(json, from);
      case '{', '[' -> nested(json, from);
      default -> scalar(json, from);
    };
  }

  /// Whether bytes stand at a position.
  static boolean stands(byte[] bytes, byte[] json, int at) {
    if (at + bytes.length > json.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      if (json[at + i] != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  /// The position behind the closing quote.
  static int text(byte[] json, int from) {
    int at = from + 1;
    while (json[at] != '"') {
      at += json[at] == '\\' ? 2 : 1;
    }
    return at + 1;
  }

  private static int nested(byte[] json, int from) {
    int depth = 0;
    int at = from;
    while (true) {
      switch (json[at]) {
        case '"' -> at = text(json, at) - 1;
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        default -> {
          // part of a scalar, or between values
        }
      }
      at++;
      if (depth == 0) {
        return at;
      }
    }
  }

  private static int scalar(byte[] json, int from) {
    int at = from;
    while (at < json.length && json[at] != ',' && json[at] != '}' && json[at] != ']') {
      at++;
    }
    return at;
  }

  /// Whether the value that begins there is null.
  static boolean isNull(byte[] json, int from) {
    return json[from] == 'n';
  }
}
