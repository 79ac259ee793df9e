package engineroom.stores.sqlite;

import engineroom.model.Model;
import engineroom.outcome.Change;
import engineroom.outcome.Change.Kind;
import engineroom.outcome.Change.Origin;
import engineroom.stores.kept.RowText;
import engineroom.stores.sql.Codec;
import engineroom.stores.sql.Form;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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
  private static final String ADD =
      """
      INSERT INTO "_engineroom_change" (entity, row_id, kind, before, after, caller,
        request_id, time)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)""";
  private static final String AFTER =
      """
      SELECT sequence, entity, row_id, kind, before, after, caller, request_id, time
      FROM "_engineroom_change"
      WHERE sequence > ? ORDER BY sequence LIMIT ?""";

  private final RowText texts;

  ChangeLog(Model model) {
    this.texts = new RowText(model);
  }

  static boolean create(SqliteConnection connection) {
    connection.run(CREATE);
    return true;
  }

  Change add(SqliteConnection connection, Change change) {
    var origin = change.origin();
    connection.run(
        ADD,
        change.entity(),
        Codec.encode(Form.Simple.TEXT, 0, change.id()),
        change.kind().name(),
        RowText.json(change.before()),
        RowText.json(change.after()),
        origin.caller(),
        origin.requestId(),
        origin.time().toString());
    return change.numbered(connection.lastKey());
  }

  List<Change> after(SqliteConnection connection, long sequence, int limit) {
    var changes = new ArrayList<Change>();
    try (var rows = connection.statement(AFTER).run(sequence, (long) limit)) {
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
