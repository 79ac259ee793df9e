package engineroom.modelfile;

import engineroom.data.Type;
import engineroom.data.Type.Scalar;
import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.expression.ExpressionMistake;
import engineroom.expression.ExpressionReader;
import engineroom.migrate.RowSight;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.ModelScope;
import engineroom.model.ModelScope.Use;
import engineroom.operation.FieldRules;
import engineroom.operation.FieldRules.Checked;
import engineroom.problem.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Reads the expressions of a model once all its names are known: rules, checks, presets and
/// defaults.
final class RuleReader {
  private static final String NO_ROW =
      "default and set see no row: caller, request, now and today are there.";

  private final Map<String, Entity> entities;
  private final Set<String> roles;
  private final Mistakes mistakes;
  private final FieldRules limits;

  RuleReader(
      Map<String, Entity> entities, Set<String> roles, Mistakes mistakes, FieldRules limits) {
    this.entities = entities;
    this.roles = roles;
    this.mistakes = mistakes;
    this.limits = limits;
  }

  private ModelScope scope(@Nullable String about, Use use) {
    return new ModelScope(entities, roles, about, (entity, name) -> true, use);
  }

  /// A condition about a row; false where it can't be read.
  Expression condition(String owner, Part part, String about, Use use) {
    return switch (part) {
      case Part.Scalar scalar -> read(scalar, scope(about, use), Scalar.BOOLEAN, Expression.FALSE);
      case Part.Empty _, Part.Items _, Part.Mapping _ -> {
        mistakes.add(
            part.place(),
            owner + " must be an expression, and is " + part.kind() + ".",
            "Write true, or a condition in quotes.");
        yield Expression.FALSE;
      }
    };
  }

  /// A condition about a row that sees its own fields and nothing else.
  Expression ownCondition(String owner, Part part, String about) {
    var read = condition(owner, part, about, Use.RULE);
    var entity = entities.get(about);
    if (!RowSight.timeless(read) || (entity != null && entity.mentionsComputed(read))) {
      mistakes.add(
          part.place(),
          owner + " sees the row's own fields only.",
          "Leave out caller, request, now, today, computed fields, and what references and lists"
              + " lead to.");
    }
    return read;
  }

  private Expression read(Part.Scalar scalar, ModelScope scope, Type type, Expression otherwise) {
    return read(new Written(scalar, 0), scope, type, otherwise);
  }

  /// An expression within a value.
  ///
  /// @param skipped characters before it
  private record Written(Part.Scalar scalar, int skipped) {
    String text() {
      return scalar.text().substring(skipped);
    }

    Part.Place at(int offset) {
      return scalar.content().apply(skipped + offset);
    }
  }

  private Expression read(Written written, ModelScope scope, Type type, Expression otherwise) {
    return read(
        written, scope, (text, names) -> ExpressionReader.read(text, names, type), otherwise);
  }

  private Expression read(
      Written written,
      ModelScope scope,
      BiFunction<String, ModelScope, ExpressionReader.Reading> reader,
      Expression otherwise) {
    try {
      return reader.apply(written.text(), scope).expression();
    } catch (ExpressionMistake mistake) {
      for (var single : mistake.mistakes()) {
        mistakes.add(written.at(single.offset()), single.message(), hint(single, scope));
      }
      return otherwise;
    }
  }

  private static @Nullable String hint(ExpressionMistake.Mistake mistake, ModelScope scope) {
    boolean field = scope.about() == null && mistake.message().endsWith(" does not exist.");
    return field && mistake.hint() == null ? NO_ROW : mistake.hint();
  }

  /// An entity's rules for rows.
  Entity.Access access(String entity, Section access) {
    if (access.has("write") && Options.WRITES.stream().allMatch(access::has)) {
      mistakes.add(
          access.keyPlace("write"),
          entity + ": access.write says nothing: create, update and delete stand beside it.",
          "Leave it out.");
    }
    return new Entity.Access(
        rule(entity, access, "read", Use.RULE),
        writeRule(entity, access, "create", Use.CHANGE),
        writeRule(entity, access, "update", Use.CHANGE),
        writeRule(entity, access, "delete", Use.CHANGE));
  }

