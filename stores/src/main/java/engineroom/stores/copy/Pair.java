package engineroom.stores.copy;

import engineroom.model.Entity;
import engineroom.model.History;
import engineroom.model.Model;
import engineroom.stores.sql.TableNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A table on both sides of a copy.
///
/// @param told what it is called in reports
/// @param entity or a table of the program's own, as if it were one
/// @param key the fields that tell its rows apart
/// @param logged whether each change of its rows is in the change log
record Pair(String told, Entity entity, List<String> key, boolean logged, Sides sides) {
  private static final List<String> ID = List.of("id");

  Pair {
    key = List.copyOf(key);
  }

  /// The table there and there.
  record Sides(SideTable from, SideTable to) {}

  SideTable from() {
    return sides.from();
  }

  SideTable to() {
    return sides.to();
  }

  /// Every table of a model by name, those of the program's own first.
  static Map<String, Pair> all(Model model, Side from, Side to) {
    var stored = History.stored(model);
    var maker = new Maker(stored, from, to);
    var pairs = new ArrayList<Pair>();
    for (var own : OwnTables.ALL) {
      var logged = own.entity().name().equals(OwnTables.CHANGES);
      pairs.add(maker.pair(own.told(), own.entity(), own.key(), logged));
    }
    for (var entity : stored.entities().values()) {
      var present = stored.entity(History.present(entity.name()));
      var told = History.isPast(entity.name()) ? "history of " + present.name() : entity.name();
      boolean forgets = History.isPast(entity.name()) && present.life().past().ends();
      pairs.add(maker.pair(told, entity, ID, present.notes().changes() && !forgets));
    }
    var byName = new LinkedHashMap<String, Pair>();
    pairs.forEach(pair -> byName.put(pair.entity().name(), pair));
    return byName;
  }

  private record Maker(Model stored, Side from, Side to) {
    Pair pair(String told, Entity entity, List<String> key, boolean logged) {
      var sides = new Sides(table(from, entity, key), table(to, entity, key));
      return new Pair(told, entity, key, logged, sides);
    }

    private SideTable table(Side side, Entity entity, List<String> key) {
      var names = new TableNames(stored, side.session().dialect());
      return new SideTable(side.session(), names, entity, key);
    }
  }
}
