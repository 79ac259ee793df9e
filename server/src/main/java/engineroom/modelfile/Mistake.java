package engineroom.modelfile;

import java.nio.file.Path;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// Something in the owner's files that is wrong, or that a warning tells.
///
/// @param file relative to the app's folder
/// @param line from 1
/// @param column from 1, in characters
/// @param hint the way out, or null
public record Mistake(Path file, int line, int column, String message, @Nullable String hint)
    implements Comparable<Mistake> {
  private static final Comparator<Mistake> ORDER =
      Comparator.comparing(Mistake::file)
          .thenComparingInt(Mistake::line)
          .thenComparingInt(Mistake::column)
          .thenComparing(Mistake::message);

  /// One line, as compilers write it: `model/shop.yaml:12:9: error: …`.
  public String text() {
    return text("error");
  }

  /// The same, of a kind such as `warning`.
  String text(String kind) {
    return file.toString().replace('\\', '/')
        + ":" + line + ":" + column + ": " + kind + ": " + message
        + (hint == null ? "" : " " + hint);
  }

  @Override
  public int compareTo(Mistake other) {
    return ORDER.compare(this, other);
  }
}
