package engineroom.stores.sql;

import engineroom.data.Ordered;
import engineroom.data.OrderedKeys;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.History;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The statements that read and write whole rows of one entity, and the values that they take and
/// give.
public final class EntitySql {
  private static final int UPDATES_MAX = 1_000;

  private final TableNames tables;
  private final Dialect dialect;
  private final Entity entity;
  private final Map<String, Field> kept;
  private final OrderedKeys<String> read;
  private final Place[] places;
  private final String all;
  private final String insert;
  private final String one;
  private final List<String> searched;
  private final String search;
  private final @Nullable AdoptedSql adopted;

  /// By the fields that change. A table of twenty fields could have a million such lists, but an
  /// app has a few dozen; beyond [#UPDATES_MAX] they are forgotten.
  private final Map<List<String>, String> updates = new ConcurrentHashMap<>();

  public EntitySql(TableNames tables, Entity entity) {
    this.tables = tables;
    this.dialect = tables.dialect();
    this.entity = entity;
    this.kept = entity.kept();
    this.read = new OrderedKeys<>(kept.keySet());
    this.places = places(tables, kept.values());
    var columns = written(kept.keySet());
    var table = tables.adopted(entity.name());
    this.adopted = table == null ? null : new AdoptedSql(tables, entity, table);
    this.all =
        "SELECT " + names(columns(tables, kept.values())) + " FROM " + Sql.name(entity.name());
    this.one = all + " WHERE \"id\" = ?";
    this.searched = TableNames.searched(entity);
    this.search =
        "INSERT INTO %s (rowid, %s) VALUES (?%s)"
            .formatted(
                Sql.name(SearchTable.name(entity.name())),
                names(searched),
                ", ?".repeat(searched.size()));
    this.insert =
        "INSERT INTO %s (%s) VALUES (%s)"
            .formatted(
                Sql.name(entity.name()),
                names(columns),
                String.join(", ", columns.stream().map(_ -> "?").toList()));
  }

  /// Where a value stands in what was read.
  private record Place(Form form, int column) {
    Value decoded(Codec.Columns columns) {
      return Codec.decode(form, columns, column);
    }
  }

  private static Place[] places(TableNames tables, Collection<Field> fields) {
    var places = new ArrayList<Place>();
    int column = 0;
    for (var field : fields) {
      var form = tables.form(field);
      places.add(new Place(form, column));
      column += form.parts();
    }
    return places.toArray(Place[]::new);
  }

  private static List<String> columns(TableNames tables, Collection<Field> fields) {
    return fields.stream().flatMap(field -> tables.columns(field).stream()).toList();
  }

  /// What it takes to write a row.
  public record Insertion(String text, @Nullable Object[] values) {}

  public Entity entity() {
    return entity;
  }

  private static String names(Collection<String> columns) {
    return columns.stream().map(Sql::name).collect(Collectors.joining(", "));
  }

  /// The columns that hold these fields, derived ones included.
  private List<String> written(Collection<String> fields) {
    var columns = new ArrayList<String>();
    for (var name : fields) {
      var field = entity.field(name);
      columns.addAll(tables.columns(field));
      if (TableNames.ignoresCase(field)) {
        columns.add(TableNames.folded(name));
      }
    }
    if (within(fields)) {
      columns.add(dialect.tables().searchColumn());
    }
    return columns;
  }

  /// Whether these fields change what a column of the table holds of the words.
  private boolean within(Collection<String> fields) {
    return dialect.tables().searchColumn() != null
        && TableNames.searched(entity).stream().anyMatch(fields::contains);
  }

  /// The names of the fields that rows hold, in order.
  public Set<String> fields() {
    return kept.keySet();
  }

  /// Reads all rows.
  public String all() {
    return adopted == null ? all : adopted.all();
  }

  /// Reads all rows, of a table under another name.
  String all(String alias) {
    var columns = names(columns(tables, kept.values()));
    return "SELECT " + columns + " FROM " + tables.rows(entity.name()) + " " + alias;
  }

  /// Reads the ids of all rows.
  public String ids() {
    if (adopted != null) {
      return adopted.ids();
    }
    return "SELECT \"id\" FROM " + Sql.name(entity.name());
  }

  /// Reads the row with an id.
  public String one() {
    return adopted == null ? one : adopted.one();
  }

  /// Reads the rows that refer to an id, in order of id.
  public String listed(String reference) {
    if (adopted != null) {
      return adopted.listed(reference);
    }
    return all + " WHERE " + Sql.name(reference) + " = ? ORDER BY \"id\"";
  }

  /// Reads the ids of the rows that refer to an id, in order of id.
  public String referring(String reference) {
    if (adopted != null) {
      return adopted.referring(reference);
    }
    return "SELECT \"id\" FROM %s WHERE %s = ? ORDER BY \"id\""
        .formatted(Sql.name(entity.name()), Sql.name(reference));
  }

