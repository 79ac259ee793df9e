package engineroom.stores.mariadb.migrate;

import engineroom.stores.mariadb.brand.Brand;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Columns that are added to a table, as MariaDB wants it said: a check with a name stands behind
/// its column, not with it.
public final class Columns {
  private static final Pattern ADDED =
      Pattern.compile(
          "^ALTER TABLE \"(?:[^\"]|\"\")+\" ADD COLUMN (\"(?:[^\"]|\"\")+\") (.*)$",
          Pattern.DOTALL);
  private static final String CHECK = " CONSTRAINT \"";

  private Columns() {}

  /// The column that a statement adds; empty where it adds none.
  static String added(String statement) {
    var match = ADDED.matcher(statement);
    return match.matches() ? match.group(1).replaceAll("^\"|\"$", "").replace("\"\"", "\"") : "";
  }

  /// The same statement with checks of names that stand once.
  static String named(String statement, Brand brand) {
    var parts = split(statement);
    var checks = parts.subList(1, parts.size()).stream().map(check -> " " + brand.check(check));
    return parts.getFirst() + checks.collect(Collectors.joining());
  }

  /// What stands behind `ALTER TABLE …`.
  static String apart(String statement) {
    var match = ADDED.matcher(statement);
    if (!match.matches()) {
      throw new IllegalArgumentException("adds no column: " + statement);
    }
    var parts = split(match.group(2));
    var checks = parts.subList(1, parts.size()).stream().map(check -> ", ADD " + check);
    return "ADD COLUMN "
        + match.group(1)
        + " "
        + parts.getFirst()
        + checks.collect(Collectors.joining());
  }

  /// What takes it away, behind `ALTER TABLE …`.
  static String undone(String statement) {
    var match = ADDED.matcher(statement);
    if (!match.matches()) {
      throw new IllegalArgumentException("adds no column: " + statement);
    }
    var parts = split(match.group(2));
    return parts.subList(1, parts.size()).stream()
            .map(check -> "DROP CONSTRAINT IF EXISTS " + check.split(" ", 3)[1] + ", ")
            .collect(Collectors.joining())
        + "DROP COLUMN IF EXISTS "
        + match.group(1);
  }

  /// A column's definition and the checks behind it, which begin where no text is.
  public static List<String> split(String definition) {
    var parts = new ArrayList<String>();
    var start = 0;
    var within = false;
    for (var at = 0; at < definition.length(); at++) {
      within ^= definition.charAt(at) == '\'';
      if (!within && definition.startsWith(CHECK, at)) {
        parts.add(definition.substring(start, at).strip());
        start = at;
      }
    }
    parts.add(definition.substring(start).strip());
    return parts;
  }
}
