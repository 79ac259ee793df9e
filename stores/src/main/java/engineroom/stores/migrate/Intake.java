package engineroom.stores.migrate;

import engineroom.model.Model;
import engineroom.stores.sql.AdoptedTable;
import java.util.Map;

/// Tables of somebody else's whose rows a migration takes into tables of the program's own. They
/// stay as they are.
///
/// @param model that serves them as they are
/// @param tables by entity
public record Intake(Model model, Map<String, AdoptedTable> tables) {
  /// Nothing is taken in.
  public static final Intake NONE = new Intake(new Model("", "", Map.of(), Map.of()), Map.of());

  public Intake {
    tables = Map.copyOf(tables);
  }

  /// Whether the rows of an entity come from one of them.
  public boolean has(String entity) {
    return tables.containsKey(entity);
  }
}
