package engineroom.migrate;

import engineroom.migrate.Difference.Kind;
import engineroom.migrate.Layout.EntityLayout;
import engineroom.migrate.Layout.FieldLayout;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Compares the entities of a model with those recorded, once it is known which is which.
final class EntityComparing {
  private final Layout before;
  private final Model after;
  private final Map<String, String> renamed = new LinkedHashMap<>();

  /// @param matches the recorded entities by their present names
  EntityComparing(Layout before, Model after, Map<String, EntityLayout> matches) {
    this.before = before;
    this.after = after;
    matches.forEach((now, old) -> renamed.put(old.name(), now));
  }

  EntityChange compare(Entity entity, @Nullable EntityLayout old) {
    if (old == null) {
      var fields = entity.kept().values().stream().map(f -> field(f, null)).toList();
      var steps = List.of(Step.create(entity.name()));
      return new EntityChange(null, entity, fields, List.of(), steps);
    }
    var left = new LinkedHashMap<>(old.fields());
    var fields = new ArrayList<FieldChange>();
    for (var field : entity.kept().values()) {
      var was = entity.fields().containsKey(field.notes().was()) ? null : field.notes().was();
      var match = stays(ModelChange.match(left, field.name(), was), field);
      if (match != null) {
        left.remove(match.name());
      }
      fields.add(field(field, match));
    }
    var dropped = List.copyOf(left.values());
    var steps = steps(entity, old, fields, dropped);
    var change = new EntityChange(old, entity, fields, dropped, List.of());
    change.counted().forEach(n -> steps.add(new Step.Number(entity.name(), n.name())));
    return new EntityChange(old, entity, fields, dropped, steps);
  }

  /// What was recorded of a field; null where its values have nothing to do with the present ones:
  /// a computed field that was none, or that holds values of another kind.
  private static @Nullable FieldLayout stays(@Nullable FieldLayout recorded, Field field) {
    return recorded != null
            && field.computed()
            && (!recorded.isComputed() || !recorded.type().equals(field.type()))
        ? null
        : recorded;
  }

  private FieldChange field(Field field, @Nullable FieldLayout old) {
    var to = kept(field.type(), this::presentId);
    return old == null
        ? new FieldChange(null, field, to, to, List.of())
        : new FieldChange(
            old,
            field,
            kept(old.type(), this::recordedId),
            to,
            Difference.between(old.type(), field.type(), renamed));
  }

  private static FieldType kept(FieldType type, Function<String, FieldType> id) {
    return type instanceof FieldType.Reference reference ? id.apply(reference.entity()) : type;
  }

  private FieldType presentId(String entity) {
    return after.entity(entity).field("id").type();
  }

  private FieldType recordedId(String entity) {
    var layout = before.entities().get(entity);
    var id = layout == null ? null : layout.fields().get("id");
    return id == null ? FieldType.Plain.UUID : id.type();
  }

  private static List<Step> steps(
      Entity entity, EntityLayout old, List<FieldChange> fields, List<FieldLayout> dropped) {
    var steps = new ArrayList<Step>();
    var name = entity.name();
    if (!old.name().equals(name)) {
      steps.add(new Step.RenameEntity(old.name(), name));
    }
    fields.forEach(field -> steps.addAll(steps(name, field)));
    for (var field : dropped) {
      steps.add(
          field.isComputed()
              ? new Step.DropComputed(name, field.name())
              : new Step.DropField(name, field.name()));
    }
    keys(steps, entity, old, fields);
    checks(steps, entity, old);
    search(steps, entity, old, fields);
    return steps;
  }

