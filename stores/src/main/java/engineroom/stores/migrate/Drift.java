package engineroom.stores.migrate;

import engineroom.migrate.Layout;
import engineroom.model.Model;
import engineroom.stores.sql.Dialect;
import engineroom.stores.sql.SearchTable;
import engineroom.stores.sql.TableNames;
import engineroom.stores.sql.TableSql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a database is not as it recorded itself, because someone changed it by hand. Told, and
/// never put right.
public final class Drift {
  private static final String TABLE = "CREATE TABLE ";

  private final List<String> told = new ArrayList<>();

  private Drift() {}

  /// Compares.
  ///
  /// @param present the SQL of what the database has, by name
  public static List<String> of(Map<String, String> present, Layout recorded, Dialect dialect) {
    var drift = new Drift();
    made(recorded.model(), dialect)
        .forEach((name, sql) -> drift.compare(name, sql, present.get(name)));
    return drift.told;
  }

  /// The columns of a table that the model does not own, each told.
  public static List<String> strange(
      Map<String, String> present, Layout recorded, String entity, Dialect dialect) {
    var drift = new Drift();
    var item = present.get(entity);
    var expected = made(recorded.model(), dialect).get(entity);
    if (item != null && expected != null) {
      drift.columns(entity, definitions(expected), definitions(item));
    }
    return drift.told.stream().filter(text -> text.contains("does not have")).toList();
  }

  private void compare(String name, String expected, @Nullable String item) {
    if (item == null) {
      told.add((expected.startsWith(TABLE) ? "The table " : "The index ") + name + " is missing.");
    } else if (item.equals(expected)) {
      return;
    } else if (expected.startsWith(TABLE)) {
      columns(name, definitions(expected), definitions(item));
    } else {
      told.add("The index " + name + " is another: " + item);
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

  /// What a database made from a model has, by name: the SQL of tables, indexes and search.
  public static Map<String, String> made(Model model, Dialect dialect) {
    var made = new LinkedHashMap<String, String>();
    var tables = new TableNames(model, dialect);
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

  /// The definitions between the outer brackets of a `CREATE TABLE`, by their first word.
  public static Map<String, String> definitions(String sql) {
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
