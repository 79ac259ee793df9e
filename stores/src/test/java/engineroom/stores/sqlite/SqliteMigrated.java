package engineroom.stores.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.Value;
import engineroom.model.Model;
import engineroom.store.Store;
import engineroom.stores.migrate.Drift;
import engineroom.stores.migration.Migrated;
import engineroom.stores.sql.SearchTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// A SQLite file that tests migrate and look into.
final class SqliteMigrated extends Migrated {
  private final SqliteDatabase database;

  SqliteMigrated(Path file) {
    this.database = SqliteDatabase.open(file);
  }

  @Override
  public SqliteDatabase database() {
    return database;
  }

  @Override
  public Store raw(Model model) {
    return new SqliteStore(database, model, Map.of());
  }

  @Override
  public List<String> named(String table) {
    return sql("SELECT name FROM sqlite_schema WHERE name LIKE '" + table + "%'");
  }

  @Override
  public List<String> columns(String table) {
    return sql("SELECT name FROM pragma_table_info('" + table + "')");
  }

  @Override
  public List<String> keys(String table) {
    return sql("SELECT _row FROM " + table + " ORDER BY id");
  }

  @Override
  public List<String> found(String table, String word) {
    var search = SearchTable.name(table);
    return sql("SELECT rowid FROM %s WHERE %s MATCH '%s'".formatted(search, search, word));
  }

  @Override
  public List<Value> backedUp(String backup, Model model, String entity, String field) {
    try (var before = new SqliteMigrated(Path.of(backup))) {
      return before.values(model, entity, field);
    }
  }

  @Override
  public List<String> dump() {
    return database
        .writer()
        .alone(
            connection -> {
              var lines = new ArrayList<String>(schema(connection));
              for (var item : Schema.read(connection).items().values()) {
                if (item.type().equals("table") && !item.name().contains("__search")) {
                  lines.addAll(contents(connection, item.name()));
                }
              }
              return lines;
            });
  }

  private static List<String> contents(SqliteConnection connection, String table) {
    var columns = new ArrayList<String>();
    try (var rows = connection.statement("PRAGMA table_info(\"" + table + "\")").run()) {
      while (rows.next()) {
        columns.add("quote(\"" + rows.text(1) + "\")");
      }
    }
    var lines = new ArrayList<String>();
    var sql = "SELECT " + String.join(" || ',' || ", columns) + " FROM \"" + table + "\"";
    try (var rows = connection.statement(sql).run()) {
      while (rows.next()) {
        lines.add(table + ": " + rows.text(0));
      }
    }
    return lines;
  }

  @Override
  public List<String> sql(String sql) {
    return database
        .writer()
        .alone(
            connection -> {
              var found = new ArrayList<String>();
              try (var rows = connection.statement(sql).run()) {
                while (rows.next()) {
                  found.add(rows.text(0));
                }
              }
              return found;
            });
  }

  @Override
  public void execute(String sql) {
    database
        .writer()
        .alone(
            connection -> {
              connection.execute(sql);
              return sql;
            });
  }

  /// Each table with its columns in alphabetical order, for their order has no meaning.
  @Override
  public List<String> schema() {
    return database.writer().alone(SqliteMigrated::schema);
  }

  private static List<String> schema(SqliteConnection connection) {
    var lines = new TreeSet<String>();
    for (var item : Schema.read(connection).items().values()) {
      if (!item.name().startsWith("_engineroom") && !item.name().startsWith("sqlite_")) {
        lines.add(
            item.type().equals("table") && item.sql().startsWith("CREATE TABLE")
                ? item.sql().substring(0, item.sql().indexOf('('))
                    + new TreeSet<>(Drift.definitions(item.sql()).values())
                    + item.sql().substring(item.sql().lastIndexOf(')'))
                : item.sql());
      }
    }
    return List.copyOf(lines);
  }

  @Override
  protected void whole(Model model) {
    assertThat(sql("PRAGMA integrity_check")).containsExactly("ok");
    assertThat(sql("PRAGMA foreign_key_check")).isEmpty();
    for (var entity : model.entities().values()) {
      if (entity.fields().values().stream().anyMatch(f -> f.traits().search())) {
        var search = SearchTable.name(entity.name());
        assertThat(sql("SELECT count(*) FROM \"" + search + "\""))
            .isEqualTo(sql("SELECT count(*) FROM \"" + entity.name() + "\""));
      }
    }
  }
}
