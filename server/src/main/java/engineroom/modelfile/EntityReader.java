package engineroom.modelfile;

import engineroom.model.Entity;
import engineroom.model.FieldType;
import engineroom.model.FieldType.Reference;
import engineroom.modelfile.FieldReader.Draft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads entities and their fields, without the expressions in them, and finds the inverse lists.
final class EntityReader {
  private static final String ID = "id";

  /// System fields that somebody else's table may have.
  private static final Set<String> TIMES = Set.of("createdAt", "updatedAt");

  /// The longest time that deleted rows are kept.
  private static final Duration TRASH_MAX = Duration.ofDays(3_650);

  private final Mistakes mistakes;
  private final FieldReader fields;

  EntityReader(Mistakes mistakes, Set<String> entities) {
    this.mistakes = mistakes;
    this.fields = new FieldReader(mistakes, entities);
  }

  /// An entity as it is written, its fields' types known and its expressions not yet.
  ///
  /// @param fields the owner's, and `id` where its type is said
  /// @param lists filled once all entities are known
  record EntityDraft(
      String name,
      String plural,
      Section section,
      Part.Place place,
      Map<String, Draft> fields,
      Map<String, Entity.InverseList> lists) {}

  EntityDraft read(Part.Entry entry) {
    var name = entry.key();
    checkName(name, entry.place(), "an entity");
    var section = Section.of(name, entry.value(), Options.names(Options.ENTITY), mistakes);
    var plural = plural(name, section);
    var own = new LinkedHashMap<String, Draft>();
    var part = section.find("fields").orElse(new Part.Empty(section.place()));
    for (var field : Section.mapping(name + ": fields", part, mistakes).entries().values()) {
      own.put(field.key(), field(section, field, plural));
    }
    boolean told =
        !readable(entry.value()) || !readable(part); // a wrong kind of value, and not no fields
    if (!told && own.keySet().stream().allMatch(ID::equals) && !name.equals("user")) {
      mistakes.add(entry.place(), name + " has no fields.", "Write them under fields.");
    }
    return new EntityDraft(name, plural, section, entry.place(), own, new LinkedHashMap<>());
  }

  private static boolean readable(Part part) {
    return part instanceof Part.Mapping || part instanceof Part.Empty;
  }

  private void checkName(String name, Part.Place place, String what) {
    if (!Words.NAME.matcher(name).matches()) {
      mistakes.add(
          place,
          name + " can't be the name of " + what + ".",
          "Begin with a small letter; letters and digits follow, 63 at most.");
    } else if (FieldReader.TYPES.contains(name) && what.equals("an entity")) {
      mistakes.add(place, name + " is the name of a type.", "Choose another name.");
    }
  }

  private String plural(String name, Section section) {
    var plural = section.text("plural");
    if (plural == null) {
      return name + "s";
    }
    if (!Words.NAME.matcher(plural).matches() || Words.PATHS.contains(plural)) {
      mistakes.add(
          section.place("plural"),
          name + ": " + plural + " can't be a plural.",
          "Begin with a small letter; letters and digits follow.");
      return name + "s";
    }
    return plural;
  }

  private Draft field(Section owner, Part.Entry entry, String plural) {
    var entity = owner.name();
    var name = entry.key();
    if (name.equals(ID)) {
      return id(entity, entry, plural);
    }
    checkName(name, entry.place(), "a field");
    if (Entity.SYSTEM.contains(name) && !(owner.has(AdoptedReader.TABLE) && TIMES.contains(name))) {
      mistakes.add(
          entry.place(),
          entity + "." + name + " is there already: every row has it.",
          "Leave it out.");
    } else if (Words.RESERVED.contains(name)) {
      mistakes.add(
          entry.place(),
          entity + ": " + name + " is a word of queries and can't be a field.",
          "Choose another name.");
    }
    return fields.read(entity, entry, plural);
  }