  private Expression writeRule(String entity, Section access, String key, Use use) {
    return rule(entity, access, access.has(key) ? key : "write", use);
  }

  private Expression rule(String entity, Section access, String key, Use use) {
    return access
        .find(key)
        .map(part -> condition(entity + ": access." + key, part, entity, use))
        .orElse(Expression.FALSE);
  }

  /// One field's rules, open where nothing is said.
  Field.FieldAccess fieldAccess(String entity, @Nullable Part part, String field) {
    if (part == null) {
      return Field.FieldAccess.OPEN;
    }
    var name = entity + ": access.fields." + field;
    var section = Section.of(name, part, Options.names(Options.FIELD_ACCESS), mistakes);
    return new Field.FieldAccess(
        fieldRule(name, section, "read", entity, Use.RULE),
        fieldRule(name, section, "write", entity, Use.CHANGE));
  }

  private Expression fieldRule(String name, Section section, String key, String entity, Use use) {
    return section
        .find(key)
        .map(part -> condition(name + "." + key, part, entity, use))
        .orElse(Expression.TRUE);
  }

  List<Entity.Check> checks(String entity, @Nullable Part part) {
    var checks = new ArrayList<Entity.Check>();
    switch (part) {
      case null -> {}
      case Part.Empty _ -> {}
      case Part.Items(var parts, _) -> parts.forEach(one -> checks.add(check(entity, one)));
      case Part.Mapping(var entries, _) ->
          entries
              .values()
              .forEach(
                  entry ->
                      checks.add(
                          new Entity.Check(
                              entry.key(),
                              condition(
                                  entity + ": " + entry.key(), entry.value(), entity, Use.CHANGE),
                              "must meet the check " + entry.key())));
      case Part.Scalar scalar ->
          mistakes.add(
              scalar.place(),
              entity + ": checks must be a list, and is " + scalar.kind() + ".",
              "Write - { name: …, that: …, message: … }.");
    }
    checkNames(entity, part, checks);
    return checks;
  }

  private void checkNames(String entity, @Nullable Part part, List<Entity.Check> checks) {
    var names = checks.stream().map(Entity.Check::name).toList();
    for (int i = 0; i < names.size(); i++) {
      if (part == null || names.get(i).isEmpty()) {
        continue;
      }
      if (names.subList(0, i).contains(names.get(i))) {
        mistakes.add(
            place(part, i), entity + " has two checks called " + names.get(i) + ".", "Rename one.");
      } else if (!Words.CHECK.matcher(names.get(i)).matches()) {
        mistakes.add(
            place(part, i),
            entity + ": " + names.get(i) + " can't be the name of a check.",
            "Begin with a small letter; letters, digits, - and _ follow.");
      }
    }
  }

  private static Part.Place place(Part checks, int index) {
    return switch (checks) {
      case Part.Items(var parts, _) -> parts.get(index).place();
      case Part.Mapping(var entries, _) -> List.copyOf(entries.values()).get(index).place();
      case Part.Scalar scalar -> scalar.place();
      case Part.Empty empty -> empty.place();
    };
  }

  private Entity.Check check(String entity, Part part) {
    var section = Section.of(entity + ": a check", part, Options.names(Options.CHECK), mistakes);
    if (!(part instanceof Part.Mapping)) {
      return new Entity.Check("", Expression.TRUE, "");
    }
    var name = section.text("name");
    if (!section.has("name")) {
      mistakes.add(section.place(), entity + ": a check has no name.", "Write name: …");
    }
    var that = section.find("that");
    if (that.isEmpty()) {
      mistakes.add(section.place(), entity + ": a check says nothing.", "Write that: …");
    }
    var condition =
        that.map(text -> condition(entity + ": that", text, entity, Use.CHANGE))
            .orElse(Expression.TRUE);
    var message = section.text("message");
    var known = name == null ? "" : name;
    return new Entity.Check(
        known, condition, message == null ? "must meet the check " + known : message);
  }

