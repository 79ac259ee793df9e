package engineroom.stores.copy;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.model.Entity;
import engineroom.stores.migrate.SqlSession;
import engineroom.stores.sql.EntitySql;
import engineroom.stores.sql.TableNames;
import engineroom.stores.sql.TableSql;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A table on one side of a copy, read in the order of its key.
final class SideTable {
  /// Rows that one statement adds, and values that one statement takes, at most.
  private static final int TOGETHER = 100;

  private static final int VALUES_MAX = 20_000;

  /// Rows that are read at once: so many, and about so much.
  private static final int BATCH_MIN = 10;

  private static final int BATCH_MAX = 1_000;
  private static final long BATCH_BYTES = 4L << 20;
  private static final long VALUE_BYTES = 24;

  private final SqlSession session;
  private final EntitySql sql;
  private final List<String> key;
  private final String table;
  private final int together;
  private int batch = 10 * BATCH_MIN;

  SideTable(SqlSession session, TableNames names, Entity entity, List<String> key) {
    this.session = session;
    this.sql = new EntitySql(names, entity);
    this.key = List.copyOf(key);
    this.table = TableSql.name(entity.name());
    var columns = Math.max(1, sql.insert(1).chars().filter(c -> c == '?').count());
    this.together = Math.clamp(VALUES_MAX / columns, 1, TOGETHER);
  }

  private String keys() {
    return key.stream().map(TableSql::name).collect(Collectors.joining(", "));
  }

  private String marks() {
    return String.join(", ", Collections.nCopies(key.size(), "?"));
  }

  /// The condition that a row's key stands so to another.
  private String keyIs(String comparison) {
    return "(" + keys() + ") " + comparison + " (" + marks() + ")";
  }

  private List<@Nullable Object> keyOf(Row row) {
    var values = new ArrayList<@Nullable Object>();
    key.forEach(name -> values.add(sql.values(row, List.of(name)).getFirst()));
    return values;
  }

  /// The next rows behind a row in order of the key, as many as are good to hold at once; none at
  /// the end.
  ///
  /// @param after null for the first ones
  List<Row> behind(@Nullable Row after) {
    var order = " ORDER BY " + keys() + " LIMIT " + batch;
    var rows =
        after == null
            ? read(sql.all() + order, List.of())
            : read(sql.all() + " WHERE " + keyIs(">") + order, keyOf(after));
    var size = rows.stream().mapToLong(SideTable::size).sum();
    if (size > 0) {
      batch = Math.clamp(BATCH_BYTES * rows.size() / size, BATCH_MIN, BATCH_MAX);
    }
    return rows;
  }

  /// What a row takes in memory, roughly.
  private static long size(Row row) {
    return row.values().values().stream().mapToLong(SideTable::size).sum();
  }

  private static long size(Value value) {
    return switch (value) {
      case Value.Text(var text) -> VALUE_BYTES + text.length();
      case Value.Json(var json) -> VALUE_BYTES + json.length();
      case Value.Bytes(var bytes) -> VALUE_BYTES + bytes.length;
      case Value.ListOf(var elements) -> elements.stream().mapToLong(SideTable::size).sum();
      case Value.Null _,
          Value.Integer _,
          Value.Decimal _,
          Value.Number _,
          Value.Bool _,
          Value.Timestamp _,
          Value.Date _,
          Value.Time _,
          Value.Span _,
          Value.Uuid _,
          Value.Point _,
          Value.Money _ ->
          VALUE_BYTES;
    };
  }

  /// All rows behind one and up to another, in order of the key.
  ///
  /// @param after null to begin with the first one
  /// @param last null to go on to the end
  List<Row> between(@Nullable Row after, @Nullable Row last) {
    var values = new ArrayList<@Nullable Object>();
    var conditions = new ArrayList<String>();
    if (after != null) {
      conditions.add(keyIs(">"));
      values.addAll(keyOf(after));
    }
    if (last != null) {
      conditions.add(keyIs("<="));
      values.addAll(keyOf(last));
    }
    var where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    return read(sql.all() + where + " ORDER BY " + keys(), values);
  }

  /// The row whose key is the greatest.
  @Nullable Row last() {
    var down =
        key.stream().map(name -> TableSql.name(name) + " DESC").collect(Collectors.joining(", "));
    var rows = read(sql.all() + " ORDER BY " + down + " LIMIT 1", List.of());
    return rows.isEmpty() ? null : rows.getFirst();
  }

  Optional<Row> find(Row row) {
    return read(sql.all() + " WHERE " + keyIs("="), keyOf(row)).stream().findFirst();
  }

  /// The rows that have a value in a field.
  List<Row> having(String field, Value value) {
    return read(sql.all() + " WHERE " + TableSql.name(field) + " = ?", valueOf(field, value));
  }

  private List<@Nullable Object> valueOf(String field, Value value) {
    return sql.values(new Row(Map.of(field, value)), List.of(field));
  }

  private List<Row> read(String text, List<@Nullable Object> values) {
    var found = new ArrayList<Row>();
    try (var rows = session.rows(text, values.toArray())) {
      while (rows.next()) {
        found.add(sql.row(rows));
      }
    }
    return found;
  }

  long count() {
    try (var rows = session.rows("SELECT count(*) FROM " + table)) {
      return rows.next() ? rows.number(0) : 0;
    }
  }

  void insert(List<Row> rows) {
    var at = 0;
    for (; rows.size() - at >= together; at += together) {
      insertAtOnce(rows.subList(at, at + together));
    }
    rows.subList(at, rows.size()).forEach(row -> insertAtOnce(List.of(row)));
  }

  private void insertAtOnce(List<Row> rows) {
    var values = new ArrayList<@Nullable Object>();
    rows.forEach(row -> values.addAll(sql.values(row, sql.fields())));
    write(sql.insert(rows.size()), values);
  }

  void delete(Row row) {
    write("DELETE FROM " + table + " WHERE " + keyIs("="), keyOf(row));
  }

  /// Takes away the rows that have a value in a field.
  void deleteHaving(String field, Value value) {
    write(
        "DELETE FROM " + table + " WHERE " + TableSql.name(field) + " = ?", valueOf(field, value));
  }

  private void write(String text, Collection<@Nullable Object> values) {
    try (var rows = session.rows(text, values.toArray())) {
      rows.next();
    }
  }
}
