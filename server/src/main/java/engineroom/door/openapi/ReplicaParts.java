package engineroom.door.openapi;

import engineroom.json.Json;
import engineroom.model.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the document says where copies of the database answer reads: answers to writes carry a
/// position, and reads bring it back.
final class ReplicaParts {
  private static final Pattern REPLICAS = Pattern.compile("[?&]replicas=");
  private static final String AFTER = "engineroomAfter";
  private static final String POSITION = "Engineroom-Position";
  private static final String READ = "Engineroom-Read";

  private ReplicaParts() {}

  /// What goes under `components`.
  private static void addTo(Draft parameters, Draft headers) {
    parameters.put(
        AFTER,
        Draft.of("name", "Engineroom-After")
            .put("in", "header")
            .put(
                "description",
                "The greatest Engineroom-Position that answers carried: no copy of the database"
                    + " answers that lacks what was written then. 0 where nothing was written for"
                    + " ten seconds; without it, copies may not be asked at all.")
            .put("schema", Draft.of("type", "string").put("pattern", "^[0-9a-f]{1,16}$")));
    headers
        .put(POSITION, header("Where the database was after this; to be sent as Engineroom-After."))
        .put(READ, header("`replica` where a copy of the database answered, else `primary`."));
  }

  private static Draft header(String description) {
    return Draft.of("description", description).put("schema", Draft.of("type", "string"));
  }

  /// The same paths, with what reads bring and answers carry where the model's database has copies.
  static Json in(Model model, Json paths, Draft parameters, Draft headers) {
    if (!REPLICAS.matcher(model.store()).find()) {
      return paths;
    }
    addTo(parameters, headers);
    var all = new LinkedHashMap<String, Json>();
    members(paths)
        .forEach(
            (path, operations) ->
                all.put(
                    path,
                    path.startsWith("/api/") || path.equals("/graphql")
                        ? operations(path, operations)
                        : operations));
    return new Json.Obj(all);
  }

  private static Json operations(String path, Json operations) {
    var all = new LinkedHashMap<>(members(operations));
    all.replaceAll(
        (method, operation) ->
            operation instanceof Json.Obj
                ? operation(path, method, members(operation))
                : operation);
    return new Json.Obj(all);
  }

  private static Json operation(String path, String method, Map<String, Json> members) {
    boolean graph = path.equals("/graphql");
    boolean reads = graph || method.equals("get") || path.endsWith("/query");
    var told = new ArrayList<String>();
    if (reads) {
      told.add(READ);
    }
    if (graph || !reads) {
      told.add(POSITION);
    }
    var changed = new LinkedHashMap<>(members);
    if (reads) {
      changed.put("parameters", more(members.get("parameters")));
    }
    changed.computeIfPresent("responses", (_, responses) -> responses(responses, told));
    return new Json.Obj(changed);
  }

  private static Json more(@Nullable Json parameters) {
    var all = new ArrayList<Json>();
    if (parameters instanceof Json.Arr(var known)) {
      all.addAll(known);
    }
    all.add(Draft.ref("parameters", AFTER));
    return new Json.Arr(all);
  }

  private static Json responses(Json responses, List<String> told) {
    var all = new LinkedHashMap<>(members(responses));
    all.replaceAll(
        (status, response) -> status.startsWith("2") ? response(response, told) : response);
    return new Json.Obj(all);
  }

  private static Json response(Json response, List<String> told) {
    var members = new LinkedHashMap<>(members(response));
    var headers = new LinkedHashMap<>(members(members.getOrDefault("headers", Json.Null.NULL)));
    told.forEach(name -> headers.put(name, Draft.ref("headers", name)));
    members.put("headers", new Json.Obj(headers));
    return new Json.Obj(members);
  }

  private static Map<String, Json> members(Json json) {
    return json instanceof Json.Obj(var members) ? members : Map.of();
  }
}
