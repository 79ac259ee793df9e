package engineroom.stores.kept;

import engineroom.data.JsonText;
import engineroom.data.Value;
import engineroom.migrate.EntityChange;
import engineroom.migrate.FieldChange;
import engineroom.stores.migrate.SqlSession;
import engineroom.stores.sql.JsonForm;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Gives the rows in the trash the names that a migration gives to entities, fields and values of
/// enums, so that they are found again. All else stays as it was kept, and is held against the
/// model when it comes back.
public final class TrashNames {
  private static final String FORGET_WITH =
      """
      DELETE FROM "_engineroom_trash_row"
      WHERE number IN (SELECT number FROM "_engineroom_trash" WHERE entity = ?)""";
  private static final String FORGET_ROWS =
      """
      DELETE FROM "_engineroom_trash_row" WHERE entity = ?""";
  private static final String FORGET_UNITS =
      """
      DELETE FROM "_engineroom_trash" WHERE entity = ?""";
  private static final String UNITS =
      """
      SELECT number, entity, went, cleared, "row" FROM "_engineroom_trash"
      WHERE number > ? ORDER BY number LIMIT 500""";
  private static final String WRITE_UNIT =
      """
      UPDATE "_engineroom_trash" SET entity = ?, went = ?, cleared = ?, "row" = ?
      WHERE number = ?""";
  private static final String ROWS =
      """
      SELECT number, place, entity, "row" FROM "_engineroom_trash_row"
      WHERE (number, place) > (?, ?) ORDER BY number, place LIMIT 500""";
  private static final String WRITE_ROW =
      """
      UPDATE "_engineroom_trash_row" SET entity = ?, "row" = ? WHERE number = ? AND place = ?""";

  private final SqlSession session;
  private final Map<String, EntityChange> changes;
  private final Set<String> dropped;

  /// @param changes of the entities that were there before
  /// @param dropped entities that are no more
  public TrashNames(SqlSession session, List<EntityChange> changes, Set<String> dropped) {
    this.session = session;
    this.dropped = Set.copyOf(dropped);
    this.changes =
        changes.stream()
            .filter(change -> change.before() != null)
            .collect(Collectors.toMap(TrashNames::former, change -> change));
  }

  private static String former(EntityChange change) {
    var before = change.before();
    return before == null ? change.name() : before.name();
  }

  /// Whether kept rows are written anew. What the model drops is dropped here too: another field
  /// may get its name later.
  private static boolean rewrites(EntityChange change) {
    return change.renamed()
        || !change.dropped().isEmpty()
        || change.fields().stream().anyMatch(f -> f.renamed() || !f.renamedValues().isEmpty());
  }

  /// Follows the model within the migration's transaction.
  public void follow() {
    for (var entity : dropped) {
      List.of(FORGET_WITH, FORGET_ROWS, FORGET_UNITS).forEach(sql -> write(sql, entity));
    }
    if (dropped.isEmpty() && changes.values().stream().noneMatch(TrashNames::rewrites)) {
      return;
    }
    for (long last = 0, next = units(last); next > last; next = units(last)) {
      last = next;
    }
    for (Place last = new Place(0, -1), next = rows(last); !next.equals(last); next = rows(last)) {
      last = next;
    }
  }

  /// Where a row is in the trash.
  private record Place(long number, long place) {}

  /// One unit as it is kept.
  private record Unit(long number, String entity, String went, String cleared, String row) {}

  /// One row that went with another.
  private record Other(Place place, String entity, String row) {}

  private long units(long after) {
    var found = new ArrayList<Unit>();
    try (var rows = session.rows(UNITS, after)) {
      while (rows.next()) {
        found.add(new Unit(rows.number(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4)));
      }
    }
    for (var unit : found) {
      write(
          WRITE_UNIT,
          name(unit.entity()),
          counts(unit.went()),
          counts(unit.cleared()),
          row(unit.entity(), unit.row()),
          unit.number());
    }
    return found.isEmpty() ? after : found.getLast().number();
  }

  private Place rows(Place after) {
    var found = new ArrayList<Other>();
    try (var rows = session.rows(ROWS, after.number(), after.place())) {
      while (rows.next()) {
        var place = new Place(rows.number(0), rows.number(1));
        found.add(new Other(place, rows.text(2), rows.text(3)));
      }
    }
    for (var other : found) {
      var at = other.place();
      var row = row(other.entity(), other.row());
      write(WRITE_ROW, name(other.entity()), row, at.number(), at.place());
    }
    return found.isEmpty() ? after : found.getLast().place();
  }

  private void write(String sql, Object... values) {
    try (var written = session.rows(sql, values)) {
      written.next();
    }
  }

  private String name(String entity) {
    var change = changes.get(entity);
    return change == null ? entity : change.name();
  }

  private String counts(String json) {
    var counts = new LinkedHashMap<String, String>();
    JsonForm.members(json)
        .forEach(
            (entity, count) -> {
              if (!dropped.contains(entity)) {
                counts.put(name(entity), count);
              }
            });
    return object(counts);
  }

  private String row(String entity, String json) {
    var change = changes.get(entity);
    if (change == null || !rewrites(change)) {
      return json;
    }
    var members = JsonForm.members(json);
    var renamed = new LinkedHashMap<String, String>();
    for (var field : change.fields()) {
      var before = field.before();
      var text = before == null ? null : members.get(before.name());
      if (text != null) {
        renamed.put(field.name(), value(field, text));
      }
    }
    return object(renamed);
  }

  /// The text with the present names of an enum's values, in a list too.
  private static String value(FieldChange field, String text) {
    var names = field.renamedValues();
    var before = field.before();
    if (names.isEmpty() || before == null) {
      return text;
    }
    try {
      return JsonText.of(present(names, JsonForm.value(before.type().type(), text)));
    } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException _) {
      return text; // of another type still; told when the row comes back
    }
  }

  private static Value present(Map<String, String> names, Value value) {
    return switch (value) {
      case Value.Text(var text) -> Value.of(names.getOrDefault(text, text));
      case Value.ListOf(var elements) ->
          new Value.ListOf(elements.stream().map(element -> present(names, element)).toList());
      case Value other -> other;
    };
  }

  private static String object(Map<String, String> members) {
    var json = new StringBuilder("{");
    members.forEach(
        (name, text) -> {
          json.append(json.length() == 1 ? "" : ",");
          JsonText.quote(json, name);
          json.append(':').append(text);
        });
    return json.append('}').toString();
  }
}
