package engineroom.stores.mariadb;

import engineroom.outcome.Change;
import engineroom.stores.session.ChangeRows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The change log, read in order with no gap.
///
/// Numbers that the database gives by itself are seen in another order than they are given. So the
/// last number stands in a row of its own, which a transaction that adds changes holds until it is
/// over: who comes later has greater numbers, and is seen later.
final class ChangeLog {
  private static final String ONE = " (?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private static final String TAKE = "UPDATE \"_engineroom_log\" SET last = last + ?";
  private static final String TAKEN = "SELECT last FROM \"_engineroom_log\"";
  private static final String ADD =
      "INSERT INTO \"_engineroom_change\" (sequence, " + ChangeRows.COLUMNS + ") VALUES";

  private ChangeLog() {}

  /// Adds changes; the same with their numbers come back.
  static List<Change> add(MariaConnection connection, List<Change> changes) {
    connection.run(TAKE, (long) changes.size());
    var number = number(connection, TAKEN) - changes.size();
    var numbered = new ArrayList<Change>(changes.size());
    for (var change : changes) {
      numbered.add(change.numbered(++number));
    }
    for (var at = 0; at < numbered.size(); at += ChangeRows.TOGETHER) {
      var some = numbered.subList(at, Math.min(numbered.size(), at + ChangeRows.TOGETHER));
      var sql = ADD + String.join(",", Collections.nCopies(some.size(), ONE));
      connection.run(sql, values(some));
    }
    return numbered;
  }

  private static @Nullable Object[] values(List<Change> changes) {
    var values = new ArrayList<@Nullable Object>();
    for (var change : changes) {
      values.add(change.sequence());
      values.addAll(ChangeRows.values(change));
    }
    return values.toArray();
  }

  private static long number(MariaConnection connection, String sql, Object... values) {
    try (var rows = connection.rows(sql, values)) {
      return rows.next() ? rows.number(0) : 0;
    }
  }
}
