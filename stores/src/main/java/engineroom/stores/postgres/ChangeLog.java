package engineroom.stores.postgres;

import engineroom.outcome.Change;
import engineroom.stores.migrate.SqlSession;
import engineroom.stores.session.ChangeRows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The change log, read in order with no gap.
///
/// Numbers are given while transactions run and are seen when these end, in another order. So
/// whoever writes holds a lock, until the end of the transaction, that names a number below all of
/// its own; whoever reads asks for the last number, then for these locks, and goes no further than
/// the least of them. A number up to there belongs to a transaction that was over before the reader
/// looks.
final class ChangeLog {
  private static final String ONE = " (?, ?, ?, ?, ?, ?, ?, ?)";

  private static final String ADD =
      "INSERT INTO \"_engineroom_change\" (" + ChangeRows.COLUMNS + ") VALUES";
  private static final String GIVES = " RETURNING sequence";
  private static final String NUMBER = "last_value - CASE WHEN is_called THEN 0 ELSE 1 END";
  private static final String NUMBERS = " FROM \"_engineroom_change_sequence_seq\"";

  /// What tells these locks from others that somebody may take: the letters ER.
  private static final long KIND = 0x4552;

  private static final String ENTER =
      "SELECT (SELECT max(id) FROM \"_engineroom_migration\"), pg_advisory_xact_lock_shared("
          + (KIND << 48)
          + " | ("
          + NUMBER
          + "))"
          + NUMBERS;
  private static final String GIVEN = "SELECT " + NUMBER + NUMBERS;
  private static final String SETTLED =
      """
      SELECT coalesce(min(((CAST(classid AS bigint) & 65535) << 32) | CAST(objid AS bigint)), ?)
      FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1 AND granted
        AND (CAST(classid AS bigint) >> 16) = %d
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"""
          .formatted(KIND);

  private ChangeLog() {}

  /// The first changes of a transaction.
  ///
  /// @param migration the number of the last one
  record First(long migration, List<Change> changes) {}

  /// Holds readers back until the transaction ends, and adds its first changes; the same with their
  /// numbers come back.
  static First begin(PostgresConnection connection, List<Change> changes) {
    var some = changes.subList(0, Math.min(changes.size(), ChangeRows.TOGETHER));
    try (var entered = connection.rows(ENTER + "; " + sql(some), values(some))) {
      entered.next();
      var migration = entered.number(0);
      var numbered = numbered(entered.further(), some);
      numbered.addAll(add(connection, changes.subList(some.size(), changes.size())));
      return new First(migration, numbered);
    }
  }

  /// Adds changes; the same with their numbers come back.
  static List<Change> add(PostgresConnection connection, List<Change> changes) {
    var numbered = new ArrayList<Change>(changes.size());
    for (var at = 0; at < changes.size(); at += ChangeRows.TOGETHER) {
      var some = changes.subList(at, Math.min(changes.size(), at + ChangeRows.TOGETHER));
      try (var rows = connection.rows(sql(some), values(some))) {
        numbered.addAll(numbered(rows, some));
      }
    }
    return numbered;
  }

  private static String sql(List<Change> changes) {
    return ADD + String.join(",", Collections.nCopies(changes.size(), ONE)) + GIVES;
  }

  private static List<Change> numbered(PostgresRows rows, List<Change> changes) {
    var numbered = new ArrayList<Change>(changes.size());
    for (var change : changes) {
      rows.next();
      numbered.add(change.numbered(rows.number(0)));
    }
    return numbered;
  }

  private static @Nullable Object[] values(List<Change> changes) {
    return changes.stream().flatMap(change -> ChangeRows.values(change).stream()).toArray();
  }

  /// How far the log is complete. What is up to there is seen by statements that begin later.
  static long settled(SqlSession connection) {
    return number(connection, SETTLED, number(connection, GIVEN));
  }

  private static long number(SqlSession connection, String sql, Object... values) {
    try (var rows = connection.rows(sql, values)) {
      return rows.next() ? rows.number(0) : 0;
    }
  }
}
