package engineroom.door.openapi;

import static engineroom.door.openapi.Draft.ref;

import engineroom.json.Json;
import engineroom.model.Entity;
import engineroom.model.Entity.InverseList;
import java.util.List;

/// The schemas of what a write may do to the rows of a list. They refer to each other by name, so
/// that lists within lists cost nothing.
final class NestedSchemas {
  private static final String WAYS =
      "New rows; or what becomes of the rows in the list: `unlink`, `update` and `delete` are for"
          + " rows that are in it.";

  private final EntitySchemas entities;
  private final Sight sight;

  NestedSchemas(EntitySchemas entities, Sight sight) {
    this.entities = entities;
    this.sight = sight;
  }

  /// Adds those of the lists that the caller may write.
  void addTo(Draft schemas, Entity entity) {
    for (var list : entities.lists(entity)) {
      var ways = ways(list);
      if (!ways.empty()) {
        schemas.put(name(entity, list), rows(list, ways));
      }
    }
  }

  /// The lists that a row is written with.
  Draft properties(Entity entity) {
    var properties = new Draft();
    for (var list : entities.lists(entity)) {
      if (!ways(list).empty()) {
        properties.put(list.name(), ref("schemas", name(entity, list)));
      }
    }
    return properties;
  }

  private static String name(Entity entity, InverseList list) {
    return OpenApiDocument.title(entity.name()) + "." + list.name() + ".rows";
  }

  private Draft ways(InverseList list) {
    var of = entities.rowsOf(list);
    var title = OpenApiDocument.title(of.name());
    boolean puts = sight.writable(of.name()).contains(list.field());
    boolean updates = sight.updates(of.name());
    var known = several(entities.fields().reference(of.name()));
    var ways = new Draft();
    if (puts && sight.creates(of.name())) {
      ways.put("create", several(ref("schemas", title + "." + list.field() + ".add")));
    }
    if (puts && updates) {
      ways.put("link", known);
    }
    if (puts && updates && !list.owned() && !of.field(list.field()).required()) {
      ways.put("unlink", known);
    }
    if (updates) {
      ways.put("update", several(ref("schemas", title + ".update")));
    }
    if (sight.deletes(of.name())) {
      ways.put("delete", known);
    }
    return ways;
  }

  private static Json several(Json row) {
    return Draft.of("type", "array").put("items", row).json();
  }

  private Json rows(InverseList list, Draft ways) {
    var of = entities.rowsOf(list);
    var object = FieldSchemas.object(ways).json();
    boolean creates = sight.creates(of.name()) && sight.writable(of.name()).contains(list.field());
    var shapes = creates ? List.of(ways.json("create"), object) : List.of(object);
    return Draft.of("description", WAYS).put("anyOf", new Json.Arr(shapes)).json();
  }
}
