package engineroom.modelfile;

import engineroom.model.Adopted;
import engineroom.model.FieldType;
import engineroom.model.FieldType.Plain;
import engineroom.model.FieldType.Reference;
import engineroom.modelfile.EntityReader.EntityDraft;
import engineroom.modelfile.FieldReader.Draft;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads which entities are served from somebody else's tables, and tells what can't be.
final class AdoptedReader {
  static final String TABLE = "table";
  private static final String COLUMN = "column";
  private static final String KEY = "key";
  private static final String READ_ONLY = "readOnly";

  /// What needs tables or columns of the program's own.
  private static final List<String> NOT_OF_ENTITY = List.of("history", "trash", "was");

  private static final List<String> NOT_OF_FIELD =
      List.of(
          "search", "ignoreCase", "sequence", "stored", "owned", "was", "wasValues", "backfill");

  /// The longest id that every store keeps.
  private static final FieldType MADE =
      new FieldType.Text(FieldType.Format.PLAIN, null, 500, null, false, null);

  private final Map<String, EntityDraft> drafts;
  private final Mistakes mistakes;

  AdoptedReader(Map<String, EntityDraft> drafts, Mistakes mistakes) {
    this.drafts = drafts;
    this.mistakes = mistakes;
  }

  /// Whether an entity is served from somebody else's table.
  static boolean adopted(EntityDraft entity) {
    return entity.section().has(TABLE);
  }

  /// Where its rows stand; null where in a table of the program's own.
  @Nullable Adopted read(EntityDraft entity) {
    var table = entity.section().text(TABLE);
    if (table == null || table.isBlank()) {
      own(entity);
      return null;
    }
    options(entity);
    var columns = new LinkedHashMap<String, String>();
    for (var field : entity.fields().values()) {
      var column = field.options().text(COLUMN);
      if (column != null) {
        columns.put(field.name(), column);
      }
      field(entity, field);
    }
    var key = key(entity);
    var writes = entity.section().yes(READ_ONLY) ? Adopted.Writes.REFUSED : Adopted.Writes.OPEN;
    return new Adopted(table, columns, key, writes);
  }

  /// What an id is that the owner says nothing of, or nothing but what it is made of.
  static FieldType idType(EntityDraft entity) {
    if (adopted(entity)) {
      return FieldType.Text.PLAIN;
    }
    return entity.section().has(KEY) ? MADE : Plain.UUID;
  }

  /// The fields that the id of an entity with a table of the program's own is made of.
  static List<String> ownKey(EntityDraft entity) {
    return entity.section().items(KEY).stream()
        .flatMap(
            part -> part instanceof Part.Scalar scalar ? Stream.of(scalar.text()) : Stream.of())
        .toList();
  }

  private void own(EntityDraft entity) {
    if (entity.section().has(READ_ONLY)) {
      mistakes.add(
          entity.section().keyPlace(READ_ONLY),
          entity.name() + ": readOnly is for entities with a table of somebody else's.",
          "Write table: and its name, or leave out readOnly.");
    }
    if (entity.section().has(KEY)) {
      var _ = key(entity);
    }
    for (var field : entity.fields().values()) {
      if (field.options().has(COLUMN)) {
        mistakes.add(
            field.options().keyPlace(COLUMN),
            full(entity, field) + ": column is for entities with a table of somebody else's.",
            "Write table: at " + entity.name() + ", or leave out column.");
      }
      if (field.type() instanceof Reference reference) {
        ownReference(entity, field, reference);
      }
    }
  }

  private void ownReference(EntityDraft entity, Draft field, Reference reference) {
    var target = drafts.get(reference.entity());
    if (target == null || !adopted(target)) {
      return;
    }
    if (target.section().has(KEY)) {
      mistakes.add(
          field.place(),
          full(entity, field) + ": ids of " + target.name() + " are made of several columns.",
          "Keep what the id is made of as plain values.");
    } else if (reference.owned()) {
      mistakes.add(
          field.options().keyPlace("owned"),
          full(entity, field) + ": somebody else's row can't have parts of the program's.",
          "Leave out owned; onDelete: cascade deletes them together.");
    }
  }

