package engineroom.stores.sqlite;

import engineroom.data.JsonText;
import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.model.Entity;
import engineroom.model.Model;
import engineroom.outcome.Change;
import engineroom.outcome.Change.Kind;
import engineroom.outcome.Change.Origin;
import engineroom.stores.sql.Codec;
import engineroom.stores.sql.Form;
import engineroom.stores.sql.JsonForm;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  private final Model model;

  ChangeLog(Model model) {
    this.model = model;
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
        json(change.before()),
        json(change.after()),
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
    var entity = model.findEntity(rows.text(1));
    var idType = entity.map(e -> e.field("id").type().type()).orElse(Type.Scalar.TEXT);
    return new Change(
        rows.number(0),
        rows.text(1),
        value(idType, quoted(rows.text(2), idType)),
        Kind.valueOf(rows.text(3)),
        values(entity.orElse(null), rows.text(4)),
        values(entity.orElse(null), rows.text(5)),
        new Origin(rows.text(6), rows.text(7), Instant.parse(rows.text(8))));
  }

  private static String quoted(String text, Type type) {
    return type == Type.Scalar.INTEGER ? text : JsonText.of(Value.of(text));
  }

  private static String json(Map<String, Value> values) {
    var json = new StringBuilder("{");
    values.forEach(
        (name, value) -> {
          json.append(json.length() == 1 ? "" : ",");
          JsonText.quote(json, name);
          json.append(':');
          JsonText.append(json, value);
        });
    return json.append('}').toString();
  }

  private Map<String, Value> values(@org.jspecify.annotations.Nullable Entity entity, String json) {
    var values = new LinkedHashMap<String, Value>();
    JsonForm.members(json)
        .forEach((name, text) -> values.put(name, value(type(entity, name), text)));
    return values;
  }

  /// A value; as JSON where it was written before its field got another type.
  private static Value value(Type type, String text) {
    try {
      return JsonForm.value(type, text);
    } catch (IllegalArgumentException | DateTimeException _) {
      return new Value.Json(text); // the past stays as it was written
    }
  }

  /// The type of a field's values; JSON for a field that the model has no more.
  private Type type(@org.jspecify.annotations.Nullable Entity entity, String name) {
    var field = entity == null ? null : entity.findField(name).orElse(null);
    if (field == null) {
      return Type.Scalar.JSON;
    }
    return field.type().type() instanceof Type.RowOf(var target)
        ? model.entity(target).field("id").type().type()
        : field.type().type();
  }
}
