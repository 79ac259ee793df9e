package engineroom.generate.typescript;

import static engineroom.generate.typescript.ScriptText.Presence.OPTIONAL;
import static engineroom.generate.typescript.ScriptText.Presence.REQUIRED;
import static java.util.stream.Collectors.joining;

import engineroom.generate.Surface;
import engineroom.generate.typescript.ScriptText.Member;
import engineroom.generate.typescript.ScriptText.Presence;
import engineroom.model.Entity;
import engineroom.model.Entity.InverseList;
import engineroom.model.Field;
import engineroom.model.FieldType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The types of one entity: its rows, what creates and changes them, what can be asked of them.
final class EntityScript {
  /// What every condition has of its own, so that no field can be asked by it.
  private static final Set<String> CONDITIONS =
      Set.of("and", "or", "not", "eq", "ne", "in", "notIn", "isNull");

  private static final String NULL = " | null";

  private final Surface surface;
  private final ScriptNames names;
  private final ScriptTypes types;
  private final Entity entity;
  private final String type;

  EntityScript(Surface surface, ScriptNames names, Entity entity) {
    this.surface = surface;
    this.names = names;
    this.types = new ScriptTypes(surface.model());
    this.entity = entity;
    this.type = names.type(entity.name());
  }

  /// Writes all of them.
  void to(ScriptText text) {
    var about = entity.notes().description();
    text.declared(about == null ? "A row of " + entity.plural() + "." : about, type, row());
    var given = Stream.concat(surface.given(entity).stream().map(this::given), nested()).toList();
    text.declared("What a new row of " + entity.plural() + " takes.", type + "Create", given);
    var changed =
        Stream.concat(surface.changed(entity).stream().map(this::changed), nested()).toList();
    text.declared(
        "What a change of " + entity.plural() + " takes: all that is not named stays.",
        type + "Change",
        entity.life().appendOnly() ? List.of() : changed);
    var where = type + "Where";
    var head = where + " extends er.Conditions<" + where + ", " + types.id(entity.name()) + ">";
    text.declared("Conditions on " + entity.plural() + ": all members hold.", head, conditions());
    text.declared(
        "What " + entity.plural() + " are sorted, grouped and measured by.",
        type + "Values",
        values());
    text.declared("What the compiler knows of " + entity.plural() + ".", head(), parts());
  }

  private String head() {
    return type + "Entity extends er.Entity";
  }

  private List<Member> row() {
    return surface.shown(entity).stream().map(this::shown).toList();
  }

  private Member shown(Field field) {
    boolean sure = field.required() && !field.virtual();
    var value = types.shown(field.type()) + (sure ? "" : NULL);
    var presence = Presence.requiredIf(Surface.always(field));
    return new Member(field.name(), presence, value, field.notes().description());
  }

  private Member given(Field field) {
    var value = types.given(field.type()) + (field.required() ? "" : NULL);
    var presence = Presence.requiredIf(Surface.needed(field));
    return new Member(field.name(), presence, value, field.notes().description());
  }

  private Member changed(Field field) {
    var value = types.changed(field.type()) + (field.required() ? "" : NULL);
    return new Member(field.name(), OPTIONAL, value, field.notes().description());
  }

  /// The lists that are written with the row: new rows, or what becomes of those in them.
  private Stream<Member> nested() {
    return surface.written(entity).stream().map(this::nested);
  }

  private Member nested(InverseList list) {
    var of = names.type(list.entity());
    var without = "Omit<" + of + "Create, " + ScriptTypes.quoted(list.field()) + ">";
    var ways = "er.ListChange<%s, %sChange, %s>".formatted(without, of, types.id(list.entity()));
    boolean bound = list.owned() || surface.reference(list).required();
    var all = bound ? "Omit<" + ways + ", \"unlink\">" : ways;
    return new Member(list.name(), OPTIONAL, "readonly " + without + "[] | " + all, null);
  }

  private List<Member> conditions() {
    var members = new ArrayList<Member>();
    for (var field : surface.shown(entity)) {
      if (!CONDITIONS.contains(field.name())) {
        members.add(new Member(field.name(), OPTIONAL, condition(field), null));
      }
    }
    for (var list : surface.lists(entity)) {
      var of = names.type(list.entity()) + "Where";
      members.add(new Member(list.name(), OPTIONAL, of + " | er.ListWhere<" + of + ">", null));
    }
    if (surface.shown(entity).stream().anyMatch(field -> field.traits().search())) {
      members.add(new Member("search", OPTIONAL, "string", "Words, in any searched field."));
    }
    return members;
  }

