package engineroom.server;

import engineroom.http.HttpParts.Check;
import engineroom.http.HttpParts.Weight;
import engineroom.stores.Database;
import java.util.ArrayList;
import java.util.List;

/// What `/ready` tells of a database.
final class DatabaseChecks {
  private DatabaseChecks() {}

  /// @param store whether it answers
  static List<Check> of(Database database, Check store) {
    var checks = new ArrayList<>(List.of(store));
    if (!database.weaknesses().isEmpty()) {
      checks.add(new Check("durability", () -> database.weaknesses().isEmpty(), Weight.TOLD));
    }
    database
        .replicas()
        .ifPresent(
            replicas ->
                checks.add(
                    new Check(
                        "replicas",
                        () -> replicas.leftOut().isEmpty(),
                        Weight.TOLD,
                        () -> String.join("; ", replicas.leftOut()))));
    return checks;
  }
}
