package engineroom.door.openapi;

import static engineroom.door.openapi.Draft.ref;
import static engineroom.door.openapi.EntityParts.operation;
import static engineroom.door.openapi.EntityParts.writing;

import engineroom.json.Json;
import engineroom.model.Entity;
import java.util.ArrayList;
import java.util.List;

/// The paths of the versions of a row.
final class HistoryPaths {
  private final Sight sight;
  private final EntityParts parts;
  private final EntitySchemas schemas;

  HistoryPaths(Sight sight, EntityParts parts, EntitySchemas schemas) {
    this.sight = sight;
    this.parts = parts;
    this.schemas = schemas;
  }

  /// @param id the parameter of the row's id
  Draft list(Entity entity, Json id) {
    var asked = List.of(id, ref("parameters", "limit"), after(), ref("parameters", "ifNoneMatch"));
    var versions = Draft.of("type", "array").put("items", version(entity));
    var page =
        FieldSchemas.closed(
            new Draft().put("data", versions).put("page", ref("schemas", "page")),
            List.of("data", "page"));
    var headers = List.of("ETag", "Link");
    return new Draft()
        .put(
            "get",
            operation(entity, "history", "The versions of a row, the last one first")
                .put("parameters", new Json.Arr(asked))
                .put("responses", Replies.well("200", "Versions.", page, headers).reading()));
  }

  private static Json after() {
    return Draft.of("name", "after")
        .put("in", "query")
        .put("description", "The `page.next` of the page before: versions with lower numbers.")
        .put("schema", Draft.of("type", "string"))
        .json();
  }

  private Json version(Entity entity) {
    var moment = Draft.of("type", "string").put("format", "date-time").json();
    var none = Draft.of("type", "null").json();
    var names = Draft.of("type", "array").put("items", Draft.of("type", "string"));
    var kinds = Draft.texts(List.of("create", "update", "delete"));
    var members =
        new Draft()
            .put("version", Draft.of("type", "integer").put("minimum", 1))
            .put("from", moment)
            .put("until", FieldSchemas.anyOf(moment, none))
            .put("kind", Draft.of("type", "string").put("enum", kinds));
    if (sight.explains()) {
      members.put("by", Draft.of("type", "string"));
    }
    var required = new ArrayList<>(List.of("version", "from", "until", "kind", "changed", "row"));
    return FieldSchemas.closed(
        members.put("changed", names).put("row", FieldSchemas.anyOf(schemas.answer(entity), none)),
        required);
  }

  /// @param id the parameter of the row's id
  Draft restore(Entity entity, Json id) {
    if (!sight.updates(entity.name()) && !sight.creates(entity.name())) {
      return new Draft();
    }
    var all = new ArrayList<Json>(List.of(id, number()));
    all.addAll(parts.shown(entity));
    all.add(ref("parameters", "ifMatch"));
    var written = parts.written(entity, "The row as it is now.");
    return new Draft()
        .put(
            "post",
            operation(entity, "restore", "Make a row what it was, or bring it back")
                .put("parameters", writing(all))
                .put("responses", written.or(parts.made(entity), "201").changing()));
  }

  private static Json number() {
    return Draft.of("name", "version")
        .put("in", "path")
        .yes("required")
        .put("description", "The number of a version.")
        .put("schema", Draft.of("type", "integer").put("minimum", 1))
        .json();
  }
}
