package engineroom.stores.migrate;

import engineroom.stores.migrate.Catalogue.Thing;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What somebody added to our tables by hand, which migrations leave alone.
///
/// @param before as it was called before the migration
/// @param names the present names of tables by their former ones
public record Strangers(Set<Thing> before, Map<String, String> names) {
  public static Strangers of(Remembered remembered, Migration migration) {
    var names = new LinkedHashMap<String, String>();
    for (var change : migration.change().entities()) {
      if (change.before() != null) {
        names.put(SharedSteps.former(change), change.name());
      }
    }
    return new Strangers(remembered.strange(names.keySet()), names);
  }

  /// As it is called now.
  public Set<Thing> now() {
    return before.stream()
        .map(thing -> new Thing(thing.kind(), present(thing.table()), thing.name()))
        .collect(Collectors.toSet());
  }

  private String present(String table) {
    return names.getOrDefault(table, table);
  }
}