  private void options(EntityDraft entity) {
    for (var option : NOT_OF_ENTITY) {
      if (entity.section().has(option)) {
        mistakes.add(
            entity.section().keyPlace(option),
            entity.name() + ": " + option + " needs a table of the program's own.",
            "Leave it out: " + entity.name() + " is served from somebody else's table.");
      }
    }
  }

  private void field(EntityDraft entity, Draft field) {
    for (var option : NOT_OF_FIELD) {
      if (field.options().has(option)) {
        mistakes.add(
            field.options().keyPlace(option),
            full(entity, field) + ": " + option + " needs a table of the program's own.",
            "Leave it out: " + entity.name() + " is served from somebody else's table.");
      }
    }
    if (ComputedReader.computed(field)) {
      return;
    }
    if (!servable(field.type())) {
      mistakes.add(
          field.place(),
          full(entity, field) + ": somebody else's table can't hold values of this type.",
          "Lists, money, durations, points and secrets can't be served from one.");
    }
    if (field.type() instanceof Reference reference) {
      reference(entity, field, drafts.get(reference.entity()));
    }
  }

  private static boolean servable(FieldType type) {
    return switch (type) {
      case FieldType.Text _,
          FieldType.Whole _,
          FieldType.Decimal _,
          FieldType.Number _,
          FieldType.Choice _,
          FieldType.Json _,
          FieldType.Bytes _,
          Reference _ ->
          true;
      case Plain plain ->
          switch (plain) {
            case BOOLEAN, TIMESTAMP, DATE, TIME, UUID -> true;
            case DURATION, POINT, SECRET -> false;
          };
      case FieldType.Money _, FieldType.ListOf _ -> false;
    };
  }

  private void reference(EntityDraft entity, Draft field, @Nullable EntityDraft target) {
    if (target == null) {
      return;
    }
    if (!adopted(target)) {
      if (target.section().has("trash") && "cascade".equals(field.options().text("onDelete"))) {
        mistakes.add(
            field.options().keyPlace("onDelete"),
            full(entity, field)
                + ": rows of "
                + entity.name()
                + " can't go to the trash with "
                + target.name()
                + ".",
            "Write onDelete: clear or restrict.");
      }
    } else if (target.section().has(KEY)) {
      mistakes.add(
          field.place(),
          full(entity, field) + ": ids of " + target.name() + " are made of several columns.",
          "Serve the columns as plain values.");
    }
  }

  /// The fields that the id is made of.
  private List<String> key(EntityDraft entity) {
    var declared = entity.fields().get("id");
    if (!entity.section().has(KEY)) {
      if (declared == null) {
        mistakes.add(
            entity.place(),
            entity.name() + ": what tells its rows apart is not said.",
            "Declare id with its type and column, or name the fields that make it up: key: […].");
      }
      return List.of();
    }
    if (declared != null) {
      mistakes.add(
          declared.place(),
          entity.name() + ": its id is made of key, so it can't be a column too.",
          "Leave out id, or key.");
    }
    var names = new ArrayList<String>();
    for (var part : entity.section().texts(KEY)) {
      var field = entity.fields().get(part.text());
      if (field == null) {
        mistakes.unknown(
            part.place(),
            entity.name() + "." + part.text() + " does not exist.",
            part.text(),
            entity.fields().keySet());
      } else if (!field.required() || !keeps(field.type()) || names.contains(part.text())) {
        mistakes.add(
            part.place(),
            entity.name() + "." + part.text() + " can't be part of the id.",
            "Required texts, integers, uuids and references can, each once.");
      } else {
        names.add(part.text());
      }
    }
    if (entity.section().texts(KEY).isEmpty()) {
      mistakes.add(
          entity.section().keyPlace(KEY),
          entity.name() + ": key names no fields.",
          "Write key: and a list of fields.");
    }
    return names;
  }

  private static boolean keeps(FieldType type) {
    return type instanceof FieldType.Text
        || type instanceof FieldType.Whole
        || type instanceof Reference
        || type == Plain.UUID;
  }

  private static String full(EntityDraft entity, Draft field) {
    return entity.name() + "." + field.name();
  }
}
