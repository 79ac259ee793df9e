package engineroom.stores.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.Value;
import engineroom.model.Model;
import engineroom.operation.FieldRules;
import engineroom.store.Store;
import engineroom.stores.MariaAddress;
import engineroom.stores.MariaAddress.Make;
import engineroom.stores.migration.Migrated;
import engineroom.stores.session.SessionStore;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// A MariaDB database that tests migrate and look into.
final class MariaMigrated extends Migrated {
  private static final String HERE = " WHERE table_schema = DATABASE()";

  private static final String CHECKS =
      "SELECT CONCAT_WS(' ', table_name, constraint_name, check_clause) FROM"
          + " information_schema.check_constraints WHERE constraint_schema = DATABASE()";
  private static final String CHECKS_OF_MYSQL =
      "SELECT CONCAT_WS(' ', t.table_name, constraint_name, check_clause) FROM"
          + " information_schema.check_constraints JOIN information_schema.table_constraints t"
          + " USING (constraint_schema, constraint_name) WHERE constraint_schema = DATABASE()"
          + " AND t.constraint_type = 'CHECK'";

  private final MariaDatabase database;
  private final Make make;

  MariaMigrated() {
    this(Servers.fresh());
  }

  MariaMigrated(MariaAddress address) {
    this.make = address.make();
    this.database = MariaDatabase.open(address, new FieldRules((_, _) -> List.of()));
  }

  @Override
  public MariaDatabase database() {
    return database;
  }

  @Override
  public Store raw(Model model) {
    return new SessionStore(new MariaSessions(database), model);
  }

  @Override
  public List<String> sql(String sql) {
    return database.alone(
        connection -> {
          var found = new ArrayList<String>();
          try (var rows = connection.rows(sql)) {
            while (rows.next()) {
              found.add(rows.text(0));
            }
          }
          return found;
        });
  }

  @Override
  public void execute(String sql) {
    database.alone(
        connection -> {
          connection.execute(sql);
          return sql;
        });
  }

  private List<String> tables() {
    return sql("SELECT table_name FROM information_schema.tables" + HERE + " ORDER BY 1").stream()
        .filter(table -> !table.startsWith("engineroom_backup"))
        .toList();
  }

  @Override
  public List<String> dump() {
    var lines = new ArrayList<>(schema());
    for (var table : tables()) {
      var columns =
          columns(table).stream()
              .map(column -> "COALESCE(\"" + column + "\", '-')")
              .collect(Collectors.joining(", ' ', "));
      lines.addAll(sql("SELECT CONCAT(" + columns + ") FROM \"" + table + "\" ORDER BY 1"));
    }
    return lines;
  }

  /// Columns, constraints, indexes and references, each on a line.
  @Override
  public List<String> schema() {
    var lines = new TreeSet<String>();
    lines.addAll(
        sql(
            "SELECT CONCAT_WS(' ', table_name, column_name, column_type, is_nullable,"
                + " collation_name, column_default, extra) FROM information_schema.columns"
                + HERE));
    lines.addAll(
        sql(make == Make.MYSQL ? CHECKS_OF_MYSQL : CHECKS).stream()
            .map(line -> line.replaceAll("~[0-9a-f]{8} ", " "))
            .toList());
    lines.addAll(
        sql(
            "SELECT CONCAT_WS(' ', table_name, index_name"
                + ", seq_in_index, "
                + (make == Make.MYSQL ? "COALESCE(column_name, expression)" : "column_name")
                + ", non_unique,"
                + " sub_part) FROM information_schema.statistics"
                + HERE));
    lines.addAll(
        sql(
            "SELECT CONCAT_WS(' ', table_name, constraint_name, column_name,"
                + " referenced_table_name) FROM information_schema.key_column_usage"
                + HERE));
    lines.removeIf(line -> line.startsWith("_engineroom") || line.startsWith("engineroom_backup"));
    return List.copyOf(lines);
  }

  @Override
  public List<String> named(String table) {
    return sql(
        "SELECT table_name FROM information_schema.tables"
            + HERE
            + " AND table_name LIKE '"
            + table
            + "%' UNION SELECT index_name FROM information_schema.statistics"
            + HERE
            + " AND index_name LIKE '"
            + table
            + "%' AND table_name NOT LIKE 'engineroom_backup%'");
  }

  @Override
  public List<String> columns(String table) {
    return sql(
        "SELECT column_name FROM information_schema.columns"
            + HERE
            + " AND table_name = '"
            + table
            + "' ORDER BY ordinal_position");
  }

  @Override
  public List<String> keys(String table) {
    return sql("SELECT row_number() OVER (ORDER BY id) FROM \"" + table + "\" ORDER BY id");
  }

  @Override
  public List<String> found(String table, String word) {
    return sql(
        ("SELECT place FROM (SELECT row_number() OVER (ORDER BY id) AS place, id FROM %s) t"
                + " WHERE id IN (SELECT id FROM %s__words WHERE word = '%s' AND place = 0)")
            .formatted(table, table, word));
  }

  /// @param backup `tables …`
  @Override
  public List<Value> backedUp(String backup, Model model, String entity, String field) {
    var table =
        List.of(backup.substring("tables ".length()).split(", ")).stream()
            .filter(name -> name.endsWith("__" + entity))
            .findFirst()
            .orElseThrow();
    return sql("SELECT \"%s\" FROM \"%s\" ORDER BY id".formatted(field, table)).stream()
        .map(text -> text.matches("[0-9]+") ? Value.of(Long.parseLong(text)) : Value.of(text))
        .toList();
  }

  @Override
  protected void whole(Model model) {
    for (var table : tables()) {
      assertThat(table).doesNotStartWith("_engineroom_old").doesNotStartWith("_engineroom_mark");
    }
    assertThat(sql("SELECT statement FROM \"_engineroom_journal\"")).isEmpty();
    for (var entity : model.entities().values()) {
      for (var field : entity.fields().values()) {
        if (field.traits().search() && !field.virtual()) {
          assertThat(
                  sql(
                      ("SELECT count(*) FROM %s t WHERE %s REGEXP '[a-z0-9]' AND NOT EXISTS"
                              + " (SELECT 1 FROM \"%s__words\" w WHERE w.id = t.id)")
                          .formatted(
                              "\"" + entity.name() + "\"",
                              "\"" + field.name() + "\"",
                              entity.name())))
              .as("rows of %s whose words are not searched", entity.name())
              .containsExactly("0");
        }
      }
    }
  }
}
