package engineroom.run;

import engineroom.authorize.Shape;
import engineroom.expression.Expression;
import engineroom.model.Entity;
import engineroom.model.Model;
import engineroom.model.Stored;
import engineroom.operation.Selection.Direction;
import engineroom.operation.Selection.Sort;
import engineroom.plan.Counted;
import engineroom.plan.Plan;
import engineroom.store.Store;
import java.util.List;

/// The fields of a model that are worked out and kept, each after those that it depends on. Found
/// once for a model.
final class StoredFields {
  private final Model model;
  private final List<StoredField> inOrder;

  StoredFields(Store store) {
    this.model = store.model();
    this.inOrder =
        Stored.of(model.entities()).stream()
            .map(stored -> new StoredField(stored, store.compile(plan(stored))))
            .toList();
  }

  Model model() {
    return model;
  }

  /// Each after those that it depends on.
  List<StoredField> inOrder() {
    return inOrder;
  }

  /// Those of one entity, each after those that it depends on.
  List<StoredField> of(Entity entity) {
    return inOrder.stream().filter(f -> f.entity().name().equals(entity.name())).toList();
  }

  private static Plan.Rows plan(Stored stored) {
    var id = stored.entity().get("id");
    var byId =
        new Expression.Compare(
            Expression.Comparison.EQUAL, id, new Expression.Parameter(0, id.type()));
    return new Plan.Rows(
        stored.entity().name(),
        new Shape(List.of()),
        byId,
        Counted.Nothing.NOTHING,
        List.of(new Sort(stored.value(), Direction.ASCENDING), new Sort(id, Direction.ASCENDING)));
  }
}