  private Draft id(String entity, Part.Entry entry, String plural) {
    var draft = fields.read(entity, entry, plural);
    boolean fits =
        draft.type() instanceof FieldType.Text
            || draft.type() instanceof FieldType.Whole
            || draft.type() == FieldType.Plain.UUID;
    idOptions(entity, draft);
    if (!fits || !draft.required()) {
      mistakes.add(
          entry.place(),
          entity + ".id must be of type uuid, text or integer.",
          fits ? "Leave out the ?." : "Write type: text, or leave it out for uuid.");
      return new Draft(ID, FieldType.Plain.UUID, true, draft.options(), draft.place());
    }
    return draft;
  }

  private void idOptions(String entity, Draft id) {
    for (var option : Options.NOT_OF_ID) {
      if (id.options().has(option)) {
        mistakes.add(
            id.options().keyPlace(option),
            entity + ".id: " + option + " does not go with an id.",
            "Leave it out.");
      }
    }
  }

  /// Puts the inverse of every reference into the entity referred to.
  void link(Map<String, EntityDraft> entities) {
    var places = new LinkedHashMap<String, Part.Place>();
    for (var entity : entities.values()) {
      for (var field : entity.fields().values()) {
        if (field.type() instanceof Reference reference) {
          link(entities, entity, field, reference, places);
        }
      }
    }
  }

  private void link(
      Map<String, EntityDraft> entities,
      EntityDraft entity,
      Draft field,
      Reference reference,
      Map<String, Part.Place> places) {
    var target = entities.get(reference.entity());
    if (target == null) {
      return;
    }
    var inverse = reference.inverse();
    var full = target.name() + "." + inverse;
    var before = places.putIfAbsent(full, field.place());
    if (before != null) {
      mistakes.add(
          field.place(),
          entity.name()
              + "."
              + field.name()
              + ": its inverse "
              + full
              + " is taken by the field in "
              + before.file()
              + " line "
              + before.line()
              + ".",
          "Name one of the two with inverse.");
    } else if (target.fields().containsKey(inverse) || Entity.SYSTEM.contains(inverse)) {
      mistakes.add(
          field.place(),
          entity.name() + "." + field.name() + ": its inverse " + full + " is a field already.",
          "Name the list with inverse.");
    } else if (Words.RESERVED.contains(inverse) || historyOf(target, inverse)) {
      mistakes.add(
          field.place(),
          entity.name() + "." + field.name() + ": its inverse can't be called " + inverse + ".",
          "Name the list with inverse.");
    } else {
      target
          .lists()
          .put(
              inverse,
              new Entity.InverseList(inverse, entity.name(), field.name(), reference.owned()));
    }
    checkReference(entity, field, reference);
  }

  /// The path of the versions of a row is that of no list.
  private static boolean historyOf(EntityDraft target, String inverse) {
    return inverse.equals("history") && target.section().has("history");
  }

  private void checkReference(EntityDraft entity, Draft field, Reference reference) {
    var full = entity.name() + "." + field.name();
    if (reference.owned() && !field.required()) {
      mistakes.add(
          field.place(), full + ": a row that is owned needs its owner.", "Leave out the ?.");
    }
    if (reference.owned() && reference.onDelete() == FieldType.OnDelete.CLEAR) {
      mistakes.add(
          field.options().place("onDelete"),
          full + ": a row that is owned goes with its owner.",
          "Leave out onDelete.");
    }
    if (!reference.owned()
        && reference.onDelete() == FieldType.OnDelete.CLEAR
        && field.required()) {
      mistakes.add(
          field.options().place("onDelete"),
          full + ": a required reference can't be cleared.",
          "Make it optional with ?, or choose restrict or cascade.");
    }
    if (field.required()
        && reference.entity().equals(entity.name())
        && !AdoptedReader.adopted(entity)) {
      mistakes.add(
          field.place(),
          full + ": no row could be the first, for each needs another " + entity.name() + ".",
          "Make it optional with ?.");
    }
  }

