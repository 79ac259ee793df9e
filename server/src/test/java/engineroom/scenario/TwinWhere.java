package engineroom.scenario;

import engineroom.json.Json;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Conditions and orders of REST's parameters and bodies as GraphQL spells them.
final class TwinWhere {
  private static final Set<String> MANY = Set.of("in", "notIn", "between");
  private static final Set<String> JOINED = Set.of("and", "or");

  private final Model model;

  TwinWhere(Model model) {
    this.model = model;
  }

  /// `customer.city=Berlin` and others.
  Json of(Entity entity, List<Map.Entry<String, String>> parameters) {
    var conditions =
        parameters.stream()
            .map(one -> condition(entity, List.of(one.getKey().split("\\.")), one.getValue()))
            .toList();
    return conditions.size() == 1
        ? conditions.getFirst()
        : new Json.Obj(Map.of("and", new Json.Arr(conditions)));
  }

  private Json condition(Entity entity, List<String> path, String value) {
    var name = path.getFirst();
    var rest = path.subList(1, path.size());
    var list = entity.findList(name);
    if (list.isPresent()) {
      var inner = condition(model.entity(list.get().entity()), rest, value);
      return member(name, member("some", inner));
    }
    var field = entity.findField(name);
    if (field.isPresent()
        && field.get().type() instanceof FieldType.Reference(var target, _, _, _)) {
      var of = model.entity(target);
      boolean goes = !rest.isEmpty() && of.findField(rest.getFirst()).isPresent();
      return member(name, goes ? condition(of, rest, value) : id(rest, value));
    }
    return name.equals("search") && rest.isEmpty()
        ? member(name, Twin.text(value))
        : member(name, operator(field.map(Field::type).orElse(null), rest, value));
  }

  private static Json id(List<String> rest, String value) {
    return member("id", operator(FieldType.Plain.UUID, rest, value));
  }

  private static Json operator(@Nullable FieldType type, List<String> rest, String value) {
    var operator = rest.isEmpty() ? "eq" : String.join(".", rest);
    if (operator.equals("isNull")) {
      return member(operator, new Json.Bool(value.equals("true")));
    }
    return member(
        operator,
        MANY.contains(operator)
            ? new Json.Arr(Arrays.stream(value.split(",")).map(v -> value(type, v)).toList())
            : value(type, value));
  }

  private static Json value(@Nullable FieldType type, String text) {
    boolean number =
        type instanceof FieldType.Whole
            || type instanceof FieldType.Money
            || type instanceof FieldType.Number;
    if (number && text.matches("-?[0-9.]+")) {
      return new Json.Num(text);
    }
    return type == FieldType.Plain.BOOLEAN && text.matches("true|false")
        ? new Json.Bool(text.equals("true"))
        : Twin.text(text);
  }

  private static Json member(String name, Json value) {
    return new Json.Obj(Map.of(name, value));
  }

  /// The member `where` of a body: values alone stand for `eq`, references for their ids.
  Json of(Entity entity, Json where) {
    if (!(where instanceof Json.Obj(var members))) {
      return where;
    }
    var parts = new ArrayList<Json>();
    members.forEach((name, value) -> parts.add(member(name, asked(entity, name, value))));
    return parts.size() == 1 ? parts.getFirst() : new Json.Obj(Map.of("and", new Json.Arr(parts)));
  }

  private Json asked(Entity entity, String name, Json value) {
    if (JOINED.contains(name) && value instanceof Json.Arr(var elements)) {
      return new Json.Arr(elements.stream().map(one -> of(entity, one)).toList());
    }
    if (name.equals("not")) {
      return of(entity, value);
    }
    var list = entity.findList(name);
    if (list.isPresent() && value instanceof Json.Obj(var ways)) {
      var way = ways.keySet().iterator().next();
      return member(way, of(model.entity(list.get().entity()), Twin.at(value, way)));
    }
    var field = entity.findField(name);
    if (field.isPresent()
        && field.get().type() instanceof FieldType.Reference(var target, _, _, _)) {
      return value instanceof Json.Obj ? of(model.entity(target), value) : member("id", eq(value));
    }
    return name.equals("search") || value instanceof Json.Obj ? value : eq(value);
  }

  private static Json eq(Json value) {
    return member("eq", value);
  }

  /// `-placedAt,customer.name`.
  static Json sort(List<String> keys) {
    return new Json.Arr(keys.stream().map(TwinWhere::key).toList());
  }

  private static Json key(String key) {
    boolean down = key.startsWith("-");
    var path = (down ? key.substring(1) : key).split("\\.", -1);
    Json json = Twin.text(down ? "DESC" : "ASC");
    for (int i = path.length - 1; i >= 0; i--) {
      json = member(path[i], json);
    }
    return json;
  }
}
