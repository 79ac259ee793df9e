package engineroom.stores.sqlite;

import engineroom.migrate.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a database is not as it recorded itself, because someone changed it by hand. Told, and
/// never put right.
final class Drift {
  private static final String TABLE = "CREATE TABLE ";

  private final List<String> told = new ArrayList<>();

  private Drift() {}

  static List<String> of(Schema schema, Layout recorded) {
    var drift = new Drift();
    Schema.of(recorded.model())
        .forEach((name, sql) -> drift.compare(name, sql, schema.items().get(name)));
    return drift.told;
  }

  /// The columns of a table that the model does not own, each told.
  static List<String> strange(Schema schema, Layout recorded, String entity) {
    var drift = new Drift();
    var item = schema.items().get(entity);
    var expected = Schema.of(recorded.model()).get(entity);
    if (item != null && expected != null) {
      drift.columns(entity, Schema.definitions(expected), Schema.definitions(item.sql()));
    }
    return drift.told.stream().filter(text -> text.contains("does not have")).toList();
  }

  private void compare(String name, String expected, Schema.@Nullable Item item) {
    if (item == null) {
      told.add((expected.startsWith(TABLE) ? "The table " : "The index ") + name + " is missing.");
    } else if (expected.startsWith(TABLE)) {
      columns(name, Schema.definitions(expected), Schema.definitions(item.sql()));
    } else if (!item.sql().equals(expected)) {
      told.add("The index " + name + " is another: " + item.sql());
    }
  }

  private void columns(String table, Map<String, String> expected, Map<String, String> present) {
    expected.forEach(
        (column, definition) -> {
          var found = present.get(column);
          if (found == null) {
            told.add("The column " + table + "." + column + " is missing.");
          } else if (!found.equals(definition) && !found.startsWith(definition + " DEFAULT ")) {
            told.add("The column " + table + "." + column + " is another: " + found);
          }
        });
    present.forEach(
        (column, definition) -> {
          if (!expected.containsKey(column)) {
            told.add(
                "The table " + table + " has a column that the model does not have: " + definition);
          }
        });
  }
}
