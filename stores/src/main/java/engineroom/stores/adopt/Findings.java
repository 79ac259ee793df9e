package engineroom.stores.adopt;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What was found in somebody else's database.
///
/// @param served by table and column
public record Findings(Catalogue catalogue, Map<String, Map<String, Served>> served) {
  public Findings {
    served = Collections.unmodifiableMap(new LinkedHashMap<>(served));
  }

  /// Decides as what a column can be served.
  public interface Types {
    Served served(Catalogue.Table table, Catalogue.Column column);
  }

  /// Looks at every column.
  public static Findings of(Catalogue catalogue, Types types) {
    var served = new LinkedHashMap<String, Map<String, Served>>();
    for (var table : catalogue.tables()) {
      var columns = new LinkedHashMap<String, Served>();
      table.columns().forEach(column -> columns.put(column.name(), types.served(table, column)));
      served.put(table.name(), columns);
    }
    return new Findings(catalogue, served);
  }

  /// As what a column can be served.
  public Served served(Catalogue.Table table, String column) {
    var columns = served.getOrDefault(table.name(), Map.of());
    return columns.getOrDefault(column, new Served.Not("there is no such column"));
  }
}
