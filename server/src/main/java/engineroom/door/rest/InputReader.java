package engineroom.door.rest;

import engineroom.data.Value;
import engineroom.json.FieldReader;
import engineroom.json.FieldReader.Unfit;
import engineroom.json.Json;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.operation.Input;
import engineroom.operation.Input.Assignment;
import engineroom.problem.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads what is to be written into a row. A member that can't be read is kept as such, so that all
/// mistakes are told at once.
final class InputReader {
  /// Whether `{"$add": n}` and its kin have something to work on.
  enum Mode {
    NEW_ROW,
    CHANGE
  }

  private static final Set<String> EDITS = Set.of("$append", "$remove");

  private final Names names;
  private final FieldReader reader;

  InputReader(Names names, FieldReader reader) {
    this.names = names;
    this.reader = reader;
  }

  /// One row.
  Input read(Entity entity, Json json, Mode mode) {
    if (!(json instanceof Json.Obj(var members))) {
      throw Bodies.unreadable("A row is not a JSON object.", "Write {\"field\": value}.");
    }
    Map<String, Assignment> assignments = new LinkedHashMap<>();
    members.forEach((name, value) -> assignments.put(name, assignment(entity, name, value, mode)));
    return new Input(assignments);
  }

  private Assignment assignment(Entity entity, String name, Json value, Mode mode) {
    var field = entity.findField(name).filter(_ -> names.writable(entity).contains(name));
    if (field.isEmpty()) {
      return noField(entity, name);
    }
    try {
      return assignment(field.get(), value, mode);
    } catch (Unfit unfit) {
      return unreadable(name, unfit.code(), unfit.text());
    }
  }

  private Assignment noField(Entity entity, String name) {
    if (names.findList(entity, name).isPresent()) {
      return unreadable(
          name,
          "nested",
          "is a list, and nested writes are not part of this version: POST to /api/"
              + entity.plural()
              + "/{id}/"
              + name);
    }
    var candidates = new TreeSet<>(names.writable(entity));
    candidates.addAll(names.of(entity.name()));
    if (candidates.contains(name)) {
      return unreadable(name, "read-only", "can't be written");
    }
    var hint = Names.meant(name, candidates);
    return unreadable(name, "unknown", "does not exist" + (hint == null ? "" : ". " + hint));
  }

  private Assignment assignment(Field field, Json value, Mode mode) {
    if (value == Json.Null.NULL) {
      return new Assignment.To(Value.NULL);
    }
    boolean json = field.type() instanceof FieldType.Json;
    if (value instanceof Json.Obj(var members) && !json && edits(members)) {
      if (mode == Mode.NEW_ROW) {
        return unreadable(field.name(), "edit", "can be changed in place by PATCH only");
      }
      return edit(field, members);
    }
    return new Assignment.To(reader.json(field.type(), value));
  }

  private static boolean edits(Map<String, Json> members) {
    return members.keySet().stream().anyMatch(m -> m.startsWith("$"));
  }

  private Assignment edit(Field field, Map<String, Json> members) {
    if (field.type() instanceof FieldType.ListOf && EDITS.containsAll(members.keySet())) {
      return new Assignment.Edit(
          elements(field.type(), members.get("$remove")),
          elements(field.type(), members.get("$append")));
    }
    if (numeric(field.type()) && members.keySet().equals(Set.of("$add"))) {
      return new Assignment.Add(
          reader.json(field.type(), members.getOrDefault("$add", Json.Null.NULL)));
    }
    var knows =
        switch (field.type()) {
          case FieldType.ListOf _ -> "knows $append and $remove";
          case FieldType.Whole _, FieldType.Decimal _, FieldType.Number _, FieldType.Money _ ->
              "knows $add";
          case FieldType.Text _,
              FieldType.Plain _,
              FieldType.Choice _,
              FieldType.Json _,
              FieldType.Bytes _,
              FieldType.Reference _ ->
              "can only be given a value";
        };
    return unreadable(field.name(), "edit", knows);
  }

  private static boolean numeric(FieldType type) {
    return type instanceof FieldType.Whole
        || type instanceof FieldType.Decimal
        || type instanceof FieldType.Number
        || type instanceof FieldType.Money;
  }

  private List<Value> elements(FieldType type, @Nullable Json json) {
    if (json == null) {
      return List.of();
    }
    return reader.json(type, json) instanceof Value.ListOf(var elements) ? elements : List.of();
  }

  private static Assignment unreadable(String path, String code, String message) {
    return new Assignment.Unreadable(new Violation(path, code, message));
  }
}
