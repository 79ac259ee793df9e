package engineroom.door.openapi;

import static engineroom.door.openapi.Draft.ref;

import engineroom.json.Json;
import engineroom.model.Entity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// What `explain=access` adds to the operations on rows, for administrators.
final class AccessParts {
  private static final String AS =
      "Of whom `explain=access` tells: `guest`, `role:<name>`, the id of a user; several roles are"
          + " separated by commas.";
  private static final String WHY =
      "`access` tells why somebody may do this or not, and does nothing.";

  private AccessParts() {}

  /// The schemas and parameters that the operations refer to.
  static void addTo(Draft schemas, Draft parameters) {
    schemas.put("access", report()).put("accessTrace", trace());
    var names = Draft.of("type", "array").put("items", Draft.of("type", "string"));
    var access = Draft.of("type", "string").put("enum", Draft.texts(List.of("access")));
    parameters
        .put("explainAccess", SharedParts.query("explain", access, WHY))
        .put("as", SharedParts.query("as", names, AS).put("style", "form").no("explode"));
  }

  private static Json report() {
    var text = Draft.of("type", "string").json();
    var object = Draft.of("type", "object").json();
    var texts = Draft.of("type", "array").put("items", text).json();
    return FieldSchemas.closed(
        new Draft()
            .put("as", texts)
            .put("operation", text)
            .put("entity", text)
            .put("note", text)
            .put("id", new Draft())
            .put("verdict", verdict())
            .put("rules", Draft.of("type", "array").put("items", rule()))
            .put("fields", object),
        List.of("as", "operation", "entity", "verdict", "rules", "fields"));
  }

  private static Json verdict() {
    var text = Draft.of("type", "string").json();
    var stages = List.of("rule", "field", "reference", "check", "value", "no-row", "other");
    var object = Draft.of("type", "object").json();
    return FieldSchemas.closed(
        new Draft()
            .put("allowed", Draft.of("type", "boolean"))
            .put("stage", Draft.of("type", "string").put("enum", Draft.texts(stages)))
            .put("code", text)
            .put("title", text)
            .put("errors", Draft.of("type", "array").put("items", object)),
        List.of("allowed"));
  }

  private static Json rule() {
    var text = Draft.of("type", "string").json();
    return FieldSchemas.closed(
        new Draft()
            .put("rule", text)
            .put("entity", text)
            .put("name", text)
            .put("row", new Draft())
            .put("state", Draft.of("type", "string"))
            .put("holds", new Draft().put("type", Draft.texts(List.of("boolean", "null"))))
            .put("decided", text)
            .put("trace", ref("schemas", "accessTrace")),
        List.of("rule", "entity", "holds", "decided", "trace"));
  }

  private static Json trace() {
    var parts = Draft.of("type", "array").put("items", ref("schemas", "accessTrace"));
    return FieldSchemas.closed(
        new Draft()
            .put("text", Draft.of("type", "string"))
            .put("row", new Draft())
            .put("value", new Draft())
            .put("asked", Draft.of("type", "string"))
            .put("parts", parts),
        List.of("text"));
  }

  /// The operations of a path, each with what it answers when it is to be explained.
  static Draft explained(Draft item, Entity entity) {
    var explained = new Draft();
    if (item.json() instanceof Json.Obj(var methods)) {
      methods.forEach((method, operation) -> explained.put(method, explained(operation, entity)));
    }
    return explained;
  }

  private static Json explained(Json operation, Entity entity) {
    if (!(operation instanceof Json.Obj(var members))) {
      return operation;
    }
    var more = new LinkedHashMap<>(members);
    more.computeIfPresent("parameters", (_, known) -> parameters(known, entity));
    more.computeIfPresent("responses", (_, known) -> responses(known));
    return new Json.Obj(more);
  }

  private static Json parameters(Json known, Entity entity) {
    if (!(known instanceof Json.Arr(var elements))) {
      return known;
    }
    var all = new ArrayList<>(elements);
    if (!all.contains(ref("parameters", "explain"))) {
      all.add(ref("parameters", "explainAccess"));
    }
    if (entity.findField("as").isEmpty()) {
      all.add(ref("parameters", "as"));
    }
    return new Json.Arr(all);
  }

  private static Json responses(Json known) {
    if (!(known instanceof Json.Obj(var members))) {
      return known;
    }
    var all = new LinkedHashMap<>(members);
    var access = ref("schemas", "access");
    var well = all.get("200");
    var only = Replies.well("200", "Why this may be done, or not.", access, List.of()).json("200");
    all.put("200", well == null ? only : or(well, access));
    return new Json.Obj(all);
  }

  /// The same answer, or the report.
  private static Json or(Json answer, Json access) {
    return within(
        answer,
        List.of("content", EntityParts.JSON, "schema"),
        schema -> FieldSchemas.anyOf(schema, access));
  }

  private static Json within(Json json, List<String> path, UnaryOperator<Json> change) {
    if (path.isEmpty()) {
      return change.apply(json);
    }
    if (!(json instanceof Json.Obj(var members))) {
      return json;
    }
    Map<String, Json> copy = new LinkedHashMap<>(members);
    copy.computeIfPresent(
        path.getFirst(), (_, inner) -> within(inner, path.subList(1, path.size()), change));
    return new Json.Obj(copy);
  }
}
