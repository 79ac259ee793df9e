package engineroom.stores.migrate;

import engineroom.data.Value;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.History;
import engineroom.stores.sql.Dialect;
import engineroom.stores.sql.Form;
import engineroom.stores.sql.TableNames;
import engineroom.stores.sql.TableSql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The statements that move the rows of one table into another shape, and that look at them first.
public final class MigrationSql {
  private static final String ROW = "_row";
  private static final String KEPT = "kept__";
  private static final Form TIMESTAMP = Form.Simple.TIMESTAMP;

  private final TableNames tables;
  private final Entity entity;

  public MigrationSql(TableNames tables, Entity entity) {
    this.tables = tables;
    this.entity = entity;
  }

  private static String names(Collection<String> columns) {
    return columns.stream().map(TableSql::name).collect(Collectors.joining(", "));
  }

  public static String renameTable(String from, String to) {
    return "ALTER TABLE " + TableSql.name(from) + " RENAME TO " + TableSql.name(to);
  }

  public static String renameColumn(String table, String from, String to) {
    return "ALTER TABLE %s RENAME COLUMN %s TO %s"
        .formatted(TableSql.name(table), TableSql.name(from), TableSql.name(to));
  }

  public static String dropConstraint(String table, String constraint) {
    return "ALTER TABLE " + TableSql.name(table) + " DROP CONSTRAINT " + TableSql.name(constraint);
  }

  /// Keeps everybody from a table until the transaction ends.
  public static String lockTable(String table) {
    return "LOCK TABLE " + TableSql.name(table) + " IN ACCESS EXCLUSIVE MODE";
  }

  public static String createSchema(String schema) {
    return "CREATE SCHEMA " + TableSql.name(schema);
  }

  /// Copies a table into another schema.
  public static String copyTable(String table, String schema) {
    return "CREATE TABLE %s.%s AS TABLE %s"
        .formatted(TableSql.name(schema), TableSql.name(table), TableSql.name(table));
  }

  public static String dropTable(String table) {
    return "DROP TABLE IF EXISTS " + TableSql.name(table);
  }

  /// Drops a table and what stands on it.
  public static String dropWhole(String table) {
    return dropTable(table) + " CASCADE";
  }

  public static String dropIndex(String index) {
    return "DROP INDEX IF EXISTS " + TableSql.name(index);
  }

  /// Tells rows of a table that refer to nothing.
  public static String foreignKeys(String table) {
    return "PRAGMA foreign_key_check(" + TableSql.name(table) + ")";
  }

  /// Reads a view without rows, to see whether it still can be.
  public static String nothingOf(String view) {
    return "SELECT * FROM " + TableSql.name(view) + " LIMIT 0";
  }

  /// Copies a database into a file.
  public static String copyInto(String file) {
    return "VACUUM INTO " + TableSql.constant(file);
  }

  /// Reads the ids of rows that refer to nothing.
  ///
  /// @param id of the row `r`, as text
  public static String lost(String table, String column, String target, String id) {
    return ("SELECT %s FROM %s r WHERE r.%s IS NOT NULL"
            + " AND NOT EXISTS (SELECT 1 FROM %s t WHERE t.\"id\" = r.%s) ORDER BY r.\"id\"")
        .formatted(
            id,
            TableSql.name(table),
            TableSql.name(column),
            TableSql.name(target),
            TableSql.name(column));
  }

  /// Counts the rows.
  public String count() {
    return "SELECT count(*) FROM " + TableSql.name(entity.name());
  }

  /// Counts the rows with a value in a field.
  public String countOf(String field) {
    return count()
        + " WHERE "
        + TableSql.name(tables.columns(entity.field(field)).getFirst())
        + " IS NOT NULL";
  }

  /// Counts the rows with one of some values in a field.
  public String countOf(String field, Collection<String> values) {
    return count()
        + " WHERE "
        + TableSql.name(field)
        + " IN ("
        + values.stream().map(TableSql::constant).collect(Collectors.joining(", "))
        + ")";
  }

  /// Reads every row, its fields in order.
  public String rows() {
    return "SELECT %s FROM %s".formatted(names(columns()), TableSql.name(entity.name()));
  }

  private List<String> columns() {
    return entity.kept().values().stream().flatMap(f -> tables.columns(f).stream()).toList();
  }

  /// The same with the key behind the fields.
  public String keyedRows() {
    return "SELECT %s, %s FROM %s".formatted(names(columns()), key(), TableSql.name(entity.name()));
  }

