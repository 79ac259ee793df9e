package engineroom.stores.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Finds the checks in the words that made a table.
final class Checks {
  private static final Pattern CHECK = Pattern.compile("\\bCHECK\\s*\\(", Pattern.CASE_INSENSITIVE);

  private Checks() {}

  /// What stands in the brackets of each, as far as it can be told.
  static List<String> of(String sql) {
    var checks = new ArrayList<String>();
    var match = CHECK.matcher(sql);
    while (match.find()) {
      checks.add(inBrackets(sql, match.end()));
    }
    return checks;
  }

  private static String inBrackets(String sql, int begin) {
    var depth = 1;
    var end = begin;
    while (end < sql.length() && depth > 0) {
      var letter = sql.charAt(end);
      depth += letter == '(' ? 1 : letter == ')' ? -1 : 0;
      end++;
    }
    return sql.substring(begin, Math.max(begin, end - 1)).strip();
  }
}
