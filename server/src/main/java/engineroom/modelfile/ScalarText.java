package engineroom.modelfile;

import engineroom.modelfile.Part.Place;
import java.nio.file.Path;

/// The text of a scalar beside the file it was read from: tells where each of its characters
/// stands, also in block scalars, behind escapes and over several lines.
final class ScalarText {
  private final Path file;
  private final String source;
  private final int start;
  private final String text;

  /// @param start of the text itself in the source: behind a quote, in the line below `|` or `>`
  ScalarText(Path file, String source, int start, String text) {
    this.file = file;
    this.source = source;
    this.start = start;
    this.text = text;
  }

  /// Where the text's character of this offset stands; the end, for an offset behind it.
  Place at(int offset) {
    int at = start;
    int end = Math.min(offset, text.length());
    for (int i = 0; i < end; i++) {
      at = behind(at, i);
    }
    return place(end < text.length() ? found(at, text.charAt(end)) : at);
  }

  private int behind(int at, int index) {
    char character = text.charAt(index);
    if (!Character.isWhitespace(character)) {
      return found(at, character) + 1;
    }
    boolean last = index + 1 == text.length() || !Character.isWhitespace(text.charAt(index + 1));
    int next = at + 1;
    while (last && next < source.length() && Character.isWhitespace(source.charAt(next))) {
      next++;
    }
    return next;
  }

  /// The next place of a character: indentation, backslashes and doubled quotes are passed over.
  private int found(int at, char character) {
    if (Character.isWhitespace(character)) {
      return at;
    }
    int found = source.indexOf(character, at);
    return found < 0 ? at : found;
  }

  private Place place(int at) {
    int line = 1;
    int begin = 0;
    for (int next = source.indexOf('\n');
        next >= 0 && next < at;
        next = source.indexOf('\n', begin)) {
      line++;
      begin = next + 1;
    }
    return new Place(file, line, source.codePointCount(begin, Math.min(at, source.length())) + 1);
  }
}
