package engineroom.model;

import engineroom.expression.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A field that is worked out from others and kept in its row.
///
/// @param dependencies all that its value depends on
public record Stored(Entity entity, Field field, List<Dependency> dependencies) {
  public Stored {
    dependencies = List.copyOf(dependencies);
  }

  /// All such fields of a model, each after those that it depends on.
  public static List<Stored> of(Map<String, Entity> entities) {
    var found = new ArrayList<Stored>();
    for (var entity : entities.values()) {
      for (var field : entity.kept().values()) {
        var computed = field.filling().computed();
        if (computed != null) {
          var dependencies = Dependencies.of(entities, entity.name(), computed.value());
          found.add(new Stored(entity, field, dependencies));
        }
      }
    }
    var inOrder = new ArrayList<Stored>();
    found.forEach(field -> place(field, found, inOrder));
    return inOrder;
  }

  private static void place(Stored field, List<Stored> all, List<Stored> inOrder) {
    if (inOrder.contains(field)) {
      return;
    }
    for (var other : all) {
      if (other != field && field.dependsOn(other.entity.name(), other.field.name())) {
        place(other, all, inOrder); // the model has no circles
      }
    }
    inOrder.add(field);
  }

  /// Whether the value depends on a field of an entity.
  public boolean dependsOn(String entity, String field) {
    return dependencies.stream()
        .anyMatch(d -> d.entity().equals(entity) && d.field().equals(field));
  }

  /// What it is worked out from.
  public Expression value() {
    var computed = field.filling().computed();
    if (computed == null) {
      throw new IllegalStateException(this + " is not computed");
    }
    return computed.value();
  }

  /// As people call it.
  @Override
  public String toString() {
    return entity.name() + "." + field.name();
  }
}
