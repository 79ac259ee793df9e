package engineroom.stores.postgres;

import engineroom.stores.sql.Bind;
import engineroom.stores.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What PostgreSQL says of how it runs statements.
final class PostgresExplain {
  private static final Pattern ROWS = Pattern.compile(" rows=([0-9]+) ");
  private static final String EXPLAIN = "EXPLAIN ";
  private static final String PREPARED = "engineroom_explained";

  private PostgresExplain() {}

  /// How it runs a statement with any values.
  static List<String> lines(PostgresConnection connection, SqlText sql) {
    return connection.transaction(
        PostgresConnection.Begin.READ,
        () -> {
          connection.execute("SET LOCAL plan_cache_mode = force_generic_plan");
          connection.execute("PREPARE " + PREPARED + " AS " + numbered(sql.text()));
          try {
            return read(connection, EXPLAIN + "EXECUTE " + PREPARED + nulls(sql.binds().size()));
          } finally {
            connection.execute("DEALLOCATE " + PREPARED);
          }
        });
  }

  private static String nulls(int count) {
    return count == 0 ? "" : "(NULL" + ", NULL".repeat(count - 1) + ")";
  }

  /// Numbers in place of the question marks that stand in no quotes.
  private static String numbered(String sql) {
    var numbered = new StringBuilder();
    var number = 0;
    var quote = ' ';
    for (var i = 0; i < sql.length(); i++) {
      var c = sql.charAt(i);
      if (quote == ' ' && c == '?') {
        numbered.append('$').append(++number);
        continue;
      }
      if (c == quote) {
        quote = ' ';
      } else if (quote == ' ' && (c == '\'' || c == '"')) {
        quote = c;
      }
      numbered.append(c);
    }
    return numbered.toString();
  }

  private static List<String> read(
      PostgresConnection connection, String sql, @Nullable Object... values) {
    var lines = new ArrayList<String>();
    try (var rows = connection.rows(sql, values)) {
      while (rows.next()) {
        lines.add(rows.text(0).strip());
      }
    }
    return lines;
  }

  /// How many rows the planner expects where a statement counts them up to a limit: what the step
  /// within the limit expects.
  static long rows(PostgresConnection connection, SqlText few, Bind.Source source) {
    var limited = false;
    for (var line : read(connection, EXPLAIN + few.text(), few.values(source))) {
      var match = ROWS.matcher(line);
      if (limited && match.find()) {
        return Long.parseLong(match.group(1));
      }
      limited = limited || line.contains("Limit ");
    }
    return 0;
  }
}
