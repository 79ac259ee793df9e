package engineroom.run;

import static engineroom.problem.ProblemException.problem;

import engineroom.authorize.RowRules;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.Model;
import engineroom.operation.FieldRules;
import engineroom.operation.FieldRules.Checked;
import engineroom.operation.Input;
import engineroom.operation.Input.Assignment;
import engineroom.operation.Input.Nested;
import engineroom.operation.TextFormats;
import engineroom.problem.Nearest;
import engineroom.problem.OperationProblem.NotValid;
import engineroom.problem.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes whole rows out of what callers give: holds every value against its field, adds presets and
/// defaults, and tells all mistakes at once.
final class Completion {
  private final FieldRules rules;
  private final SecretHash secrets;

  Completion(FieldRules rules, SecretHash secrets) {
    this.rules = rules;
    this.secrets = secrets;
  }

  /// A new row's values; without id, version and times where the caller gave none.
  ///
  /// @param fixed fields that the place of the row decides; they are left out
  Map<String, Value> create(
      Entity entity, Input input, RowRules caller, Set<String> fixed, List<Violation> mistakes) {
    fixed(input, fixed, mistakes);
    names(entity, input, caller, mistakes);
    var values = new LinkedHashMap<String, Value>();
    for (var field : entity.fields().values()) {
      var given = input.assignments().get(field.name());
      if (field.virtual()) {
        continue; // rows do not hold it
      }
      if (fixed.contains(field.name()) || field.computed()) {
        values.put(field.name(), Value.NULL);
      } else if (given == null || !writes(entity, field, caller)) {
        fill(entity, field, caller, values, mistakes);
      } else {
        take(field, given, Value.NULL, values, mistakes);
      }
    }
    slugs(entity, values, mistakes);
    return values;
  }

  private static void fixed(Input input, Set<String> fixed, List<Violation> mistakes) {
    for (var name : fixed) {
      if (input.assignments().containsKey(name)) {
        mistakes.add(new Violation(name, "fixed", "is given by the list that the row stands in"));
      }
    }
  }

  /// Fields of an existing row that a replacement leaves out take their default or become null.
  Map<String, Value> replacement(
      Entity entity, Input input, RowRules caller, Row current, List<Violation> mistakes) {
    names(entity, input, caller, mistakes);
    var values = new LinkedHashMap<>(current.values());
    for (var field : entity.fields().values()) {
      var given = input.assignments().get(field.name());
      if (given != null && writes(entity, field, caller)) {
        changeable(field, given, current, mistakes);
        take(field, given, current.value(field.name()), values, mistakes);
      } else if (writes(entity, field, caller) && !kept(field)) {
        fill(entity, field, caller, values, mistakes);
      }
    }
    slugs(entity, values, mistakes);
    return values;
  }

  private static boolean kept(Field field) {
    return Entity.SYSTEM.contains(field.name())
        || field.traits().writeOnce()
        || field.traits().readOnly()
        || field.secret()
        || field.filling().preset() != null
        || field.filling().sequence() != null;
  }

  /// The values of an existing row after a change; fields not named stay.
  Map<String, Value> change(
      Entity entity, Input input, RowRules caller, Row current, List<Violation> mistakes) {
    names(entity, input, caller, mistakes);
    var values = new LinkedHashMap<>(current.values());
    input
        .assignments()
        .forEach(
            (name, given) -> {
              var field = entity.fields().get(name);
              if (field != null && writes(entity, field, caller)) {
                changeable(field, given, current, mistakes);
                take(field, given, current.value(name), values, mistakes);
              }
            });
    return values;
  }

  /// What is wrong with a change whatever row it is of: names, and values that no row could have.
  List<Violation> wrong(Entity entity, Input input, RowRules caller) {
    var mistakes = new ArrayList<Violation>();
    names(entity, input, caller, mistakes);
    input
        .assignments()
        .forEach(
            (name, given) -> {
              var field = entity.fields().get(name);
              if (field != null
                  && writes(entity, field, caller)
                  && given instanceof Assignment.To(var value)
                  && rules.check(field, value) instanceof Checked.Bad(var violation)) {
                mistakes.add(violation);
              }
            });
    return mistakes;
  }

  /// The same input with its secrets checked and hashed, which takes too long for a transaction.
  Input hashed(Model model, Entity entity, Input input) {
    if (input.lists().isEmpty() && entity.fields().values().stream().noneMatch(Field::secret)) {
      return input;
    }
    var assignments = new LinkedHashMap<>(input.assignments());
    assignments.replaceAll((name, given) -> hashed(entity.fields().get(name), given));
    var lists = new LinkedHashMap<>(input.lists());
    lists.replaceAll((name, nested) -> hashed(model, entity.findList(name), nested));
    return new Input(input.path(), assignments, lists);
  }

  private Assignment hashed(@Nullable Field field, Assignment given) {
    if (field == null
        || !field.secret()
        || !(given instanceof Assignment.To(var value))
        || value == Value.NULL) {
      return given;
    }
    return switch (rules.check(field, value)) {
      case Checked.Good(var good) -> new Assignment.Hashed(secrets.hash(good));
      case Checked.Bad(var violation) -> new Assignment.Unreadable(violation);
    };
  }

  private Nested hashed(Model model, Optional<Entity.InverseList> list, Nested nested) {
    if (list.isEmpty()) {
      return nested;
    }
    var entity = model.entity(list.get().entity());
    return new Nested(
        nested.create().stream().map(input -> hashed(model, entity, input)).toList(),
        nested.link(),
        nested.unlink(),
        nested.update().stream()
            .map(u -> new Input.Update(u.id(), hashed(model, entity, u.input())))
            .toList(),
        nested.delete());
  }

