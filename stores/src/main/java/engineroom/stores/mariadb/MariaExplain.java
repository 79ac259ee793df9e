package engineroom.stores.mariadb;

import engineroom.stores.sql.Bind;
import engineroom.stores.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What MariaDB says of how it runs statements.
final class MariaExplain {
  private static final String EXPLAIN = "EXPLAIN EXTENDED ";
  private static final int KIND = 1;
  private static final int TABLE = 2;
  private static final int ACCESS = 3;
  private static final int KEY = 5;
  private static final int ROWS = 8;
  private static final int PERCENT = 9;
  private static final int EXTRA = 10;

  private MariaExplain() {}

  /// How it runs a statement.
  static List<String> lines(MariaConnection connection, SqlText sql) {
    var lines = new ArrayList<String>();
    var values = new @Nullable Object[sql.binds().size()];
    for (var i = 0; i < values.length; i++) {
      values[i] =
          sql.binds().get(i) instanceof Bind.Limit || sql.binds().get(i) instanceof Bind.Offset
              ? 1L
              : null;
    }
    try (var rows = connection.rows(EXPLAIN + sql.text(), values)) {
      while (rows.next()) {
        lines.add(
            "%s %s by %s of %s: %s rows; %s"
                .formatted(
                    rows.text(KIND),
                    rows.text(TABLE),
                    rows.text(ACCESS),
                    rows.text(KEY),
                    rows.text(ROWS),
                    rows.text(EXTRA)));
      }
    }
    return lines;
  }

  /// How many rows the optimizer expects where a statement counts them up to a limit: those of the
  /// table within that meet the condition.
  static long rows(MariaConnection connection, SqlText few, Bind.Source source) {
    try (var rows = connection.rows(EXPLAIN + few.text(), few.values(source))) {
      while (rows.next()) {
        if (rows.text(KIND).equals("DERIVED")) {
          return (long) (rows.number(ROWS) * rows.real(PERCENT) / 100);
        }
      }
    }
    return 0;
  }
}
