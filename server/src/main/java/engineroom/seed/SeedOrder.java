package engineroom.seed;

import engineroom.model.Entity;
import engineroom.model.FieldType;
import engineroom.model.Model;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The entities of a model so that each comes after those it refers to; a circle is cut where it is
/// met first.
final class SeedOrder {
  private final Model model;
  private final Set<String> met = new LinkedHashSet<>();
  private final Set<String> done = new LinkedHashSet<>();

  private SeedOrder(Model model) {
    this.model = model;
  }

  static List<String> of(Model model) {
    var order = new SeedOrder(model);
    model.entities().values().forEach(order::visit);
    return List.copyOf(order.done);
  }

  private void visit(Entity entity) {
    if (!met.add(entity.name())) {
      return;
    }
    for (var field : entity.fields().values()) {
      if (field.type() instanceof FieldType.Reference(var target, _, _, _)) {
        model.findEntity(target).ifPresent(this::visit);
      }
    }
    done.add(entity.name());
  }
}
