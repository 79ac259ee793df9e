package engineroom.migrate;

import engineroom.migrate.Layout.EntityLayout;
import engineroom.migrate.Layout.FieldLayout;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.Model;
import engineroom.model.Stored;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a model differs from what a database recorded.
///
/// @param entities of the model, in its order
/// @param dropped recorded entities that the model has no more
public record ModelChange(
    Layout before, Model after, List<EntityChange> entities, List<EntityLayout> dropped) {
  public ModelChange {
    entities = List.copyOf(entities);
    dropped = List.copyOf(dropped);
  }

  /// Compares.
  public static ModelChange between(Layout before, Model after) {
    var matches = new LinkedHashMap<String, EntityLayout>();
    var left = new LinkedHashMap<>(before.entities());
    for (var entity : after.entities().values()) {
      var was = entity.notes().was();
      var match = match(left, entity.name(), after.entities().containsKey(was) ? null : was);
      if (match != null) {
        left.remove(match.name());
        matches.put(entity.name(), match);
      }
    }
    var comparing = new EntityComparing(before, after, matches);
    var entities = new ArrayList<EntityChange>();
    for (var entity : after.entities().values()) {
      entities.add(comparing.compare(entity, matches.get(entity.name())));
    }
    var anew = Recomputing.of(after.entities(), entities);
    var computed = entities.stream().map(entity -> computing(entity, anew)).toList();
    return new ModelChange(before, after, computed, List.copyOf(left.values()));
  }

  /// With the steps that work out anew what is there already.
  private static EntityChange computing(EntityChange entity, List<Stored> anew) {
    var steps = new ArrayList<Step>();
    for (var stored : anew) {
      var added = new Step.AddField(entity.name(), stored.field().name(), /* filled= */ true);
      if (stored.entity().name().equals(entity.name())
          && entity.before() != null
          && !entity.steps().contains(added)) {
        steps.add(new Step.Compute(entity.name(), stored.field().name()));
      }
    }
    return entity.and(steps);
  }

  /// The stored fields that are to be worked out in rows that are there, each after those that it
  /// depends on.
  public List<Stored> computed() {
    return Recomputing.of(after.entities(), entities);
  }

  /// What was recorded under the former name, else under the same one. The former name comes first:
  /// where both were recorded, the one that has it now is the renamed one.
  static <T> @Nullable T match(Map<String, T> recorded, String name, @Nullable String was) {
    var former = was == null ? null : recorded.get(was);
    return former == null ? recorded.get(name) : former;
  }

  /// Every step, in the order in which they are told.
  public List<Step> steps() {
    var steps = new ArrayList<Step>();
    entities.forEach(entity -> steps.addAll(entity.steps()));
    dropped.forEach(entity -> steps.add(Step.drop(entity.name())));
    return steps;
  }

  /// The layout before, its entities called as they are now; those that are dropped under names
  /// that no model has.
  public Layout renamed() {
    var names = new LinkedHashMap<String, String>();
    for (var change : entities) {
      var old = change.before();
      if (old != null) {
        names.put(old.name(), change.name());
      }
    }
    dropped.forEach(entity -> names.put(entity.name(), "dropped__" + entity.name()));
    var layouts = new LinkedHashMap<String, EntityLayout>();
    before.entities().values().stream()
        .map(entity -> entity.renamed(names))
        .forEach(entity -> layouts.put(entity.name(), entity));
    return new Layout(before.next(), layouts);
  }

  /// The layout after the steps.
  public Layout layout() {
    var numbers = new Numbers(before.next());
    var layouts = new LinkedHashMap<String, EntityLayout>();
    for (var entity : entities) {
      layouts.put(entity.name(), layout(entity, numbers, after));
    }
    return new Layout(numbers.next, layouts);
  }

  /// Gives numbers to what is new.
  private static final class Numbers {
    long next;

    Numbers(long next) {
      this.next = next;
    }

    long take() {
      return next++;
    }
  }

  private static EntityLayout layout(EntityChange change, Numbers numbers, Model model) {
    var before = change.before();
    var id = before == null ? numbers.take() : before.id();
    var fields = new LinkedHashMap<String, FieldLayout>();
    for (var field : change.fields()) {
      var old = field.before();
      fields.put(
          field.name(), layout(field.after(), old == null ? numbers.take() : old.id(), model));
    }
    var keys = change.after().keys();
    return new EntityLayout(
        id, change.name(), fields, keys.uniques(), keys.indexes(), checks(change.after()));
  }

  private static FieldLayout layout(Field field, long id, Model model) {
    var sequence = field.filling().sequence();
    var computed = field.filling().computed();
    return new FieldLayout(
        id,
        field.name(),
        field.type(),
        field.required(),
        field.traits().search(),
        FieldChange.initial(field),
        sequence == null ? null : sequence.per(),
        computed == null ? "" : Recomputing.text(model.entities(), computed.value()));
  }

  /// The conditions of an entity's checks as text, by name.
  static Map<String, String> checks(Entity entity) {
    var checks = new LinkedHashMap<String, String>();
    for (var check : entity.keys().checks()) {
      checks.put(check.name(), ExpressionText.of(check.condition()));
    }
    return checks;
  }
}
