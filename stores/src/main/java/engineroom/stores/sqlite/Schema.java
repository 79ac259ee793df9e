package engineroom.stores.sqlite;

import engineroom.model.Model;
import engineroom.stores.migrate.Drift;
import engineroom.stores.sql.Dialect;
import engineroom.stores.sql.SearchTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a database has: its tables, indexes, triggers and views, each with its SQL.
///
/// @param items by name
record Schema(Map<String, Item> items) {
  private static final String READ =
      """
      SELECT type, name, tbl_name, ifnull(sql, '') FROM sqlite_schema ORDER BY rowid""";

  /// One thing in the database.
  ///
  /// @param table that it belongs to
  record Item(String type, String name, String table, String sql) {}

  static Schema read(SqliteConnection connection) {
    var items = new LinkedHashMap<String, Item>();
    try (var rows = connection.statement(READ).run()) {
      while (rows.next()) {
        var item = new Item(rows.text(0), rows.text(1), rows.text(2), rows.text(3));
        items.put(item.name(), item);
      }
    }
    return new Schema(items);
  }

  /// The SQL by name.
  Map<String, String> sql() {
    var sql = new LinkedHashMap<String, String>();
    items.values().forEach(item -> sql.put(item.name(), item.sql()));
    return sql;
  }

  /// What the model does not own and migrations never touch.
  List<Item> unowned(Model recorded, Dialect dialect) {
    var owned = Drift.made(recorded, dialect).keySet();
    return items.values().stream()
        .filter(item -> !item.sql().isEmpty() && !owned.contains(item.name()))
        .filter(item -> !item.name().startsWith("_engineroom_"))
        .filter(item -> !item.name().startsWith("sqlite_"))
        .filter(item -> recorded.entities().keySet().stream().noneMatch(e -> shadow(item, e)))
        .toList();
  }

  private static boolean shadow(Item item, String entity) {
    return item.name().startsWith(SearchTable.name(entity) + "_");
  }
}
