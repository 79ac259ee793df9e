package engineroom.door.rest;

import engineroom.door.rest.InputReader.Mode;
import engineroom.json.FieldReader.Unfit;
import engineroom.json.Json;
import engineroom.model.Entity;
import engineroom.operation.Input;
import engineroom.operation.Input.Nested;
import engineroom.operation.Input.Target;
import engineroom.operation.Input.Update;
import engineroom.problem.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/// Reads what becomes of the rows in a list: an array of new rows, or an object of `create`,
/// `link`, `unlink`, `update` and `delete`.
final class NestedReader {
  private static final Set<String> WAYS = Set.of("create", "link", "unlink", "update", "delete");

  private final InputReader rows;
  private final Entity entity;
  private final String path;
  private final List<Violation> mistakes = new ArrayList<>();

  /// @param entity of the rows in the list
  /// @param path of the list in the body
  NestedReader(InputReader rows, Entity entity, String path) {
    this.rows = rows;
    this.entity = entity;
    this.path = path;
  }

  /// What could not be read, with paths from the list on.
  List<Violation> mistakes() {
    return mistakes;
  }

  Nested read(Json json) {
    if (json instanceof Json.Arr(var elements)) {
      var create = each("", elements, this::created);
      return new Nested(create, List.of(), List.of(), List.of(), List.of());
    }
    if (json instanceof Json.Obj(var members) && WAYS.containsAll(members.keySet())) {
      return new Nested(
          each("create", elements(members, "create"), this::created),
          each("link", elements(members, "link"), this::target),
          each("unlink", elements(members, "unlink"), this::target),
          each("update", elements(members, "update"), this::updated),
          each("delete", elements(members, "delete"), this::target));
    }
    mistake(
        "",
        "nested",
        "is neither an array of new rows nor an object of create, link, unlink,"
            + " update and delete");
    return new Nested(List.of(), List.of(), List.of(), List.of(), List.of());
  }

  private void mistake(String at, String code, String message) {
    mistakes.add(new Violation(at, code, message));
  }

  private List<Json> elements(Map<String, Json> members, String way) {
    var value = members.get(way);
    if (value == null) {
      return List.of();
    }
    if (value instanceof Json.Arr(var elements)) {
      return elements;
    }
    mistake(way, "nested", "is not an array");
    return List.of();
  }

  private static <T> List<T> each(
      String way, List<Json> elements, BiFunction<String, Json, List<T>> reading) {
    var read = new ArrayList<T>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      read.addAll(reading.apply(way + "[" + i + "]", elements.get(i)));
    }
    return read;
  }

  private String whole(String at) {
    return at.startsWith("[") ? path + at : path + "." + at;
  }

  private List<Input> created(String at, Json json) {
    if (json instanceof Json.Obj) {
      return List.of(rows.read(entity, json, Mode.NEW_ROW, whole(at)));
    }
    mistake(at, "nested", "is not an object");
    return List.of();
  }

  private List<Target> target(String at, Json json) {
    try {
      return List.of(new Target(whole(at), rows.id(entity, json)));
    } catch (Unfit unfit) {
      mistake(at, unfit.code(), unfit.text());
      return List.of();
    }
  }

  private List<Update> updated(String at, Json json) {
    if (!(json instanceof Json.Obj(var members)) || !members.containsKey("id")) {
      mistake(at, "nested", "is not an object with the id of the row that changes");
      return List.of();
    }
    var rest = new LinkedHashMap<>(members);
    rest.remove("id");
    try {
      var id = rows.id(entity, members.getOrDefault("id", Json.Null.NULL));
      var input = rows.read(entity, new Json.Obj(rest), Mode.CHANGE, whole(at));
      return List.of(new Update(id, input));
    } catch (Unfit unfit) {
      mistake(at + ".id", unfit.code(), unfit.text());
      return List.of();
    }
  }
}
