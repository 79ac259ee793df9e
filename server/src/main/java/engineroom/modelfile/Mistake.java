package engineroom.modelfile;

import java.nio.file.Path;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// One mistake in the owner's files.
///
/// @param file relative to the app's folder
/// @param line from 1; 0 where the file as a whole is meant
/// @param column from 1, in characters
/// @param message what is wrong, a sentence
/// @param hint the way out, or null
public record Mistake(Path file, int line, int column, String message, @Nullable String hint)
    implements Comparable<Mistake> {
  private static final Comparator<Mistake> ORDER =
      Comparator.comparing(Mistake::file)
          .thenComparingInt(Mistake::line)
          .thenComparingInt(Mistake::column)
          .thenComparing(Mistake::message);

  /// As compilers write it: `model/shop.yaml:12:9: product.prise does not exist. Did you mean
  /// price?`
  @Override
  public String toString() {
    var place = line == 0 ? file + ": " : file + ":" + line + ":" + column + ": ";
    return place + message + (hint == null ? "" : " " + hint);
  }

  @Override
  public int compareTo(Mistake other) {
    return ORDER.compare(this, other);
  }
}
