package engineroom.transfer;

import static engineroom.problem.ProblemException.problem;

import engineroom.problem.RequestProblem.BadParameter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which column of a file is which field.
///
/// @param fields by the names of columns that are called otherwise
/// @param ignored columns that are passed over
public record Mapping(Map<String, String> fields, Set<String> ignored) {
  /// The columns that refused lines have beside their own.
  static final String LINE = "_line";

  static final String ERROR = "_error";

  /// Columns have the names of their fields.
  public static final Mapping NONE = new Mapping(Map.of(), Set.of());

  public Mapping {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    ignored = Collections.unmodifiableSet(new LinkedHashSet<>(ignored));
  }

  /// Reads `Artikelnummer=sku,Preis=price` and `Notiz,Lager`.
  public static Mapping parse(String map, String ignore) {
    var fields = new LinkedHashMap<String, String>();
    for (var pair : split(map)) {
      int equals = pair.lastIndexOf('=');
      if (equals <= 0 || equals == pair.length() - 1) {
        throw problem(
            new BadParameter(
                "map has \"" + pair + "\", which is no column=field.",
                "Write map=Artikelnummer=sku,Preis=price."));
      }
      var before =
          fields.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
      if (before != null) {
        throw problem(
            new BadParameter(
                "map names the column " + pair.substring(0, equals).strip() + " twice.",
                "A column is one field."));
      }
    }
    return new Mapping(fields, new LinkedHashSet<>(split(ignore)));
  }

  private static List<String> split(String text) {
    return List.of(text.split(",", -1)).stream()
        .map(String::strip)
        .filter(s -> !s.isEmpty())
        .toList();
  }

  /// Whether a column is passed over.
  boolean ignores(String column) {
    return ignored.contains(column) || column.equals(LINE) || column.equals(ERROR);
  }

  /// The field that a column stands for.
  String field(String column) {
    return fields.getOrDefault(column, column);
  }

  /// The column that stands for a field, or the field itself.
  String column(String field) {
    for (var entry : fields.entrySet()) {
      if (entry.getValue().equals(field)) {
        return entry.getKey();
      }
    }
    return field;
  }

  /// The names it speaks of that a file does not have.
  List<String> missing(List<String> columns) {
    var missing = new ArrayList<>(fields.keySet());
    missing.addAll(ignored);
    missing.removeAll(columns);
    return missing;
  }
}
