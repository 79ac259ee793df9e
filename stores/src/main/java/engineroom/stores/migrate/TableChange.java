package engineroom.stores.migrate;

import engineroom.migrate.EntityChange;
import engineroom.migrate.FieldChange;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.Model;
import engineroom.stores.sql.SearchTable;
import engineroom.stores.sql.TableNames;
import engineroom.stores.sql.TableSql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How one table comes to fit its entity: by new columns, or by a new table that takes the rows of
/// the old one.
public final class TableChange {
  private final EntityChange change;
  private final Entity before;
  private final TableNames beforeTables;
  private final TableSql beforeTable;
  private final TableNames tables;
  private final TableSql table;

  /// @param recorded the layout as a model, its entities called as they are now
  public TableChange(Ground ground, EntityChange change, Model recorded, Model model) {
    this.change = change;
    this.before = recorded.entity(change.name());
    this.beforeTables = ground.tables(recorded);
    this.beforeTable = new TableSql(beforeTables, before);
    this.tables = ground.tables(model);
    this.table = new TableSql(tables, change.after());
  }

  public EntityChange change() {
    return change;
  }

  /// The rows as they are before.
  public MigrationSql beforeRows() {
    return new MigrationSql(beforeTables, before);
  }

  /// The rows as they are to be.
  public MigrationSql rows() {
    return new MigrationSql(tables, change.after());
  }

  public Entity before() {
    return before;
  }

  TableNames beforeTables() {
    return beforeTables;
  }

  TableNames tables() {
    return tables;
  }

  /// The name of the table while it is filled.
  public String fresh() {
    return tables.dialect().tables().named(change.name() + "__new");
  }

  /// Whether the table has to be made anew.
  public boolean rebuilt() {
    return !change.dropped().isEmpty()
        || !change.counted().isEmpty()
        || change.fields().stream().anyMatch(this::rebuilt);
  }

  private boolean rebuilt(FieldChange field) {
    var old = field.before();
    return old == null
        ? field.rewrites()
        : field.rewrites() || !columns(old.name()).equals(table.columns(field.after()));
  }

  private Map<String, String> columns(String field) {
    return beforeTable.columns(before.field(field));
  }

  /// Whether each row has to be read, changed and written, because copying would not do.
  public boolean rewritten() {
    return change.rewrites()
        || change.fields().stream().anyMatch(field -> field.before() != null && reformed(field));
  }

  private boolean reformed(FieldChange field) {
    var old = field.before();
    return old != null
        && !beforeTables.form(before.field(old.name())).equals(tables.form(field.after()));
  }

  /// Makes a table as it was under another name.
  public String createBefore(String name) {
    return beforeTable.create(name);
  }

  /// Makes a table as it is to be under another name.
  public String createAfter(String name) {
    return table.create(name);
  }

  /// Makes the new table.
  public String create() {
    return table.create(fresh());
  }

  /// Takes the rows over as they are.
  public String copy() {
    var fields = new LinkedHashMap<Field, @Nullable Field>();
    for (var field : change.fields()) {
      var old = field.before();
      fields.put(field.after(), old == null ? null : before.field(old.name()));
    }
    return beforeRows().copy(fresh(), rows(), fields);
  }

  /// Adds the columns that need no value.
  public List<String> additions() {
    var sql = new ArrayList<String>();
    for (var field : change.fields()) {
      if (field.before() == null) {
        sql.addAll(table.add(field.after(), List.of()));
      }
    }
    return sql;
  }

  /// The indexes that are in the way: all of them where the table stays and has another name.
  public List<String> goneIndexes(String formerName) {
    var now = table.indexes();
    return new TableSql(beforeTables, named(formerName))
        .indexes().entrySet().stream()
            .filter(index -> !index.getValue().equals(now.get(index.getKey())))
            .map(Map.Entry::getKey)
            .toList();
  }

  private Entity named(String name) {
    return new Entity(
        name,
        name,
        before.fields(),
        before.lists(),
        before.keys(),
        before.access(),
        before.notes());
  }

  /// The indexes to be made where they are missing, by name.
  public Map<String, TableSql.Index> indexes() {
    return table.indexes();
  }

  public String create(String name, TableSql.Index index) {
    return table.create(name, index);
  }

  /// What the index of words takes; nothing where it can stay.
  public List<String> search(String formerName) {
    var sql = new ArrayList<String>();
    if (!formerName.equals(change.name())) {
      sql.add(MigrationSql.dropTable(SearchTable.name(formerName)));
    }
    if (!sql.isEmpty() || !beforeTable.search().equals(table.search()) || wordsChange()) {
      sql.addAll(table.search());
    }
    return sql;
  }

  private boolean wordsChange() {
    return change.fields().stream()
        .anyMatch(
            field -> field.after().traits().search() && (field.rewrites() || reformed(field)));
  }

  /// The columns of a key's fields before, where each of them has been there and stays as it is.
  public List<String> formerColumns(List<String> key) {
    var former = new ArrayList<String>();
    for (var name : key) {
      var field =
          change.fields().stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
      var old = field.before();
      if (old == null
          || field.rewrites()
          || TableNames.ignoresCase(field.after())
              != TableNames.ignoresCase(before.field(old.name()))) {
        return List.of();
      }
      former.add(old.name());
    }
    return beforeTables.keyColumns(before, former);
  }

  /// The columns of a key's fields from now on.
  public List<String> columns(List<String> key) {
    return tables.keyColumns(change.after(), key);
  }
}