  /// The same in the order in which the rows were created.
  public String rowsByAge() {
    return keyedRows() + " ORDER BY \"createdAt\", \"id\"";
  }

  /// The column in which [#keyedRows] has the key.
  public int keyColumn() {
    return entity.kept().values().stream().mapToInt(f -> tables.columns(f).size()).sum();
  }

  /// Reads the id of the row with a key.
  public String idOf() {
    return "SELECT \"id\" FROM %s WHERE %s = ?".formatted(TableSql.name(entity.name()), key());
  }

  /// Reads the ids of rows with the same values in columns, two for each group.
  public String duplicates(List<String> columns) {
    var present =
        columns.stream()
            .map(c -> TableSql.name(c) + " IS NOT NULL")
            .collect(Collectors.joining(" AND "));
    var id = TableNames.integerIds(entity) ? "\"id\"" : dialect().asText("\"id\"");
    return "SELECT min(%s), max(%s) FROM %s WHERE %s GROUP BY %s HAVING count(*) > 1 ORDER BY 1"
        .formatted(id, id, TableSql.name(entity.name()), present, names(columns));
  }

  private Dialect.Tables dialect() {
    return tables.dialect().tables();
  }

  /// Whether the key has a column of its own.
  public boolean numbered() {
    return dialect().numbersRows() && !TableNames.integerIds(entity);
  }

  private String key() {
    return TableSql.name(numbered() ? ROW : "id");
  }

  /// Writes a row into a table of the entity's shape under another name: the key where it has a
  /// column, then the fields.
  public String insert(String table) {
    var columns = new ArrayList<String>();
    if (numbered()) {
      columns.add(ROW);
    }
    entity.kept().values().forEach(field -> columns.addAll(all(field)));
    return "INSERT INTO %s (%s) VALUES (%s)"
        .formatted(
            TableSql.name(table),
            names(columns),
            columns.stream().map(_ -> "?").collect(Collectors.joining(", ")));
  }

  private List<String> all(Field field) {
    var columns = new ArrayList<>(tables.columns(field));
    if (TableNames.ignoresCase(field)) {
      columns.add(TableNames.folded(field.name()));
    }
    return columns;
  }

  /// Copies the rows of this entity, as it was, into a table of its present shape.
  ///
  /// @param fields the former fields by the present ones
  public String copy(String table, MigrationSql present, Map<Field, @Nullable Field> fields) {
    var columns = new LinkedHashMap<String, String>();
    if (present.numbered()) {
      columns.put(ROW, key());
    }
    fields.forEach(
        (now, before) -> {
          if (before != null) {
            copied(columns, present, now, before);
          }
        });
    return "INSERT INTO %s (%s) SELECT %s FROM %s"
        .formatted(
            TableSql.name(table),
            names(columns.keySet()),
            String.join(", ", columns.values()),
            TableSql.name(entity.name()));
  }

  /// Keeps the rows that are there as the first versions, of which nothing is known but that they
  /// are there now.
  public String firstVersions(Instant now) {
    var columns = new LinkedHashMap<String, String>();
    columns.put("id", "concat(\"id\", ':', \"version\")");
    for (var field : entity.fields().values()) {
      if (!field.name().equals("id") && !field.name().startsWith(KEPT)) {
        all(field).forEach(column -> columns.put(column, TableSql.name(column)));
      }
    }
    columns.put(History.ROW, "\"id\"");
    var moment = tables.dialect().values().encode(TIMESTAMP, 0, new Value.Timestamp(now));
    columns.put(History.FROM, TableSql.constant(moment));
    columns.put(History.KIND, "CASE WHEN \"version\" = 1 THEN 'create' ELSE 'update' END");
    columns.put(History.BY, "'migration'");
    columns.put(History.REQUEST, "'migration'");
    return "INSERT INTO %s (%s) SELECT %s FROM %s"
        .formatted(
            TableSql.name(entity.name()),
            names(columns.keySet()),
            String.join(", ", columns.values()),
            TableSql.name(History.present(entity.name())));
  }

  private void copied(Map<String, String> columns, MigrationSql present, Field now, Field before) {
    var from = tables.columns(before);
    var to = present.tables.columns(now);
    for (var part = 0; part < to.size(); part++) {
      columns.put(to.get(part), TableSql.name(from.get(part)));
    }
    if (TableNames.ignoresCase(now)) {
      columns.put(
          TableNames.folded(now.name()),
          "engineroom_folded(" + TableSql.name(from.getFirst()) + ")");
    }
  }
}
