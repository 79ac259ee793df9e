package engineroom.model;

import engineroom.data.Type;
import engineroom.model.FieldType.Reference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Sets an entity with a table of the program's own apart from those that somebody else's hold.
final class Apart {
  private Apart() {}

  /// The entity with ids in place of references to somebody else's rows, found by an index as
  /// references are.
  static Entity from(Model model, Entity entity) {
    var fields = new LinkedHashMap<>(entity.fields());
    var indexes = new ArrayList<>(entity.keys().indexes());
    for (var field : entity.fields().values()) {
      if (field.type() instanceof Reference reference
          && model.entity(reference.entity()).adopted() != null) {
        fields.put(field.name(), plain(field, model.entity(reference.entity())));
        indexes.add(List.of(field.name()));
      }
    }
    if (indexes.size() == entity.keys().indexes().size()) {
      return entity;
    }
    var keys = entity.keys();
    return new Entity(
        entity.name(),
        entity.plural(),
        fields,
        entity.lists(),
        new Entity.Keys(keys.uniques(), indexes, keys.checks(), keys.id()),
        entity.life(),
        entity.access(),
        entity.notes(),
        null);
  }

  private static Field plain(Field field, Entity target) {
    return new Field(
        field.name(),
        id(target.field("id").type()),
        field.required(),
        field.traits(),
        field.filling(),
        field.access(),
        field.notes());
  }

  /// Without limits, which are those of the other row.
  private static FieldType id(FieldType type) {
    if (type == FieldType.Plain.UUID) {
      return type;
    }
    return type.type() == Type.Scalar.INTEGER
        ? new FieldType.Whole(null, null)
        : FieldType.Text.PLAIN;
  }
}