  /// A field's preset and default.
  Field.Filling filling(String name, FieldReader.Draft draft) {
    var options = draft.options();
    var preset =
        options.find("set").map(part -> decided(name + ": set", part, draft.type())).orElse(null);
    var initial = options.find("default").map(part -> initial(name, part, draft)).orElse(null);
    if (preset != null && initial != null) {
      mistakes.add(
          options.keyPlace("default"), name + ": set decides already.", "Leave out default.");
    }
    return new Field.Filling(initial, preset, computed(name, draft), null);
  }

  private Field.@Nullable Computed computed(String name, FieldReader.Draft draft) {
    var entity = name.substring(0, name.indexOf('.'));
    return new ComputedReader(entities, mistakes, this).read(entity, draft);
  }

  /// What a field is computed from; null where it can't be read.
  @Nullable Expression computed(Part.Scalar scalar, String entity, FieldType type) {
    var before = mistakes.list().size();
    var scope = scope(entity, Use.RULE);
    var read =
        type instanceof FieldType.Money
            ? read(new Written(scalar, 0), scope, ExpressionReader::amount, nothing(type))
            : read(scalar, scope, type.type(), nothing(type));
    return mistakes.list().size() == before ? read : null;
  }

  /// What present rows take that have no value, from their own fields.
  @Nullable Expression backfill(String name, String entity, FieldReader.Draft draft) {
    var part = draft.options().find("backfill").orElse(null);
    if (part == null) {
      return null;
    }
    if (!(part instanceof Part.Scalar scalar)) {
      return decided(name + ": backfill", part, draft.type());
    }
    var type = draft.type().type();
    var read = read(scalar, scope(entity, Use.RULE), type, nothing(draft.type()));
    if (!RowSight.own(read)) {
      mistakes.add(
          part.place(),
          name + ": backfill sees the row's own fields only, and now and today.",
          "Leave out what is reached through references, lists, caller and request.");
    }
    var about = entities.get(entity);
    if (about != null && about.mentionsComputed(read)) {
      mistakes.add(
          part.place(),
          name + ": backfill comes before what is computed.",
          "Name fields that are given.");
    }
    return read;
  }

  private @Nullable Expression decided(String name, Part part, FieldType type) {
    if (part instanceof Part.Scalar scalar) {
      return read(scalar, scope(null, Use.RULE), type.type(), nothing(type));
    }
    mistakes.add(
        part.place(),
        name + " must be an expression, and is " + part.kind() + ".",
        "Write it in quotes.");
    return null;
  }

  private static Expression nothing(FieldType type) {
    return new Expression.Literal(Value.NULL, type.type());
  }

  private @Nullable Expression initial(String name, Part part, FieldReader.Draft draft) {
    var type = draft.type();
    if (part instanceof Part.Scalar scalar && scalar.text().startsWith("=")) {
      var written = new Written(scalar, 1);
      return read(written, scope(null, Use.RULE), type.type(), nothing(type));
    }
    if (part instanceof Part.Scalar scalar && expressed(scalar, type)) {
      return read(scalar, scope(null, Use.RULE), type.type(), nothing(type));
    }
    var value = WrittenValues.value(part, type);
    if (value == null) {
      mistakes.add(
          part.place(),
          name + ": the default is no value of its type.",
          "Write a value, or = and an expression.");
      return null;
    }
    if (limits.check(Field.of(draft.name(), type), value) instanceof Checked.Bad(var violation)) {
      mistakes.add(
          part.place(), name + ": the default " + broken(violation) + ".", "Change the default.");
      return null;
    }
    return new Expression.Literal(value, type.type());
  }

  private static String broken(Violation violation) {
    return violation.code().equals("schema")
        ? "does not fit its schema: " + violation.message()
        : violation.message();
  }

  /// What can't be meant as a value: `now` for a timestamp, `caller.id` for a reference.
  private static boolean expressed(Part.Scalar scalar, FieldType type) {
    boolean moment = type == FieldType.Plain.TIMESTAMP || type == FieldType.Plain.DATE;
    var text = scalar.text();
    return (moment && (text.startsWith("now") || text.startsWith("today")))
        || (type instanceof FieldType.Reference && text.startsWith("caller."));
  }
}
