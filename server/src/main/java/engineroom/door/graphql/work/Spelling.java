package engineroom.door.graphql.work;

import engineroom.json.Json;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Spells GraphQL's conditions and orders as REST's JSON bodies do, which are read from there on by
/// the same code.
final class Spelling {
  private final Model model;

  Spelling(Model model) {
    this.model = model;
  }

  /// A condition: the id of a reference is asked of the reference itself, so that no row is looked
  /// up for it.
  Json where(Entity entity, Json json) {
    if (!(json instanceof Json.Obj(var members))) {
      return json;
    }
    Map<String, Json> spelled = new LinkedHashMap<>();
    members.forEach((name, value) -> spelled.put(name, member(entity, name, value)));
    return new Json.Obj(spelled);
  }

  private Json member(Entity entity, String name, Json value) {
    if (name.equals("and") || name.equals("or")) {
      return each(entity, value);
    }
    if (name.equals("not")) {
      return where(entity, value);
    }
    var list = entity.findList(name);
    if (list.isPresent()) {
      return quantified(model.entity(list.get().entity()), value);
    }
    var type = entity.findField(name).map(Field::type);
    if (type.isPresent() && type.get() instanceof FieldType.Reference reference) {
      return reference(model.entity(reference.entity()), value);
    }
    return name.equals("id") ? ids(entity, value) : value;
  }

  private Json each(Entity entity, Json value) {
    return value instanceof Json.Arr(var elements)
        ? new Json.Arr(elements.stream().map(one -> where(entity, one)).toList())
        : value;
  }

  private Json quantified(Entity entity, Json value) {
    if (!(value instanceof Json.Obj(var members))) {
      return value;
    }
    Map<String, Json> spelled = new LinkedHashMap<>();
    members.forEach((name, inner) -> spelled.put(name, where(entity, inner)));
    return new Json.Obj(spelled);
  }

  private Json reference(Entity entity, Json value) {
    if (!(where(entity, value) instanceof Json.Obj(var members))) {
      return value;
    }
    if (!(members.get("id") instanceof Json.Obj(var asked)) || named(entity, asked)) {
      return new Json.Obj(members);
    }
    Map<String, Json> spelled = new LinkedHashMap<>(members);
    spelled.remove("id");
    spelled.putAll(asked);
    return new Json.Obj(spelled);
  }

  private static boolean named(Entity entity, Map<String, Json> operators) {
    return operators.keySet().stream()
        .anyMatch(name -> entity.findField(name).isPresent() || entity.findList(name).isPresent());
  }

  /// Ids that are numbers come as texts.
  private Json ids(Entity entity, Json value) {
    return entity.field("id").type() instanceof FieldType.Whole ? numbers(value) : value;
  }

  /// An id as a value of its type.
  static Json id(Entity entity, Json id) {
    return entity.field("id").type() instanceof FieldType.Whole ? numbers(id) : id;
  }

  private static Json numbers(Json json) {
    return switch (json) {
      case Json.Text(var text) when text.matches("-?\\d{1,19}") -> new Json.Num(text);
      case Json.Arr(var elements) ->
          new Json.Arr(elements.stream().map(Spelling::numbers).toList());
      case Json.Obj(var members) -> {
        Map<String, Json> spelled = new LinkedHashMap<>();
        members.forEach((name, value) -> spelled.put(name, numbers(value)));
        yield new Json.Obj(spelled);
      }
      case Json other -> other;
    };
  }

  /// The keys of an order: `[{placedAt: DESC}, {customer: {name: ASC}}]` is `-placedAt` and
  /// `customer.name`.
  List<String> sort(Json json) {
    var keys = new ArrayList<String>();
    if (json instanceof Json.Arr(var elements)) {
      elements.forEach(key -> keys(key, "", keys));
    }
    return keys;
  }

  private static void keys(Json json, String path, List<String> keys) {
    if (json instanceof Json.Obj(var members)) {
      members.forEach(
          (name, value) -> {
            var whole = path.isEmpty() ? name : path + "." + name;
            if (value instanceof Json.Text(var direction)) {
              keys.add((direction.equals("DESC") ? "-" : "") + whole);
            } else {
              keys(value, whole, keys);
            }
          });
    }
  }
}
