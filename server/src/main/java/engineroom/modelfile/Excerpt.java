package engineroom.modelfile;

import com.google.re2j.Pattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Shows a mistake with the line that it is about and a mark under its place, as compilers do.
public final class Excerpt {
  /// Characters of a line that are shown; of a longer one those around the place.
  private static final int WIDTH_MAX = 120;

  /// Characters of a longer line before the place.
  private static final int BEFORE_MAX = 60;

  private static final Pattern PASSWORD = Pattern.compile("://([^:@/\\s]*):([^@\\s]+)@");

  private Excerpt() {}

  /// Each mistake as one text of up to three lines.
  ///
  /// @param folder of the app
  public static List<String> of(Path folder, List<Mistake> mistakes) {
    return mistakes.stream()
        .map(mistake -> String.join(System.lineSeparator(), of(folder, mistake)))
        .toList();
  }

  /// The lines of one mistake; the first alone where no line of the file is meant or it can't be
  /// read.
  ///
  /// @param folder of the app
  static List<String> of(Path folder, Mistake mistake) {
    var told = mistake.toString();
    if (mistake.line() == 0) {
      return List.of(told);
    }
    try {
      var lines = Files.readAllLines(folder.resolve(mistake.file()));
      return mistake.line() > lines.size()
          ? List.of(told)
          : shown(told, lines.get(mistake.line() - 1), mistake);
    } catch (IOException _) {
      return List.of(told); // the file has gone meanwhile; the mistake stays what it is
    }
  }

  private static List<String> shown(String told, String line, Mistake mistake) {
    var points = line.codePoints().toArray();
    int at = Math.min(mistake.column() - 1, points.length);
    int from = points.length <= WIDTH_MAX ? 0 : Math.max(0, at - BEFORE_MAX);
    int length = Math.min(points.length - from, WIDTH_MAX);
    var number = Integer.toString(mistake.line());
    var text = masked(new String(points, from, length).stripTrailing());
    var mark = new StringBuilder();
    for (int i = from; i < at; i++) {
      mark.append(points[i] == '\t' ? '\t' : ' ');
    }
    return List.of(
        told,
        "  " + number + " | " + text,
        "  " + " ".repeat(number.length()) + " | " + mark + "^");
  }

  /// What is printed is copied into tickets and logs, so passwords of addresses are not.
  private static String masked(String text) {
    return PASSWORD.matcher(text).replaceAll("://$1:***@");
  }
}
