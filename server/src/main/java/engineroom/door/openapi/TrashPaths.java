package engineroom.door.openapi;

import static engineroom.door.openapi.Draft.ref;

import engineroom.json.Json;
import engineroom.model.Entity;
import java.util.ArrayList;
import java.util.List;

/// What was deleted and can be brought back: `/api/<plural>/trash`, for those who may delete.
final class TrashPaths {
  private final Sight sight;
  private final EntitySchemas schemas;
  private final EntityParts parts;

  TrashPaths(Sight sight, EntitySchemas schemas, EntityParts parts) {
    this.sight = sight;
    this.schemas = schemas;
    this.parts = parts;
  }

  void addTo(Draft paths, Entity entity) {
    var name = entity.name();
    if (entity.life().trash() == null || !sight.reads(name) || !sight.deletes(name)) {
      return;
    }
    var base = "/api/" + entity.plural() + "/trash";
    paths.put(base, new Draft().put("get", list(entity)));
    paths.put(base + "/{id}", new Draft().put("delete", discard(entity)));
    if (sight.creates(name)) {
      paths.put(base + "/{id}/restore", new Draft().put("post", restore(entity)));
    }
  }

  private Draft list(Entity entity) {
    var asked =
        List.of(
            ref("parameters", "limit"),
            ref("parameters", "after"),
            ref("parameters", "ifNoneMatch"));
    var answer = Replies.well("200", "Deleted rows.", page(entity), List.of("ETag", "Link"));
    return EntityParts.operation(
            entity, "trash.list", "Deleted " + entity.plural() + ", newest first")
        .put("parameters", new Json.Arr(asked))
        .put("responses", answer.reading());
  }

  private Json page(Entity entity) {
    var units = Draft.of("type", "array").put("items", unit(entity));
    return FieldSchemas.closed(
        new Draft().put("data", units).put("page", ref("schemas", "page")),
        List.of("data", "page"));
  }

  private Json unit(Entity entity) {
    var time = Draft.of("type", "string").put("format", "date-time").json();
    var counts =
        Draft.of("type", "object")
            .put("additionalProperties", Draft.of("type", "integer").put("minimum", 1))
            .json();
    var unit =
        new Draft()
            .put("id", schemas.fields().id(entity.name()))
            .put("deletedAt", time)
            .put("until", time)
            .put("row", schemas.answer(entity))
            .put("with", counts);
    if (sight.explains()) {
      unit.put("by", Draft.of("type", "string")).put("cleared", counts);
    }
    return FieldSchemas.closed(unit, List.of("id", "deletedAt", "until", "row", "with"));
  }

  private Draft restore(Entity entity) {
    var own = new ArrayList<Json>(List.of(id(entity)));
    own.addAll(parts.shown(entity));
    var summary = "Bring a deleted row back, with what went with it";
    return EntityParts.operation(entity, "trash.restore", summary)
        .put("parameters", EntityParts.writing(own))
        .put("responses", parts.written(entity, "The row, back again.").changing());
  }

  private Draft discard(Entity entity) {
    return EntityParts.operation(entity, "trash.discard", "Remove a deleted row for good")
        .put("parameters", EntityParts.writing(List.of(id(entity))))
        .put("responses", Replies.nothing("It is gone for good.").changing());
  }

  private Json id(Entity entity) {
    return Draft.of("name", "id")
        .put("in", "path")
        .yes("required")
        .put("description", "The id of a deleted row of " + entity.plural() + ".")
        .put("schema", schemas.fields().id(entity.name()))
        .json();
  }
}
