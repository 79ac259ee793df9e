package engineroom.stores.sql;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Somebody else's table in the words of its database: how its columns are read as those of an
/// entity, and written back.
///
/// @param name as statements name it, quoted
/// @param columns by field, in order; those of the fields that are not written too
/// @param nextId a statement that gives the next free whole number; null where the table gives none
public record AdoptedTable(String name, Map<String, Column> columns, @Nullable String nextId) {
  public AdoptedTable {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  /// A column.
  ///
  /// @param name quoted
  /// @param read the value as an entity's column has it
  /// @param write what is written, with a question mark for the value; null where nothing is
  /// @param filling whether the table has a value of its own where none is given
  public record Column(String name, String read, @Nullable String write, Filling filling) {}

  /// Whether the table has a value of its own where none is given.
  public enum Filling {
    NONE,
    OWN
  }

  /// What a column is read as that rows are looked for by, where it is read otherwise besides.
  public static String key(String field) {
    return field + "__key";
  }

  Column column(String field) {
    var column = columns.get(field);
    if (column == null) {
      throw new IllegalArgumentException(name + " has no column for " + field);
    }
    return column;
  }

  /// Its rows as those of the entity, to read from.
  String rows() {
    var read = new StringBuilder("(SELECT ");
    var separator = "";
    for (var column : columns.entrySet()) {
      read.append(separator).append(column.getValue().read()).append(" AS ");
      read.append(Sql.name(column.getKey()));
      separator = ", ";
    }
    return read.append(" FROM ").append(name).append(')').toString();
  }
}
