package engineroom.stores.migrate;

import engineroom.stores.migrate.Catalogue.Thing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the last migration left, in the catalogue's own words, so that what somebody changed by
/// hand since is seen. The model's words would be no measure: a server tells definitions in its
/// own.
///
/// @param session sees it
public record Remembered(SqlSession session, Catalogue catalogue) {
  private static final String READ =
      "SELECT kind, \"of\", name, definition FROM \"_engineroom_catalog\" ORDER BY 2, 1, 3";
  private static final String FORGET = "DELETE FROM \"_engineroom_catalog\"";
  private static final String ADD =
      "INSERT INTO \"_engineroom_catalog\" (kind, \"of\", name, definition) VALUES (?, ?, ?, ?)";

  private Map<Thing, String> things() {
    var things = new LinkedHashMap<Thing, String>();
    if (catalogue.has("_engineroom_catalog")) {
      try (var rows = session.rows(READ)) {
        while (rows.next()) {
          things.put(new Thing(rows.text(0), rows.text(1), rows.text(2)), rows.text(3));
        }
      }
    }
    return things;
  }

  /// What somebody added to tables by hand.
  Set<Thing> strange(Collection<String> tables) {
    var strange = new LinkedHashSet<>(catalogue.things(tables).keySet());
    strange.removeAll(things().keySet());
    return strange;
  }

  /// Takes what tables have now for what they are to have.
  ///
  /// @param strange what is somebody else's
  public void remember(Collection<String> tables, Set<Thing> strange) {
    catalogue.makeMemory();
    session.execute(FORGET);
    catalogue.things(tables).entrySet().stream()
        .filter(thing -> !strange.contains(thing.getKey()))
        .forEach(thing -> add(thing.getKey(), thing.getValue()));
  }

  private void add(Thing thing, String definition) {
    try (var rows = session.rows(ADD, thing.kind(), thing.table(), thing.name(), definition)) {
      rows.next();
    }
  }

  /// What was changed by hand, in words.
  public List<String> drift(Collection<String> tables) {
    var present = catalogue.things(tables);
    var known = things();
    var told = new ArrayList<String>();
    var missing = new LinkedHashSet<String>();
    for (var table : tables) {
      if (present.keySet().stream().noneMatch(thing -> thing.table().equals(table))) {
        missing.add(table);
        told.add("The table " + table + " is missing.");
      }
    }
    known.forEach(
        (thing, definition) -> {
          var found = present.get(thing);
          if (found == null && !missing.contains(thing.table())) {
            told.add("The " + called(thing) + " is missing.");
          } else if (found != null && !found.equals(definition)) {
            told.add("The " + called(thing) + " is another: " + found);
          }
        });
    present.forEach(
        (thing, definition) -> {
          if (thing.kind().equals("column") && !known.containsKey(thing)) {
            told.add(
                "The table %s has a column that the model does not have: %s %s"
                    .formatted(thing.table(), thing.name(), definition));
          }
        });
    return told;
  }

  private static String called(Thing thing) {
    return thing.kind().equals("index")
        ? "index " + thing.name()
        : thing.kind() + " " + thing.table() + "." + thing.name();
  }
}
