package engineroom.run;

import engineroom.authorize.Shape;
import engineroom.expression.Expression;
import engineroom.model.Dependencies;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.Model;
import engineroom.operation.Selection.Direction;
import engineroom.operation.Selection.Sort;
import engineroom.plan.Counted;
import engineroom.plan.Plan;
import engineroom.store.Store;
import engineroom.store.Store.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The fields of a model that are worked out and kept, each after those that it depends on. Found
/// once for a model.
final class StoredFields {
  private final Store store;
  private final List<StoredField> inOrder = new ArrayList<>();
  private final Map<String, Statement> statements = new ConcurrentHashMap<>();

  StoredFields(Store store) {
    this.store = store;
    var found = new ArrayList<StoredField>();
    for (var entity : store.model().entities().values()) {
      for (var field : entity.kept().values()) {
        if (field.computed()) {
          found.add(stored(entity, field));
        }
      }
    }
    found.forEach(field -> place(field, found));
  }

  Model model() {
    return store.model();
  }

  /// Each after those that it depends on.
  List<StoredField> inOrder() {
    return inOrder;
  }

  /// Those of one entity, each after those that it depends on.
  List<StoredField> of(Entity entity) {
    return inOrder.stream().filter(f -> f.entity().name().equals(entity.name())).toList();
  }

  private void place(StoredField field, List<StoredField> all) {
    if (inOrder.contains(field)) {
      return;
    }
    for (var other : all) {
      if (other != field && field.dependsOn(other)) {
        place(other, all); // the model has no circles
      }
    }
    inOrder.add(field);
  }

  private StoredField stored(Entity entity, Field field) {
    var computed = field.filling().computed();
    if (computed == null) {
      throw new IllegalArgumentException(entity.name() + "." + field.name() + " is not computed");
    }
    var value = computed.value();
    var dependencies = Dependencies.of(model().entities(), entity.name(), value);
    var key = entity.name() + "." + field.name();
    return new StoredField(
        entity,
        field,
        dependencies,
        () -> statements.computeIfAbsent(key, _ -> store.compile(plan(entity, value))));
  }

  private static Plan.Rows plan(Entity entity, Expression value) {
    var id = entity.get("id");
    var byId =
        new Expression.Compare(
            Expression.Comparison.EQUAL, id, new Expression.Parameter(0, id.type()));
    return new Plan.Rows(
        entity.name(),
        new Shape(List.of()),
        byId,
        Counted.Nothing.NOTHING,
        List.of(new Sort(value, Direction.ASCENDING), new Sort(id, Direction.ASCENDING)));
  }
}
