package engineroom.stores.mariadb;

import engineroom.stores.sql.Bind;
import engineroom.stores.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What MariaDB says of how it runs statements.
final class MariaExplain {
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
    var at = connection.dialect().brand().explaining();
    try (var rows = connection.rows(at.words() + sql.text(), values)) {
      while (rows.next()) {
        lines.add(
            "%s %s by %s of %s: %s rows; %s"
                .formatted(
                    rows.text(at.kind()),
                    rows.text(at.table()),
                    rows.text(at.access()),
                    rows.text(at.key()),
                    rows.text(at.rows()),
                    rows.text(at.extra())));
      }
    }
    return lines;
  }

  /// How many rows the optimizer expects where a statement counts them up to a limit: those of the
  /// table within that meet the condition.
  static long rows(MariaConnection connection, SqlText few, Bind.Source source) {
    var at = connection.dialect().brand().explaining();
    try (var rows = connection.rows(at.words() + few.text(), few.values(source))) {
      while (rows.next()) {
        if (rows.text(at.kind()).equals("DERIVED")) {
          return (long) (rows.number(at.rows()) * rows.real(at.percent()) / 100);
        }
      }
    }
    return 0;
  }
}