  private static List<Step> steps(String entity, FieldChange change) {
    var steps = new ArrayList<Step>();
    var name = change.name();
    var old = change.before();
    if (old == null) {
      steps.add(new Step.AddField(entity, name, change.filled() || change.after().computed()));
      return steps;
    }
    if (change.renamed()) {
      steps.add(new Step.RenameField(entity, old.name(), name));
    }
    var values = change.renamedValues();
    if (!values.isEmpty()) {
      steps.add(new Step.MapValues(entity, name, values));
    }
    change.differences().forEach(difference -> steps.add(step(entity, name, difference)));
    if (change.differences().stream().noneMatch(d -> d.kind() == Kind.CONVERTED)
        && !change.from().type().equals(change.to().type())
        && change.after().type() instanceof FieldType.Reference) {
      steps.add(new Step.Convert(entity, name, "the ids referred to become others"));
    }
    if (old.required() != change.after().required()) {
      steps.add(
          old.required()
              ? new Step.Widen(entity, name, "required becomes optional")
              : new Step.Narrow(entity, name, "optional becomes required"));
    }
    if (old.per() != null && change.after().filling().sequence() == null) {
      steps.add(new Step.Note(entity, name, "no sequence any more"));
    }
    if (old.isComputed() && !change.after().computed()) {
      steps.add(new Step.Note(entity, name, "is no longer computed"));
    }
    if (change.otherInitial()) {
      steps.add(new Step.Note(entity, name, "another default"));
    }
    return steps;
  }

  private static Step step(String entity, String field, Difference difference) {
    return switch (difference.kind()) {
      case WIDER -> new Step.Widen(entity, field, difference.change());
      case NARROWER -> new Step.Narrow(entity, field, difference.change());
      case CONVERTED -> new Step.Convert(entity, field, difference.change());
      case NOTED -> new Step.Note(entity, field, difference.change());
    };
  }

  private static void keys(
      List<Step> steps, Entity entity, EntityLayout old, List<FieldChange> fields) {
    var names = names(fields);
    var name = entity.name();
    changed(old.uniques(), entity.keys().uniques(), names)
        .forEach(key -> steps.add(new Step.DropUnique(name, key)));
    changed(old.indexes(), entity.keys().indexes(), names)
        .forEach(key -> steps.add(new Step.DropIndex(name, key)));
    added(old.uniques(), entity.keys().uniques(), names)
        .forEach(key -> steps.add(new Step.AddUnique(name, key)));
    added(old.indexes(), entity.keys().indexes(), names)
        .forEach(key -> steps.add(new Step.AddIndex(name, key)));
  }

  /// The present names of fields by their recorded ones.
  private static Map<String, String> names(List<FieldChange> fields) {
    var names = new LinkedHashMap<String, String>();
    for (var field : fields) {
      var old = field.before();
      if (old != null) {
        names.put(old.name(), field.name());
      }
    }
    return names;
  }

  /// Recorded keys that are not among the present ones.
  private static List<List<String>> changed(
      List<List<String>> old, List<List<String>> now, Map<String, String> names) {
    return old.stream().filter(key -> !now.contains(present(key, names))).toList();
  }

  private static List<List<String>> added(
      List<List<String>> old, List<List<String>> now, Map<String, String> names) {
    var kept = old.stream().map(key -> present(key, names)).toList();
    return now.stream().filter(key -> !kept.contains(key)).distinct().toList();
  }

  private static List<String> present(List<String> key, Map<String, String> names) {
    return key.stream().map(field -> names.getOrDefault(field, field + " (dropped)")).toList();
  }

  private static void checks(List<Step> steps, Entity entity, EntityLayout old) {
    var now = ModelChange.checks(entity);
    old.checks().keySet().stream()
        .filter(check -> !now.containsKey(check))
        .forEach(check -> steps.add(new Step.DropCheck(entity.name(), check)));
    now.forEach(
        (check, condition) -> {
          if (!condition.equals(old.checks().get(check))) {
            steps.add(new Step.AddCheck(entity.name(), check));
          }
        });
  }

  private static void search(
      List<Step> steps, Entity entity, EntityLayout old, List<FieldChange> fields) {
    var names = names(fields);
    var searched =
        old.fields().values().stream()
            .filter(FieldLayout::search)
            .map(field -> names.getOrDefault(field.name(), field.name()))
            .toList();
    var now =
        entity.kept().values().stream()
            .filter(field -> field.traits().search())
            .map(Field::name)
            .toList();
    if (!Set.copyOf(searched).equals(Set.copyOf(now))) {
      steps.add(new Step.Search(entity.name(), now));
    }
  }
}
