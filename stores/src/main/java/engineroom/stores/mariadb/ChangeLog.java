package engineroom.stores.mariadb;

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
/// Numbers that the database gives by itself are seen in another order than they are given. So the
/// last number stands in a row of its own, which a transaction that adds changes holds until it is
/// over: who comes later has greater numbers, and is seen later.
final class ChangeLog {
  private static final String ONE = " (?, ?, ?, ?, ?, ?, ?, ?, ?)";

  /// Changes that one statement adds.
  private static final int TOGETHER = 32;

  private static final String TAKE = "UPDATE \"_engineroom_log\" SET last = last + ?";
  private static final String TAKEN = "SELECT last FROM \"_engineroom_log\"";
  private static final String COLUMNS =
      "sequence, entity, row_id, kind, \"before\", \"after\", caller, request_id, time";
  private static final String ADD = "INSERT INTO \"_engineroom_change\" (" + COLUMNS + ") VALUES";
  private static final String BEHIND =
      "SELECT " + COLUMNS + " FROM \"_engineroom_change\" WHERE sequence > ?";
  private static final String IN_ORDER = " ORDER BY sequence LIMIT ?";
  private static final String LAST =
      "SELECT COALESCE(MAX(sequence), 0) FROM \"_engineroom_change\"";

  private final RowText texts;

  ChangeLog(Model model) {
    this.texts = new RowText(model);
  }

  /// Adds changes; the same with their numbers come back.
  static List<Change> add(MariaConnection connection, List<Change> changes) {
    connection.run(TAKE, (long) changes.size());
    var number = number(connection, TAKEN) - changes.size();
    var numbered = new ArrayList<Change>(changes.size());
    for (var change : changes) {
      numbered.add(change.numbered(++number));
    }
    for (var at = 0; at < numbered.size(); at += TOGETHER) {
      var some = numbered.subList(at, Math.min(numbered.size(), at + TOGETHER));
      var sql = ADD + String.join(",", Collections.nCopies(some.size(), ONE));
      connection.run(sql, values(some));
    }
    return numbered;
  }

  private static @Nullable Object[] values(List<Change> changes) {
    var values = new ArrayList<@Nullable Object>();
    for (var change : changes) {
      var origin = change.origin();
      values.add(change.sequence());
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

  private static long number(MariaConnection connection, String sql, Object... values) {
    try (var rows = connection.rows(sql, values)) {
      return rows.next() ? rows.number(0) : 0;
    }
  }

  List<Change> after(MariaConnection connection, long sequence, int limit) {
    return changes(connection, BEHIND + IN_ORDER, sequence, (long) limit);
  }

  List<Change> after(
      MariaConnection connection, long sequence, Collection<String> entities, int limit) {
    var values = new ArrayList<@Nullable Object>();
    values.add(sequence);
    values.addAll(entities);
    values.add((long) limit);
    var marks = String.join(", ", Collections.nCopies(entities.size(), "?"));
    var sql = BEHIND + " AND entity IN (" + marks + ")" + IN_ORDER;
    return changes(connection, sql, values.toArray());
  }

  static long last(MariaConnection connection) {
    return number(connection, LAST);
  }

  private List<Change> changes(MariaConnection connection, String sql, @Nullable Object... values) {
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
