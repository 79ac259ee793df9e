package engineroom.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/// A statement as PostgreSQL logged it: what the real program asked, with its values.
///
/// @param values in order; what stands for null is an empty text
record Recorded(String sql, List<String> values) {
  /// Begins each entry of the log.
  static final String PREFIX = "@@ ";

  private static final Pattern EXECUTE =
      Pattern.compile("@@ LOG:  execute [^:]*: (.*?)(?=\n@@ |\\z)", Pattern.DOTALL);
  private static final Pattern VALUES =
      Pattern.compile("\\G\n@@ DETAIL:  [Pp]arameters: (.*?)(?=\n@@ |\\z)", Pattern.DOTALL);
  private static final Pattern VALUE = Pattern.compile("\\$\\d+ = (?:'((?:[^']|'')*)'|NULL)");

  Recorded {
    values = List.copyOf(values);
  }

  /// The statements of a piece of the log.
  static List<Recorded> all(String log) {
    var found = new ArrayList<Recorded>();
    var execute = EXECUTE.matcher(log);
    while (execute.find()) {
      var sql = execute.group(1).replace("\n\t", "\n").strip();
      var detail = VALUES.matcher(log).region(execute.end(), log.length());
      found.add(new Recorded(sql, detail.find() ? values(detail.group(1)) : List.of()));
    }
    return found;
  }

  private static List<String> values(String detail) {
    return VALUE
        .matcher(detail.replace("\n\t", "\n"))
        .results()
        .map(value -> value.group(1) == null ? "" : value.group(1).replace("''", "'"))
        .toList();
  }

  /// As JDBC writes it.
  String jdbc() {
    return sql.replaceAll("\\$\\d+", "?");
  }

  /// The values with some exchanged, also within longer texts.
  List<String> values(Map<String, String> others) {
    return values.stream()
        .map(
            value -> {
              var changed = value;
              for (var other : others.entrySet()) {
                changed = changed.replace(other.getKey(), other.getValue());
              }
              return changed;
            })
        .toList();
  }

  static void keep(Map<String, Recorded> statements, Path file) throws IOException {
    var properties = new Properties();
    statements.forEach(
        (name, statement) -> {
          properties.setProperty(name, statement.sql());
          for (int i = 0; i < statement.values().size(); i++) {
            properties.setProperty(name + "." + i, statement.values().get(i));
          }
        });
    try (var out = Files.newBufferedWriter(file)) {
      properties.store(out, "what the real program asks");
    }
  }

  static Recorded read(String name, Properties properties) {
    var values = new ArrayList<String>();
    for (int i = 0; properties.containsKey(name + "." + i); i++) {
      values.add(properties.getProperty(name + "." + i, ""));
    }
    return new Recorded(properties.getProperty(name, ""), values);
  }
}
