package engineroom.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.Value;
import engineroom.model.Model;
import engineroom.operation.FieldRules;
import engineroom.store.Store;
import engineroom.stores.PostgresAddress;
import engineroom.stores.migration.Migrated;
import engineroom.stores.session.SessionStore;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// A PostgreSQL database that tests migrate and look into.
final class PostgresMigrated extends Migrated {
  private final PostgresDatabase database;

  PostgresMigrated() {
    this(Servers.fresh());
  }

  PostgresMigrated(PostgresAddress address) {
    this.database = PostgresDatabase.open(address, new FieldRules((_, _) -> List.of()));
  }

  @Override
  public PostgresDatabase database() {
    return database;
  }

  @Override
  public Store raw(Model model) {
    return new SessionStore(PostgresSessions.of(database, model, null, 2), model);
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
    return sql(
        "SELECT relname FROM pg_class WHERE relkind = 'r'"
            + " AND relnamespace = current_schema()::regnamespace ORDER BY 1");
  }

  @Override
  public List<String> dump() {
    var lines = new ArrayList<>(schema());
    for (var table : tables()) {
      lines.addAll(sql("SELECT CAST(t AS text) FROM \"" + table + "\" t ORDER BY 1"));
    }
    return lines;
  }

  /// Columns, constraints, indexes and views, each on a line.
  @Override
  public List<String> schema() {
    var lines = new TreeSet<String>();
    for (var table : tables()) {
      if (table.startsWith("_engineroom")) {
        continue;
      }
      var of = " WHERE %s = CAST('\"" + table + "\"' AS regclass)";
      lines.addAll(
          sql(
              ("SELECT '%s.' || attname || ' ' || format_type(atttypid, atttypmod)"
                          + " || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END"
                          + " || CASE WHEN attcollation <> 0 THEN ' collation ' || attcollation"
                          + " ELSE '' END FROM pg_attribute")
                      .formatted(table)
                  + of.formatted("attrelid")
                  + " AND attnum > 0 AND NOT attisdropped"));
      lines.addAll(
          sql(
              "SELECT '%s ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint"
                      .formatted(table)
                  + of.formatted("conrelid")
                  + " AND contype IN ('c', 'f', 'u', 'x')"));
      lines.addAll(
          sql(
              "SELECT pg_get_indexdef(indexrelid) FROM pg_index"
                  + of.formatted("indrelid")
                  + " AND NOT indisprimary"));
    }
    return List.copyOf(lines);
  }

  @Override
  public List<String> named(String table) {
    return sql(
        "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
            + " AND relname LIKE '"
            + table
            + "%' AND relname NOT LIKE '%pkey'");
  }

  @Override
  public List<String> columns(String table) {
    return sql(
        "SELECT column_name FROM information_schema.columns WHERE table_name = '" + table + "'");
  }

  @Override
  public List<String> keys(String table) {
    return sql("SELECT row_number() OVER (ORDER BY id) FROM " + table + " ORDER BY id");
  }

  @Override
  public List<String> found(String table, String word) {
    return sql(
        ("SELECT place FROM (SELECT row_number() OVER (ORDER BY id) AS place, __search FROM %s) t"
                + " WHERE __search @@ $$'0:%s'$$::tsquery")
            .formatted(table, word));
  }

  /// @param backup `schema …: tables`
  @Override
  public List<Value> backedUp(String backup, Model model, String entity, String field) {
    var schema = backup.substring("schema ".length(), backup.indexOf(':'));
    return sql("SELECT \"%s\" FROM \"%s\".\"%s\" ORDER BY id".formatted(field, schema, entity))
        .stream()
        .map(text -> text.matches("[0-9]+") ? Value.of(Long.parseLong(text)) : Value.of(text))
        .toList();
  }

  @Override
  protected void whole(Model model) {
    for (var entity : model.entities().values()) {
      if (entity.fields().values().stream().anyMatch(f -> f.traits().search())) {
        assertThat(
                sql("SELECT count(*) FROM \"%s\" WHERE __search IS NULL".formatted(entity.name())))
            .as("rows of %s whose words are not searched", entity.name())
            .containsExactly("0");
      }
    }
  }
}
