package engineroom.stores.migrate;

import engineroom.migrate.FieldChange;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.stores.sql.TableNames;
import engineroom.stores.sql.TableSql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How a table is changed where it stands: which columns get which names, which fields are written
/// anew in every row, and which columns go when that is done.
///
/// A column that stays takes the name that it is to have. One whose values become others steps
/// aside, under a name that no field has, until the values are in a new column.
public final class InPlace {
  private static final String ASIDE = "__former";

  private final TableChange table;
  private final TableNames beforeTables;
  private final TableNames tables;
  private final Entity before;
  private final Set<String> written = new LinkedHashSet<>();
  private final Map<String, String> names = new LinkedHashMap<>();
  private final List<String> gone = new ArrayList<>();

  public InPlace(TableChange table) {
    this.table = table;
    this.beforeTables = table.beforeTables();
    this.tables = table.tables();
    this.before = table.before();
    var counted = table.change().counted().stream().map(number -> number.name()).toList();
    for (var field : table.change().fields()) {
      if (field.after().virtual()) {
        continue;
      }
      var old = former(field);
      boolean anew =
          field.rewrites()
              || counted.contains(field.name())
              || (old != null && reformed(field, old));
      if (anew) {
        written.add(field.name());
      }
      if (old != null && anew) {
        aside(old);
      } else if (old != null) {
        stays(old, field.after());
      }
    }
    table.change().dropped().forEach(field -> aside(before.field(field.name())));
    searched();
  }

  private @Nullable Field former(FieldChange field) {
    var old = field.before();
    return old == null ? null : before.field(old.name());
  }

  private boolean reformed(FieldChange field, Field old) {
    return !beforeTables.form(old).equals(tables.form(field.after()))
        || TableNames.ignoresCase(old) != TableNames.ignoresCase(field.after());
  }

  private void aside(Field old) {
    for (var column : all(beforeTables, old)) {
      names.put(column, column + ASIDE);
      gone.add(column + ASIDE);
    }
  }

  private void stays(Field old, Field now) {
    var from = all(beforeTables, old);
    var to = all(tables, now);
    for (int part = 0; part < from.size(); part++) {
      names.put(from.get(part), to.get(part));
    }
  }

  private static List<String> all(TableNames tables, Field field) {
    var columns = new ArrayList<>(tables.columns(field));
    if (TableNames.ignoresCase(field)) {
      columns.add(TableNames.folded(field.name()));
    }
    return columns;
  }

  /// Where the words of rows stand in a column of the table, other words are a reason to write.
  private void searched() {
    var now = TableNames.searched(table.change().after());
    var past = TableNames.searched(before);
    boolean other = !past.equals(now) || now.stream().anyMatch(written::contains);
    if (tables.dialect().tables().searchColumn() != null && other) {
      written.addAll(now);
    }
  }

  /// The fields that are written in every row; those that are not there before come first.
  public Set<String> written() {
    return written;
  }

  /// The columns that get other names, by their former ones.
  public Map<String, String> renames() {
    var renames = new LinkedHashMap<>(names);
    renames.entrySet().removeIf(name -> name.getKey().equals(name.getValue()));
    return renames;
  }

  /// The columns that go in the end.
  public List<String> gone() {
    return gone;
  }

  /// The column that has the ids of before.
  public String idColumn() {
    return Objects.requireNonNull(names.get("id"), "every entity has an id");
  }

  /// Reads the rows of before, as [engineroom.stores.sql.EntitySql#row] takes them.
  public String rows() {
    var columns =
        before.kept().values().stream()
            .flatMap(field -> beforeTables.columns(field).stream())
            .map(column -> TableSql.name(names.getOrDefault(column, column)))
            .collect(Collectors.joining(", "));
    var order =
        table.change().counted().isEmpty()
            ? ""
            : " ORDER BY " + present("createdAt") + ", " + present("id");
    return "SELECT " + columns + " FROM " + TableSql.name(table.change().name()) + order;
  }

  private String present(String column) {
    return TableSql.name(names.getOrDefault(column, column));
  }
}
