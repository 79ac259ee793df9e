package engineroom.stores.postgres;

import engineroom.model.Model;
import engineroom.outcome.Change;
import engineroom.outcome.Change.Kind;
import engineroom.outcome.Change.Origin;
import engineroom.stores.kept.RowText;
import engineroom.stores.sql.Codec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
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

  /// Changes that one statement adds.
  private static final int TOGETHER = 32;

  private static final String ADD =
      """
      INSERT INTO "_engineroom_change" (entity, row_id, kind, before, after, caller,
        request_id, time)
      VALUES""";
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
  private static final String BEHIND =
      """
      SELECT sequence, entity, row_id, kind, before, after, caller, request_id, time
      FROM "_engineroom_change" WHERE sequence > ? AND sequence <= ?\
      """;
  private static final String IN_ORDER = " ORDER BY sequence LIMIT ?";
  private static final String LAST =
      "SELECT coalesce(max(sequence), 0) FROM \"_engineroom_change\" WHERE sequence <= ?";

  private final RowText texts;

  ChangeLog(Model model) {
    this.texts = new RowText(model);
  }

  /// Holds readers back until the transaction ends; before its first change. Gives the number of
  /// the last migration.
  static long enter(PostgresConnection connection) {
    return number(connection, ENTER);
  }

  /// Adds changes; the same with their numbers come back.
  static List<Change> add(PostgresConnection connection, List<Change> changes) {
    var numbered = new ArrayList<Change>(changes.size());
    for (var at = 0; at < changes.size(); at += TOGETHER) {
      var some = changes.subList(at, Math.min(changes.size(), at + TOGETHER));
      var sql = ADD + String.join(",", Collections.nCopies(some.size(), ONE)) + GIVES;
      try (var rows = connection.rows(sql, values(some))) {
        for (var change : some) {
          rows.next();
          numbered.add(change.numbered(rows.number(0)));
        }
      }
    }
    return numbered;
  }

  private static @Nullable Object[] values(List<Change> changes) {
    var values = new ArrayList<@Nullable Object>();
    for (var change : changes) {
      var origin = change.origin();
      values.add(change.entity());
      values.add(Codec.text(change.id()));
      values.add(change.kind().name());
      values.add(RowText.json(change.before()));
      values.add(RowText.json(change.after()));
      values.add(origin.caller());
      values.add(origin.requestId());
      values.add(origin.time().toString());
    }
    return values.toArray();
  }

  /// How far the log is complete. What is up to there is seen by statements that begin later.
  static long settled(PostgresConnection connection) {
    return number(connection, SETTLED, number(connection, GIVEN));
  }

  private static long number(PostgresConnection connection, String sql, Object... values) {
    try (var rows = connection.rows(sql, values)) {
      return rows.next() ? rows.number(0) : 0;
    }
  }

  List<Change> after(PostgresConnection connection, long sequence, int limit) {
    var to = settled(connection);
    return changes(connection, BEHIND + IN_ORDER, sequence, to, (long) limit);
  }

  List<Change> after(
      PostgresConnection connection, long sequence, Collection<String> entities, int limit) {
    var values = new ArrayList<@Nullable Object>();
    values.add(sequence);
    values.add(settled(connection));
    values.addAll(entities);
    values.add((long) limit);
    var marks = String.join(", ", Collections.nCopies(entities.size(), "?"));
    var sql = BEHIND + " AND entity IN (" + marks + ")" + IN_ORDER;
    return changes(connection, sql, values.toArray());
  }

  static long last(PostgresConnection connection) {
    return number(connection, LAST, settled(connection));
  }

  private List<Change> changes(
      PostgresConnection connection, String sql, @Nullable Object... values) {
    var changes = new ArrayList<Change>();
    try (var rows = connection.rows(sql, values)) {
      while (rows.next()) {
        changes.add(change(rows));
      }
    }
    return changes;
  }

  private Change change(Codec.Columns rows) {
    var entity = rows.text(1);
    return new Change(
        rows.number(0),
        entity,
        texts.id(entity, rows.text(2)),
        Kind.valueOf(rows.text(3)),
        texts.values(entity, rows.text(4)),
        texts.values(entity, rows.text(5)),
        new Origin(rows.text(6), rows.text(7), Instant.parse(rows.text(8))));
  }
}
