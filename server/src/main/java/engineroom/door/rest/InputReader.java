package engineroom.door.rest;

import static engineroom.problem.ProblemException.problem;

import engineroom.data.Value;
import engineroom.door.query.Names;
import engineroom.json.FieldReader;
import engineroom.json.FieldReader.Unfit;
import engineroom.json.Json;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.operation.Input;
import engineroom.operation.Input.Assignment;
import engineroom.operation.Input.Nested;
import engineroom.problem.OperationProblem.TooMuch;
import engineroom.problem.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads what is to be written into a row. A member that can't be read is kept as such, so that all
/// mistakes are told at once.
public final class InputReader {
  /// Whether `{"$add": n}` and its kin have something to work on.
  public enum Mode {
    NEW_ROW,
    CHANGE
  }

  private static final Set<String> EDITS = Set.of("$append", "$remove");

  /// Lists within lists.
  private static final int DEPTH_MAX = 5;

  private final Names names;
  private final FieldReader reader;
  private int depth;

  public InputReader(Names names, FieldReader reader) {
    this.names = names;
    this.reader = reader;
  }

  /// One row.
  public Input read(Entity entity, Json json, Mode mode) {
    return read(entity, json, mode, "");
  }

  /// Many rows.
  public List<Input> read(Entity entity, List<Json> rows) {
    var inputs = new ArrayList<Input>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      inputs.add(read(entity, rows.get(i), Mode.NEW_ROW, "[" + i + "]"));
    }
    return inputs;
  }

  /// One row, with what becomes of its lists.
  ///
  /// @param path where it stands in the body
  Input read(Entity entity, Json json, Mode mode, String path) {
    if (!(json instanceof Json.Obj(var members))) {
      throw Bodies.unreadable("A row is not a JSON object.", "Write {\"field\": value}.");
    }
    Map<String, Assignment> assignments = new LinkedHashMap<>();
    Map<String, Nested> lists = new LinkedHashMap<>();
    members.forEach(
        (name, value) -> {
          var list = names.findList(entity, name);
          if (list.isPresent()) {
            var of = names.model().entity(list.get().entity());
            var nested = new NestedReader(this, of, path.isEmpty() ? name : path + "." + name);
            lists.put(name, deeper(() -> nested.read(value)));
            for (var mistake : nested.mistakes()) {
              var under = mistake.under(name);
              assignments.put(under.path(), new Assignment.Unreadable(under));
            }
          } else {
            assignments.put(name, assignment(entity, name, value, mode));
          }
        });
    return new Input(path, assignments, lists);
  }

  private Nested deeper(Supplier<Nested> reading) {
    if (++depth > DEPTH_MAX) {
      throw problem(new TooMuch("nested", "Lists may be nested " + DEPTH_MAX + " deep at most."));
    }
    var nested = reading.get();
    depth--;
    return nested;
  }

  /// An id of a row, alone or as `{"id": …}`.
  Value id(Entity entity, Json json) {
    var id =
        json instanceof Json.Obj(var members) && members.keySet().equals(Set.of("id"))
            ? members.getOrDefault("id", Json.Null.NULL)
            : json;
    return reader.json(reader.idType(entity.name()), id);
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
    var candidates = new TreeSet<>(names.writable(entity));
    candidates.addAll(names.of(entity.name()));
    if (candidates.contains(name) && entity.findField(name).filter(Field::computed).isPresent()) {
      return unreadable(name, "read-only", "is worked out from other values; leave it out");
    }
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
