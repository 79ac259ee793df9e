package engineroom.stores.sqlite;

import engineroom.data.Times;
import engineroom.model.Model;
import engineroom.outcome.Change;
import engineroom.outcome.Change.Kind;
import engineroom.outcome.Change.Origin;
import engineroom.stores.kept.RowText;
import engineroom.stores.sql.Codec;
import engineroom.stores.sql.Form;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The change log's table.
final class ChangeLog {
  private static final String CREATE =
      """
      CREATE TABLE IF NOT EXISTS "_engineroom_change" (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT, entity TEXT NOT NULL, row_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        before TEXT NOT NULL, after TEXT NOT NULL, caller TEXT NOT NULL,
        request_id TEXT NOT NULL, time TEXT NOT NULL
      ) STRICT""";
  private static final String ONE = " (?, ?, ?, ?, ?, ?, ?, ?)";

  /// Changes that one statement adds: it then counts them, and notes how far, once.
  private static final int TOGETHER = 32;

  private static final String ADD =
      """
      INSERT INTO "_engineroom_change" (entity, row_id, kind, before, after, caller,
        request_id, time)
      VALUES"""
          + ONE;
  private static final String ADD_TOGETHER = ADD + ("," + ONE).repeat(TOGETHER - 1);
  private static final String BEHIND =
      """
      SELECT sequence, entity, row_id, kind, before, after, caller, request_id, time
      FROM "_engineroom_change" WHERE sequence > ?\
      """;
  private static final String IN_ORDER = " ORDER BY sequence LIMIT ?";
  private static final String GIVEN =
      "SELECT seq FROM sqlite_sequence WHERE name = '_engineroom_change'";
  private static final String LAST = "SELECT ifnull(max(sequence), 0) FROM \"_engineroom_change\"";

  private final RowText texts;

  ChangeLog(Model model) {
    this.texts = new RowText(model);
  }

  static boolean create(SqliteConnection connection) {
    connection.run(CREATE);
    return true;
  }

  /// One statement that adds changes.
  record Addition(String sql, @Nullable Object[] values, List<Change> changes) {
    static Addition of(String sql, List<Change> changes) {
      return new Addition(sql, ChangeLog.values(changes), changes);
    }

    /// Adds them; the number of the last one comes back.
    long run(SqliteConnection connection) {
      connection.run(sql, values);
      return connection.lastKey();
    }
  }

  /// What adds changes in their order.
  static List<Addition> additions(List<Change> changes) {
    var additions = new ArrayList<Addition>();
    var at = 0;
    for (; changes.size() - at >= TOGETHER; at += TOGETHER) {
      additions.add(Addition.of(ADD_TOGETHER, changes.subList(at, at + TOGETHER)));
    }
    changes.subList(at, changes.size()).forEach(c -> additions.add(Addition.of(ADD, List.of(c))));
    return additions;
  }

  static List<Change> add(SqliteConnection connection, List<Change> changes) {
    var numbered = new ArrayList<Change>(changes.size());
    for (var addition : additions(changes)) {
      var sequence = addition.run(connection) - addition.changes().size();
      for (var change : addition.changes()) {
        numbered.add(change.numbered(++sequence));
      }
    }
    return numbered;
  }

  private static @Nullable Object[] values(List<Change> changes) {
    var values = new ArrayList<@Nullable Object>();
    for (var change : changes) {
      var origin = change.origin();
      values.add(change.entity());
      values.add(Codec.encode(Form.Simple.TEXT, 0, change.id()));
      values.add(change.kind().name());
      values.add(RowText.json(change.before()));
      values.add(RowText.json(change.after()));
      values.add(origin.caller());
      values.add(origin.requestId());
      values.add(origin.time().toString());
    }
    return values.toArray();
  }

  List<Change> after(SqliteConnection connection, long sequence, int limit) {
    return changes(connection, BEHIND + IN_ORDER, sequence, (long) limit);
  }

  List<Change> after(
      SqliteConnection connection, long sequence, Collection<String> entities, int limit) {
    var marks = String.join(", ", Collections.nCopies(entities.size(), "?"));
    var values = new ArrayList<@Nullable Object>();
    values.add(sequence);
    values.addAll(entities);
    values.add((long) limit);
    var sql = BEHIND + " AND entity IN (" + marks + ")" + IN_ORDER;
    return changes(connection, sql, values.toArray());
  }

  private List<Change> changes(
      SqliteConnection connection, String sql, @Nullable Object... values) {
    var changes = new ArrayList<Change>();
    try (var rows = connection.statement(sql).run(values)) {
      while (rows.next()) {
        changes.add(change(rows));
      }
    }
    return changes;
  }

  /// The last number that was given, whether or not its change is still there.
  static long given(SqliteConnection connection) {
    try (var rows = connection.statement(GIVEN).run()) {
      return rows.next() ? rows.number(0) : 0;
    }
  }

  static long last(SqliteConnection connection) {
    try (var rows = connection.statement(LAST).run()) {
      return rows.next() ? rows.number(0) : 0;
    }
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
        new Origin(rows.text(6), rows.text(7), Times.instant(rows.text(8))));
  }
}
