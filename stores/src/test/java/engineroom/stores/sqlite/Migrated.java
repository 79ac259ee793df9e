package engineroom.stores.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import engineroom.data.JsonText;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.migrate.MigrationPlan;
import engineroom.migrate.MigrationPlan.Loss;
import engineroom.model.Model;
import engineroom.problem.ProblemException;
import engineroom.problem.StoreProblem.MigrationNeeded;
import engineroom.stores.Database;
import engineroom.stores.migrate.Drift;
import engineroom.stores.sql.SearchTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// A database that tests migrate and look into.
final class Migrated implements AutoCloseable {
  private final SqliteDatabase database;

  Migrated(Path file) {
    this.database = SqliteDatabase.open(file);
  }

  SqliteDatabase database() {
    return database;
  }

  Migrated with(Model model, String entity, Row... rows) {
    return with(model, entity, Arrays.asList(rows));
  }

  Migrated with(Model model, String entity, List<Row> rows) {
    database
        .store(model)
        .write(
            transaction -> {
              rows.forEach(row -> transaction.insert(entity, row));
              return model;
            });
    return this;
  }

  MigrationPlan plan(Model model) {
    return database.plan(model);
  }

  /// The steps, each with its mark and its rows.
  List<String> steps(Model model) {
    return database.plan(model).steps().stream()
        .map(p -> p.step().words() + " | " + p.mark() + " " + p.rows())
        .toList();
  }

  void to(Model model) {
    database.migrate(model, Loss.REFUSED);
    consistent(model);
  }

  Database.Migrated losing(Model model) {
    var migrated = database.migrate(model, Loss.ALLOWED);
    consistent(model);
    return migrated;
  }

  /// What is refused, each line the place and the message; nothing may have changed by it.
  List<String> refused(Model model, Loss loss) {
    var before = dump();
    var thrown = catchThrowableOfType(ProblemException.class, () -> database.migrate(model, loss));
    assertThat(thrown).as("must be refused").isNotNull();
    assertThat(thrown.problem()).isInstanceOf(MigrationNeeded.class);
    assertThat(dump()).isEqualTo(before);
    return thrown.problem().errors().stream().map(v -> v.path() + " " + v.message()).toList();
  }

  /// The rows of an entity by id.
  Map<String, Row> rows(Model model, String entity) {
    return new SqliteStore(database, model)
        .scan(
            tables -> {
              var rows = new TreeMap<String, Row>();
              tables.rows(entity).forEach(row -> rows.put(JsonText.of(row.id()), row));
              return rows;
            });
  }

  /// The values of one field, in the order of ids.
  List<Value> values(Model model, String entity, String field) {
    return rows(model, entity).values().stream().map(row -> row.value(field)).toList();
  }

  /// What stands in the database, table by table.
  List<String> dump() {
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

  List<String> sql(String sql) {
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

  void execute(String sql) {
    database
        .writer()
        .alone(
            connection -> {
              connection.execute(sql);
              return sql;
            });
  }

  /// The model's part of the schema: each table with its columns in alphabetical order, for their
  /// order has no meaning.
  List<String> schema() {
    return database.writer().alone(Migrated::schema);
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

  /// The database fits the model, is whole, and finds each word of a searched field.
  void consistent(Model model) {
    assertThat(database.planned(model)).isEmpty();
    assertThat(database.drift(model)).isEmpty();
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

  @Override
  public void close() {
    database.close();
  }
}
