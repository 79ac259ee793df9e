package engineroom.migrate;

import engineroom.data.Type;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Get;
import engineroom.expression.Rewrite;
import engineroom.model.Entity;
import engineroom.model.Stored;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds the stored computed fields that have to be worked out anew: those that are new or computed
/// in another way, and those that depend on values which a migration makes.
final class Recomputing {
  private final Map<String, Entity> entities;
  private final Set<String> changed = new HashSet<>();

  private Recomputing(Map<String, Entity> entities) {
    this.entities = entities;
  }

  /// In the order in which they depend on each other.
  static List<Stored> of(Map<String, Entity> entities, List<EntityChange> changes) {
    return new Recomputing(entities).find(changes);
  }

  private List<Stored> find(List<EntityChange> changes) {
    for (var entity : changes) {
      for (var field : entity.fields()) {
        if (entity.before() != null && madeAnew(field)) {
          changed.add(entity.name() + "." + field.name());
        }
      }
    }
    var anew = new ArrayList<Stored>();
    for (var stored : Stored.of(entities)) {
      if (changed.contains(stored.toString()) || follows(stored)) {
        changed.add(stored.toString());
        anew.add(stored);
      }
    }
    return anew;
  }

  private boolean madeAnew(FieldChange field) {
    var before = field.before();
    var computed = field.after().filling().computed();
    return field.rewrites()
        || (computed != null
            && (before == null || !before.computed().equals(text(entities, computed.value()))));
  }

  private boolean follows(Stored stored) {
    return stored.dependencies().stream()
        .anyMatch(dependency -> changed.contains(dependency.entity() + "." + dependency.field()));
  }

  /// What a value is computed from as text, with what the virtual fields are that it names.
  static String text(Map<String, Entity> entities, Expression value) {
    var named = new LinkedHashSet<String>();
    virtual(entities, value, named);
    var text = new StringBuilder(ExpressionText.of(value));
    named.forEach(definition -> text.append("; ").append(definition));
    return text.toString();
  }

  private static void virtual(
      Map<String, Entity> entities, Expression expression, Set<String> named) {
    if (expression instanceof Get(var row, var field, _)
        && row.type() instanceof Type.RowOf(var name)) {
      var entity = entities.get(name);
      var virtual = entity == null ? null : entity.virtual(field);
      if (virtual != null && named.add(name + "." + field + " = " + ExpressionText.of(virtual))) {
        virtual(entities, virtual, named);
      }
    }
    Rewrite.children(expression).forEach(part -> virtual(entities, part, named));
  }
}