  /// Writes a new row.
  ///
  /// @param row whole
  public Insertion insertion(Row row) {
    return adopted == null
        ? new Insertion(insert, values(row, fields()).toArray())
        : adopted.insertion(row);
  }

  /// Writes several new rows.
  public String insert(int rows) {
    var one = insert.substring(insert.lastIndexOf(" VALUES ") + " VALUES ".length());
    return insert + (", " + one).repeat(rows - 1);
  }

  /// Changes fields of the row with an id, and gives its key where its words are searched.
  public String update(Collection<String> fields) {
    if (updates.size() >= UPDATES_MAX) {
      updates.clear();
    }
    return updates.computeIfAbsent(List.copyOf(fields), this::updated);
  }

  private String updated(List<String> fields) {
    if (adopted != null) {
      return adopted.update(fields);
    }
    return update(fields, "id") + dialect.tables().givesKey(entity);
  }

  /// Changes fields of the row that has an id in another column.
  public String update(Collection<String> fields, String column) {
    var sets =
        written(fields).stream().map(c -> Sql.name(c) + " = ?").collect(Collectors.joining(", "));
    return "UPDATE %s SET %s WHERE %s = ?"
        .formatted(Sql.name(entity.name()), sets, Sql.name(column));
  }

  /// Whether the words of its rows are in a full-text index beside the table.
  public boolean searched() {
    return !searched.isEmpty() && dialect.tables().searchColumn() == null;
  }

  /// Removes the row with an id, and gives its key where its words are searched.
  public String delete() {
    if (adopted != null) {
      return adopted.delete();
    }
    return "DELETE FROM %s WHERE \"id\" = ?%s"
        .formatted(Sql.name(entity.name()), dialect.tables().givesKey(entity));
  }

  /// Gives the next free whole number, which no row had that versions are kept of; null where
  /// whoever creates a row has to give one.
  public @Nullable String nextId() {
    if (adopted != null) {
      return adopted.nextId();
    }
    var rows = "SELECT " + next("id") + " AS next FROM " + Sql.name(entity.name());
    if (!entity.life().history()) {
      return rows;
    }
    var gone = Sql.name(History.past(entity.name()));
    return "SELECT max(next) FROM (%s UNION ALL SELECT %s FROM %s)%s"
        .formatted(rows, next(History.ROW), gone, dialect.alias());
  }

  private String next(String column) {
    return dialect.tables().orZero("max(" + Sql.name(column) + ")") + " + 1";
  }

  /// Takes a row out of the full-text index, by its key.
  public String unsearch() {
    return "DELETE FROM " + Sql.name(SearchTable.name(entity.name())) + " WHERE rowid = ?";
  }

  /// Puts a row's words into the full-text index: its key, then its words.
  public String search() {
    return search;
  }

  /// The values for [#search].
  public Object[] words(long key, Row row) {
    var values = new ArrayList<Object>();
    values.add(key);
    texts(row).forEach(text -> values.add(SearchTable.words(text)));
    return values.toArray();
  }

  private List<String> texts(Row row) {
    return searched.stream()
        .map(name -> row.value(name) instanceof Value.Text(var text) ? text : "")
        .toList();
  }

  /// The values of fields as the columns take them.
  ///
  /// @param row whole
  public List<@Nullable Object> values(Row row, Collection<String> fields) {
    var values = new ArrayList<@Nullable Object>();
    for (var name : fields) {
      var field = entity.field(name);
      var form = tables.form(field);
      for (var part = 0; part < form.parts(); part++) {
        values.add(dialect.values().encode(form, part, row.value(name)));
      }
      if (TableNames.ignoresCase(field)) {
        values.add(row.value(name) instanceof Value.Text(var text) ? Codec.folded(text) : null);
      }
    }
    if (within(fields)) {
      values.add(dialect.tables().searched(texts(row)));
    }
    return values;
  }

  /// An id as the column takes it.
  public @Nullable Object id(Value id) {
    return dialect.values().encode(tables.form(entity.field("id")), 0, id);
  }

  /// An id as [#one], [#update] and [#delete] take it, behind what else they take.
  public List<@Nullable Object> key(Value id) {
    return adopted == null ? Collections.singletonList(id(id)) : adopted.key(id);
  }

  /// The id that a column holds.
  public Value id(Codec.Columns columns, int column) {
    return Codec.decode(tables.form(entity.field("id")), columns, column);
  }

  /// The row that a result of [#all], [#one] or [#listed] stands on.
  public Row row(Codec.Columns columns) {
    return new Row(Ordered.of(read, place -> places[place].decoded(columns)));
  }
}
