package engineroom.scenario;

import engineroom.json.Json;
import engineroom.model.Entity;
import engineroom.model.FieldType;
import engineroom.model.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a document asks of rows, so that its answer is REST's to the byte: taken from REST's.
final class TwinShape {
  private final Model model;
  private final TwinWhere where;
  private final Twin.Draft draft;
  private final TwinRequest asked;

  TwinShape(Model model, Twin.Draft draft, TwinRequest asked) {
    this.model = model;
    this.where = new TwinWhere(model);
    this.draft = draft;
    this.asked = asked;
  }

  /// The selection that shows a row, or several, as they are here.
  String of(Entity entity, Json shown) {
    return of(entity, List.of(shown), "");
  }

  private String of(Entity entity, List<Json> rows, String path) {
    Map<String, List<Json>> members = new LinkedHashMap<>();
    rows.forEach(row -> gather(row, members));
    if (members.isEmpty()) {
      return " { " + (path.isEmpty() ? fields() : "id") + " }";
    }
    return members.entrySet().stream()
        .map(member -> member(entity, member.getKey(), member.getValue(), path))
        .collect(Collectors.joining(" ", " { ", " }"));
  }

  private static void gather(Json row, Map<String, List<Json>> members) {
    switch (row) {
      case Json.Arr(var elements) -> elements.forEach(one -> gather(one, members));
      case Json.Obj(var found) ->
          found.forEach((k, v) -> members.computeIfAbsent(k, _ -> new ArrayList<>()).add(v));
      case Json _ -> {
        // nothing is seen of it
      }
    }
  }

  /// Without an answer: what was asked for by name.
  private String fields() {
    var expanded = asked.list("expand").stream().map(path -> path + ".version");
    var names = Stream.concat(asked.list("fields").stream(), expanded).toList();
    return names.isEmpty()
        ? "id"
        : names.stream().map(TwinShape::nested).distinct().collect(Collectors.joining(" "));
  }

  private static String nested(String path) {
    var names = path.split("\\.");
    return String.join(" { ", names) + " }".repeat(names.length - 1);
  }

  private String member(Entity entity, String name, List<Json> values, String path) {
    var here = path + name;
    var list = entity.findList(name);
    if (list.isPresent()) {
      var of = model.entity(list.get().entity());
      return Twin.called(name, arguments(of, here)) + of(of, values, here + ".");
    }
    return switch (entity.field(name).type()) {
      case FieldType.Reference reference ->
          name + of(model.entity(reference.entity()), values, here + ".");
      case FieldType.Money _, FieldType.ListOf(FieldType.Money _) -> name + " { amount currency }";
      case FieldType.Plain.POINT -> name + " { latitude longitude }";
      case FieldType _ -> name;
    };
  }

  /// `expand.lines.limit=1` and others.
  private List<String> arguments(Entity of, String path) {
    var arguments = new ArrayList<String>();
    var conditions = new ArrayList<Map.Entry<String, String>>();
    var prefix = "expand." + path + ".";
    for (var one : asked.parameters()) {
      if (!one.getKey().startsWith(prefix)) {
        continue;
      }
      var name = one.getKey().substring(prefix.length());
      switch (name) {
        case "limit" -> arguments.add("limit: " + one.getValue());
        case "sort" ->
            arguments.add(
                draft.argument(
                    "sort",
                    "[" + TwinRequest.type(of) + "Sort!]",
                    TwinWhere.sort(List.of(one.getValue().split(",")))));
        default -> conditions.add(Map.entry(name, one.getValue()));
      }
    }
    if (!conditions.isEmpty()) {
      var type = TwinRequest.type(of) + "Where";
      arguments.add(draft.argument("where", type, where.of(of, conditions)));
    }
    return arguments;
  }
}
