package engineroom.rows;

import java.util.List;
import java.util.stream.Collectors;

/// Writes cells as CSV (RFC 4180).
public final class CsvText {
  private CsvText() {}

  /// One line, with its end.
  public static String line(List<String> cells, char delimiter) {
    return cells.stream()
            .map(cell -> quoted(cell, delimiter))
            .collect(Collectors.joining(String.valueOf(delimiter)))
        + "\r\n";
  }

  private static String quoted(String text, char delimiter) {
    boolean plain =
        text.chars().noneMatch(c -> c == '"' || c == delimiter || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
