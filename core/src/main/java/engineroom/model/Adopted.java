package engineroom.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where the rows of an entity stand that somebody else's table holds. They are served as they are;
/// the table is never altered.
///
/// @param table as its owner calls it, behind its schema and a point where one is said
/// @param columns the column of each field that is called otherwise
/// @param key the fields that the id is made of; empty where the id is a column of its own
/// @param writes whether rows may be written
public record Adopted(String table, Map<String, String> columns, List<String> key, Writes writes) {
  /// Whether rows may be written.
  public enum Writes {
    OPEN,
    REFUSED
  }

  public Adopted {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    key = List.copyOf(key);
  }

  /// The column that holds a field.
  public String column(String field) {
    return columns.getOrDefault(field, field);
  }

  /// Whether the id is made of other fields.
  public boolean composed() {
    return !key.isEmpty();
  }
}
