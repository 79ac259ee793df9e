package engineroom.door.graphql.work;

import engineroom.door.rest.InputReader;
import engineroom.door.rest.InputReader.Mode;
import engineroom.json.Json;
import engineroom.model.Entity;
import engineroom.model.FieldType;
import engineroom.model.Model;
import engineroom.operation.Input;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads what a mutation writes: as REST's bodies, which it is spelled as before.
final class Inputs {
  private static final Map<String, String> EDITS =
      Map.of("add", "$add", "append", "$append", "remove", "$remove");

  private final Model model;
  private final InputReader reader;

  Inputs(Model model, InputReader reader) {
    this.model = model;
    this.reader = reader;
  }

  /// A new row.
  Input created(Entity entity, Json input) {
    return reader.read(entity, spelled(entity, input), Mode.NEW_ROW);
  }

  /// New rows.
  List<Input> created(Entity entity, List<Json> inputs) {
    return reader.read(entity, inputs.stream().map(input -> spelled(entity, input)).toList());
  }

  /// A change: the argument `input` with what `add`, `append` and `remove` do to single fields.
  Input changed(Entity entity, Map<String, Json> arguments) {
    Map<String, Json> whole = new LinkedHashMap<>();
    if (spelled(entity, arguments.getOrDefault("input", Json.Null.NULL))
        instanceof Json.Obj(var members)) {
      whole.putAll(members);
    }
    for (var edit : List.of("add", "append", "remove")) {
      if (arguments.get(edit) instanceof Json.Obj(var members)) {
        members.forEach((name, value) -> whole.merge(name, edit(edit, value), Inputs::both));
      }
    }
    return reader.read(entity, new Json.Obj(whole), Mode.CHANGE);
  }

  private static Json edit(String edit, Json value) {
    return new Json.Obj(Map.of(EDITS.getOrDefault(edit, edit), value));
  }

  /// What a field is given, and what is done to it: its reader says where that can't be both.
  private static Json both(Json given, Json edit) {
    var members = new LinkedHashMap<String, Json>();
    for (var part : List.of(given, edit)) {
      if (part instanceof Json.Obj(var more)) {
        members.putAll(more);
      } else {
        members.put("$set", part);
      }
    }
    return new Json.Obj(members);
  }

  /// Ids that are numbers come as texts.
  private Json spelled(Entity entity, Json input) {
    if (!(input instanceof Json.Obj(var members))) {
      return input;
    }
    Map<String, Json> spelled = new LinkedHashMap<>();
    members.forEach((name, value) -> spelled.put(name, member(entity, name, value)));
    return new Json.Obj(spelled);
  }

  private Json member(Entity entity, String name, Json value) {
    if (name.equals("id")) {
      return Spelling.id(entity, value);
    }
    var list = entity.findList(name);
    if (list.isPresent() && value instanceof Json.Obj(var ways)) {
      var of = model.entity(list.get().entity());
      Map<String, Json> spelled = new LinkedHashMap<>();
      ways.forEach((way, rows) -> spelled.put(way, each(of, rows)));
      return new Json.Obj(spelled);
    }
    var field = entity.findField(name);
    return field.isPresent() && field.get().type() instanceof FieldType.Reference reference
        ? Spelling.id(model.entity(reference.entity()), value)
        : value;
  }

  private Json each(Entity of, Json rows) {
    return rows instanceof Json.Arr(var elements)
        ? new Json.Arr(elements.stream().map(row -> one(of, row)).toList())
        : rows;
  }

  private Json one(Entity of, Json row) {
    return row instanceof Json.Obj ? spelled(of, row) : Spelling.id(of, row);
  }
}