  /// How long deleted rows can be brought back; null where they can't.
  @Nullable Duration trash(EntityDraft entity) {
    var text = entity.section().text("trash");
    if (text == null) {
      return null;
    }
    for (var field : entity.fields().values()) {
      if (field.type() instanceof Reference reference && reference.owned()) {
        mistakes.add(
            entity.section().keyPlace("trash"),
            entity.name() + ": a row that is owned goes to the trash with its owner.",
            "Leave it out here, and write trash at " + reference.entity() + ".");
        return null;
      }
    }
    return trash(entity, text);
  }

  private @Nullable Duration trash(EntityDraft entity, String text) {
    var kept = HeaderReader.length(text);
    if (kept == null) {
      mistakes.add(
          entity.section().place("trash"),
          entity.name() + ": trash can't be " + text + ".",
          "Write how long deleted rows are kept, in minutes, hours or days: 12h, 30d.");
    } else if (kept.isZero() || kept.compareTo(TRASH_MAX) > 0) {
      mistakes.add(
          entity.section().place("trash"),
          entity.name() + ": trash must be 1m to " + TRASH_MAX.toDays() + "d.",
          kept.isZero() ? "Leave it out where deleted rows are to be gone at once." : null);
    }
    return kept;
  }

  /// The lists of fields under `unique` or `indexes`.
  List<List<String>> keys(EntityDraft entity, String option) {
    var keys = new ArrayList<List<String>>();
    for (var part : entity.section().items(option)) {
      switch (part) {
        case Part.Scalar scalar -> keys.add(fieldNames(entity, option, List.of(scalar)));
        case Part.Items(var parts, _) -> keys.add(fieldNames(entity, option, parts));
        case Part.Mapping _, Part.Empty _ ->
            entity.section().wrong(option, part, "names of fields");
      }
    }
    keys.removeIf(List::isEmpty);
    for (int i = 1; i < keys.size(); i++) {
      if (keys.subList(0, i).contains(keys.get(i))) {
        mistakes.add(
            entity.section().place(option),
            entity.name() + ": " + option + " has " + keys.get(i) + " twice.",
            "Leave one out.");
      }
    }
    return keys;
  }

  private List<String> fieldNames(EntityDraft entity, String option, List<Part> parts) {
    var names = new ArrayList<String>();
    for (var part : parts) {
      var name = part instanceof Part.Scalar scalar ? scalar.text() : null;
      if (name == null) {
        entity.section().wrong(option, part, "a name of a field");
      } else if (!known(entity, name)) {
        mistakes.unknown(
            part.place(),
            entity.name() + "." + name + " does not exist.",
            name,
            entity.fields().keySet());
      } else if (names.contains(name)) {
        mistakes.add(
            part.place(), entity.name() + ": " + name + " stands here twice.", "Leave one out.");
      } else if (!indexable(entity, name)) {
        mistakes.add(
            part.place(),
            entity.name() + "." + name + " can't be part of a key.",
            "Lists, json, bytes, points and secrets have no place in " + option + ".");
      } else if (virtual(entity, name)) {
        mistakes.add(
            part.place(),
            entity.name() + "." + name + " can't be part of a key: rows do not hold it.",
            "Write stored: true at " + entity.name() + "." + name + ".");
      } else {
        names.add(name);
      }
    }
    return names;
  }

  private static boolean virtual(EntityDraft entity, String name) {
    var draft = entity.fields().get(name);
    return draft != null && ComputedReader.virtual(draft);
  }

  private static boolean known(EntityDraft entity, String name) {
    return entity.fields().containsKey(name) || Entity.SYSTEM.contains(name);
  }

  private static boolean indexable(EntityDraft entity, String name) {
    var draft = entity.fields().get(name);
    return draft == null || indexable(draft.type());
  }

  /// Whether values of a type can be unique and be found by an index.
  static boolean indexable(@Nullable FieldType type) {
    return !(type instanceof FieldType.ListOf
        || type instanceof FieldType.Json
        || type instanceof FieldType.Bytes
        || type == FieldType.Plain.POINT
        || type == FieldType.Plain.SECRET);
  }
}
