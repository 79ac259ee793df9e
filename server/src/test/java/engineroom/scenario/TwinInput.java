package engineroom.scenario;

import engineroom.json.Json;
import engineroom.json.JsonWriter;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.Model;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Bodies of REST as inputs.
final class TwinInput {
  private static final List<String> EDITS = List.of("add", "append", "remove");
  private static final Set<String> IDS = Set.of("link", "unlink", "delete");

  private final Model model;

  TwinInput(Model model) {
    this.model = model;
  }

  /// Takes a member to where GraphQL has it: `{"$add": 1}` is an argument of its own.
  static void edit(
      String name, Json value, Map<String, Json> plain, Map<String, Map<String, Json>> edits) {
    if (!(value instanceof Json.Obj(var members))
        || members.keySet().stream().noneMatch(key -> key.startsWith("$"))) {
      plain.put(name, value);
      return;
    }
    for (var edit : EDITS) {
      if (members.containsKey("$" + edit)) {
        edits.computeIfAbsent(edit, _ -> new HashMap<>()).put(name, members.get("$" + edit));
      }
    }
  }

  /// Whether something is edited in place within rows of lists.
  static boolean editsWithin(Json input) {
    return JsonWriter.text(input).contains("{\"$add\"");
  }

  /// A row, or several: references are ids, and lists say what becomes of their rows.
  Json created(Entity entity, Json body) {
    return switch (body) {
      case Json.Arr(var rows) -> new Json.Arr(rows.stream().map(r -> created(entity, r)).toList());
      case Json.Obj(var members) -> {
        var spelled = new LinkedHashMap<String, Json>();
        members.forEach((name, value) -> spelled.put(name, member(entity, name, value)));
        yield new Json.Obj(spelled);
      }
      case Json other -> other;
    };
  }

  private Json member(Entity entity, String name, Json value) {
    var list = entity.findList(name);
    if (list.isPresent()) {
      var of = model.entity(list.get().entity());
      return switch (value) {
        case Json.Arr _ -> new Json.Obj(Map.of("create", created(of, value)));
        case Json.Obj(var ways) -> {
          var spelled = new LinkedHashMap<String, Json>();
          ways.forEach(
              (w, rows) -> spelled.put(w, IDS.contains(w) ? ids(rows) : created(of, rows)));
          yield new Json.Obj(spelled);
        }
        case Json other -> other;
      };
    }
    return switch (entity.findField(name).map(Field::type).orElse(null)) {
      case FieldType.Reference _ -> id(value);
      case FieldType.Money money when value instanceof Json.Num -> amount(money, value);
      case null -> value;
      case FieldType _ -> value;
    };
  }

  /// Money of one currency may be its minor units alone.
  private static Json amount(FieldType.Money money, Json value) {
    return new Json.Obj(
        Map.of("amount", value, "currency", Twin.text(String.valueOf(money.currency()))));
  }

  private static Json ids(Json rows) {
    return rows instanceof Json.Arr(var elements)
        ? new Json.Arr(elements.stream().map(TwinInput::id).toList())
        : rows;
  }

  private static Json id(Json value) {
    return value instanceof Json.Obj(var members) && members.containsKey("id")
        ? Twin.at(value, "id")
        : value;
  }
}
