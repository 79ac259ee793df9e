package engineroom.stores.sqlite;

import java.util.LinkedHashMap;
import java.util.Map;

/// What the database recorded about itself: the parts of each entity, each with a number that stays
/// the same for good.
///
/// @param entities by the entity's name, then by the part: `field name`, `limit price min`, `index
///   product__name`
record Recorded(Map<String, Map<String, String>> entities) {
  private static final String CREATE =
      """
      CREATE TABLE IF NOT EXISTS "_engineroom_model" (
        id INTEGER PRIMARY KEY AUTOINCREMENT, entity TEXT NOT NULL, part TEXT NOT NULL, definition TEXT NOT NULL,
        UNIQUE (entity, part)
      ) STRICT""";
  private static final String PUT =
      """
      INSERT INTO "_engineroom_model" (entity, part, definition) VALUES (?, ?, ?)
      ON CONFLICT (entity, part) DO UPDATE SET definition = excluded.definition""";

  static void create(SqliteConnection connection) {
    connection.run(CREATE);
  }

  static Recorded read(SqliteConnection connection) {
    var entities = new LinkedHashMap<String, Map<String, String>>();
    var sql = "SELECT entity, part, definition FROM \"_engineroom_model\" ORDER BY id";
    try (var rows = connection.statement(sql).run()) {
      while (rows.next()) {
        entities
            .computeIfAbsent(rows.text(0), _ -> new LinkedHashMap<>())
            .put(rows.text(1), rows.text(2));
      }
    }
    return new Recorded(entities);
  }

  Map<String, String> parts(String entity) {
    return entities.getOrDefault(entity, Map.of());
  }

  /// Records what an entity has become.
  static void write(SqliteConnection connection, String entity, Map<String, String> parts) {
    for (var known : read(connection).parts(entity).keySet()) {
      if (!parts.containsKey(known)) {
        connection.run(
            "DELETE FROM \"_engineroom_model\" WHERE entity = ? AND part = ?", entity, known);
      }
    }
    parts.forEach((part, definition) -> connection.run(PUT, entity, part, definition));
  }
}