  private String condition(Field field) {
    return field.type() instanceof FieldType.Reference(var to, _, _, _) && surface.has(to)
        ? names.type(to) + "Where | " + types.id(to) + NULL
        : types.where(field);
  }

  private List<Member> values() {
    var members = new ArrayList<Member>();
    for (var field : surface.shown(entity)) {
      var none = field.required() ? "" : NULL;
      if (ordered(field.type())) {
        var value = types.measured(field.type()) + none;
        members.add(new Member(field.name(), REQUIRED, value, null));
      }
      for (var part : partsOf(field.type())) {
        var name = ScriptTypes.quoted(field.name() + "." + part);
        var value = (part.equals("currency") ? "string" : "number") + none;
        members.add(new Member(name, REQUIRED, value, null));
      }
    }
    return members;
  }

  private static boolean ordered(FieldType type) {
    return switch (type) {
      case FieldType.Text _,
          FieldType.Choice _,
          FieldType.Whole _,
          FieldType.Decimal _,
          FieldType.Number _,
          FieldType.Reference _ ->
          true;
      case FieldType.Money(var currency, _, _) -> currency != null;
      case FieldType.Plain plain ->
          plain != FieldType.Plain.POINT && plain != FieldType.Plain.SECRET;
      case FieldType.Json _, FieldType.Bytes _, FieldType.ListOf _ -> false;
    };
  }

  private static List<String> partsOf(FieldType type) {
    if (type instanceof FieldType.Money) {
      return List.of("amount", "currency");
    }
    return type == FieldType.Plain.POINT ? List.of("latitude", "longitude") : List.of();
  }

  private static boolean number(FieldType type) {
    return switch (type) {
      case FieldType.Whole _, FieldType.Decimal _, FieldType.Number _ -> true;
      case FieldType.Money(var currency, _, _) -> currency != null;
      case FieldType.Text _,
          FieldType.Plain _,
          FieldType.Choice _,
          FieldType.Json _,
          FieldType.Bytes _,
          FieldType.Reference _,
          FieldType.ListOf _ ->
          false;
    };
  }

  private static boolean time(FieldType type) {
    return type == FieldType.Plain.TIMESTAMP || type == FieldType.Plain.DATE;
  }

  private List<Member> parts() {
    var shown = surface.shown(entity);
    var times = shown.stream().filter(field -> time(field.type())).map(Field::name);
    var sums = shown.stream().filter(field -> number(field.type())).map(Field::name);
    return List.of(
        part("row", type),
        part("id", types.id(entity.name())),
        part("visible", Surface.all(entity) ? "\"always\"" : "\"sometimes\""),
        part("create", type + "Create"),
        part("change", type + "Change"),
        part("where", type + "Where"),
        part("values", type + "Values"),
        part("times", either(times)),
        part("sums", either(sums)),
        part("keys", either(keys())),
        part("keeps", either(kept())),
        part("references", object(references())),
        part("lists", object(lists())));
  }

  private Stream<String> keys() {
    return Stream.concat(
        Stream.of("id"), entity.keys().uniques().stream().map(key -> String.join(",", key)));
  }

  private Stream<String> kept() {
    var life = entity.life();
    return Stream.concat(
        life.history() ? Stream.of("history") : Stream.of(),
        life.trash() == null ? Stream.of() : Stream.of("trash"));
  }

  private Stream<String> references() {
    return surface.shown(entity).stream()
        .filter(f -> f.type() instanceof FieldType.Reference to && surface.has(to.entity()))
        .map(f -> led(f.name(), ((FieldType.Reference) f.type()).entity()));
  }

  private Stream<String> lists() {
    return surface.lists(entity).stream().map(list -> led(list.name(), list.entity()));
  }

  private String led(String name, String to) {
    return "readonly " + name + ": " + names.type(to) + "Entity";
  }

  private static Member part(String name, String type) {
    return new Member(name, REQUIRED, type, null);
  }

  private static String either(Stream<String> names) {
    var all = names.map(ScriptTypes::quoted).collect(joining(" | "));
    return all.isEmpty() ? "never" : all;
  }

  private static String object(Stream<String> members) {
    var all = members.collect(joining("; "));
    return all.isEmpty() ? "{}" : "{ " + all + " }";
  }
}
