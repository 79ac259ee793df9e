package engineroom.stores.sqlite;

import engineroom.model.Model;
import engineroom.stores.sql.SearchTable;
import engineroom.stores.sql.TableNames;
import engineroom.stores.sql.TableSql;
import java.util.ArrayList;
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

  /// What a database made from a model has, by name: the SQL of tables, indexes and search.
  static Map<String, String> of(Model model) {
    var made = new LinkedHashMap<String, String>();
    var tables = new TableNames(model);
    for (var entity : model.entities().values()) {
      var table = new TableSql(tables, entity);
      made.put(entity.name(), table.create(entity.name()));
      table.indexes().forEach((name, index) -> made.put(name, table.create(name, index)));
      if (!TableNames.searched(entity).isEmpty()) {
        made.put(SearchTable.name(entity.name()), table.search().get(1));
      }
    }
    return made;
  }

  /// What the model does not own and migrations never touch.
  List<Item> unowned(Model recorded) {
    var owned = of(recorded).keySet();
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

  /// The definitions between the outer brackets of a `CREATE TABLE`, by their first word.
  static Map<String, String> definitions(String sql) {
    var found = new LinkedHashMap<String, String>();
    for (var definition : split(sql.substring(sql.indexOf('(') + 1, sql.lastIndexOf(')')))) {
      var words = definition.split("\\s+", 2);
      found.put(words[0].replace("\"", ""), definition);
    }
    return found;
  }

  /// Parts between commas that stand in no brackets and no quotes.
  private static List<String> split(String text) {
    var parts = new ArrayList<String>();
    var depth = 0;
    var quote = ' ';
    var from = 0;
    for (var i = 0; i < text.length(); i++) {
      var at = text.charAt(i);
      if (quote != ' ') {
        quote = at == quote ? ' ' : quote;
      } else if (at == '\'' || at == '"') {
        quote = at;
      } else if (at == '(' || at == ')') {
        depth += at == '(' ? 1 : -1;
      } else if (at == ',' && depth == 0) {
        parts.add(text.substring(from, i).strip());
        from = i + 1;
      }
    }
    parts.add(text.substring(from).strip());
    return parts;
  }
}