  private static void changeable(
      Field field, Assignment given, Row current, List<Violation> mistakes) {
    boolean same = given.equals(new Assignment.To(current.value(field.name())));
    if (field.filling().sequence() != null && !same) {
      mistakes.add(
          new Violation(
              field.name(), "sequence", "is given by the server and never changes; leave it out"));
    }
    var once = field.traits().writeOnce() || field.name().equals("id");
    if (once && !same) {
      mistakes.add(
          new Violation(field.name(), "write-once", "can't be changed after the row is created"));
    }
  }

  private static boolean writes(Entity entity, Field field, RowRules caller) {
    return caller.on(entity.name()).fieldWrite().containsKey(field.name());
  }

  /// Tells names that the caller can't write.
  private void names(Entity entity, Input input, RowRules caller, List<Violation> mistakes) {
    var rights = caller.on(entity.name());
    input
        .assignments()
        .forEach(
            (name, given) -> {
              if (given instanceof Assignment.Unreadable(var violation)) {
                mistakes.add(violation);
              } else if (rights.fieldWrite().containsKey(name)) {
                return;
              } else if (rights.fieldRead().containsKey(name)) {
                mistakes.add(fixed(entity.field(name)));
              } else {
                mistakes.add(unknown(entity, name, caller));
              }
            });
  }

  private static Violation fixed(Field field) {
    if (field.filling().sequence() != null) {
      return new Violation(
          field.name(), "sequence", "is given by the server and never changes; leave it out");
    }
    if (field.computed()) {
      return new Violation(
          field.name(), "read-only", "is worked out from other values; leave it out");
    }
    return field.filling().preset() != null
        ? new Violation(field.name(), "preset", "is decided by the server; leave it out")
        : new Violation(field.name(), "read-only", "can't be written; leave it out");
  }

  private static Violation unknown(Entity entity, String name, RowRules caller) {
    var nearest = Nearest.of(name, caller.on(entity.name()).fieldWrite().keySet());
    return nearest == null
        ? new Violation(name, "unknown", "does not exist")
        : new Violation(
            name,
            "unknown",
            "does not exist. Did you mean " + nearest + "?",
            Map.of("nearest", nearest));
  }

  private void fill(
      Entity entity,
      Field field,
      RowRules caller,
      Map<String, Value> values,
      List<Violation> mistakes) {
    var filling = field.filling();
    var expression = filling.preset() != null ? filling.preset() : filling.initial();
    var value = expression == null ? nothing(field) : caller.value(expression);
    if (Entity.SYSTEM.contains(field.name())) {
      values.put(field.name(), value);
      return;
    }
    if (value == Value.NULL && field.required() && !decidedLater(field)) {
      mistakes.add(
          new Violation(
              field.name(),
              "required",
              writes(entity, field, caller) ? "is required" : "can't be decided for this caller"));
    }
    if (value != Value.NULL) {
      keep(field, value, values, mistakes);
    } else {
      values.put(field.name(), value);
    }
  }

  /// What stands where nothing is given: of a required list the empty one.
  private static Value nothing(Field field) {
    return field.required() && field.type() instanceof FieldType.ListOf
        ? new Value.ListOf(List.of())
        : Value.NULL;
  }

  private static boolean decidedLater(Field field) {
    return field.filling().sequence() != null
        || (field.type() instanceof FieldType.Text text && text.slugFrom() != null);
  }

  private static void slugs(Entity entity, Map<String, Value> values, List<Violation> mistakes) {
    for (var field : entity.fields().values()) {
      if (!(field.type() instanceof FieldType.Text text)
          || text.slugFrom() == null
          || values.getOrDefault(field.name(), Value.NULL) != Value.NULL) {
        continue;
      }
      if (values.get(text.slugFrom()) instanceof Value.Text(var source)
          && !TextFormats.slug(source).isEmpty()) {
        values.put(field.name(), Value.of(TextFormats.slug(source)));
      } else if (field.required()) {
        mistakes.add(new Violation(field.name(), "required", "is required"));
      }
    }
  }

  private void take(
      Field field,
      Assignment given,
      Value current,
      Map<String, Value> values,
      List<Violation> mistakes) {
    switch (given) {
      case Assignment.To(var value) -> keep(field, value, values, mistakes);
      case Assignment.Add(var number) -> {
        var sum = Sums.add(current, number);
        if (sum == null) {
          mistakes.add(new Violation(field.name(), "add", addRefused(current)));
        } else {
          keep(field, sum, values, mistakes);
        }
      }
      case Assignment.Edit(var remove, var append) -> {
        var elements =
            current instanceof Value.ListOf(var had)
                ? new ArrayList<>(had)
                : new ArrayList<Value>();
        elements.removeAll(remove);
        elements.addAll(append);
        keep(field, new Value.ListOf(elements), values, mistakes);
      }
      case Assignment.Hashed(var hash) -> values.put(field.name(), hash);
      case Assignment.Unreadable _ -> values.put(field.name(), Value.NULL); // told by names()
    }
  }

  private static String addRefused(Value current) {
    return current == Value.NULL
        ? "has no value to add to; set it first"
        : "would pass the largest number that can be kept, or is not of the same kind";
  }

  private void keep(Field field, Value value, Map<String, Value> values, List<Violation> mistakes) {
    switch (rules.check(field, value)) {
      case Checked.Good(var good) ->
          values.put(
              field.name(), field.secret() && good != Value.NULL ? secrets.hash(good) : good);
      case Checked.Bad(var violation) -> mistakes.add(violation);
    }
  }

  static void refuse(List<Violation> mistakes) {
    if (!mistakes.isEmpty()) {
      throw problem(new NotValid(mistakes));
    }
  }
}
