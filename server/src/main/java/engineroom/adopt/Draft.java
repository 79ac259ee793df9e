package engineroom.adopt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An entity as it is to be written into the model.
final class Draft {
  final String name;
  final String plural;
  final String table;
  final Map<String, Map<String, Object>> fields = new LinkedHashMap<>();
  final Map<String, String> fieldOf = new LinkedHashMap<>();
  final List<String> key = new ArrayList<>();
  final List<List<String>> uniques = new ArrayList<>();
  final List<List<String>> indexes = new ArrayList<>();
  @Nullable String description;
  boolean readOnly;

  Draft(String name, String plural, String table) {
    this.name = name;
    this.plural = plural;
    this.table = table;
  }

  /// A new field with a type.
  Map<String, Object> field(String name, String column, String type) {
    var options = new LinkedHashMap<String, Object>();
    options.put("type", type);
    if (!column.equals(name)) {
      options.put("column", column);
    }
    fields.put(name, options);
    fieldOf.put(column, name);
    return options;
  }
}
