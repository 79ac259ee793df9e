package engineroom.modelfile;

import java.nio.file.Path;
import java.util.List;

/// The text of one of the owner's files.
record Source(Path path, String text) {
  /// A place in a file, as a count of chars.
  record Place(Source source, int index) {
    Mistake mistake(String message, @org.jspecify.annotations.Nullable String hint) {
      int end = Math.min(index, source.text.length());
      int lineStart = source.text.lastIndexOf('\n', end - 1) + 1;
      int line = 1 + (int) source.text.substring(0, lineStart).chars().filter(c -> c == '\n').count();
      int column = 1 + source.text.codePointCount(lineStart, end);
      return new Mistake(source.path, line, column, message, hint);
    }
  }

  Place place(int index) {
    return new Place(this, index);
  }

  List<String> lines() {
    return text.lines().toList();
  }
}
