package engineroom.door.openapi;

import static engineroom.door.openapi.Draft.ref;

import engineroom.json.Json;
import engineroom.model.Entity;
import java.util.ArrayList;
import java.util.List;

/// What the operations of one entity are put together from.
final class EntityParts {
  static final String JSON = "application/json";

  /// How one row, or what changes of it, may be sent.
  static final List<String> ROW = List.of(JSON, "application/merge-patch+json");

  private final Sight sight;
  private final EntitySchemas schemas;
  private final EntityParameters parameters;

  EntityParts(Sight sight, EntitySchemas schemas, EntityParameters parameters) {
    this.sight = sight;
    this.schemas = schemas;
    this.parameters = parameters;
  }

  /// An operation without its parameters and answers.
  static Draft operation(Entity entity, String verb, String summary) {
    return Draft.of("operationId", entity.name() + "." + verb)
        .put("summary", summary)
        .put("tags", Draft.texts(List.of(entity.plural())));
  }

  /// A body that must be there.
  static Json body(Json schema, List<String> types) {
    var content = new Draft();
    types.forEach(type -> content.put(type, new Draft().put("schema", schema)));
    return new Draft().yes("required").put("content", content).json();
  }

  /// What of the row is answered; those who may not read it choose nothing.
  List<Json> shown(Entity entity) {
    return sight.reads(entity.name()) ? parameters.shaping(entity) : List.of();
  }

  /// The parameters of a write: its own, and those of every write.
  static Json.Arr writing(List<Json> own) {
    var all = new ArrayList<>(own);
    all.add(ref("parameters", "validate"));
    all.add(ref("parameters", "idempotencyKey"));
    return new Json.Arr(all);
  }

  /// An answer of one row.
  Replies row(Entity entity, String description) {
    return Replies.well("200", description, schemas.answer(entity), List.of("ETag"));
  }

  /// An answer of one row that was written.
  Replies written(Entity entity, String description) {
    return Replies.done("200", description, schemas.answer(entity), List.of("ETag"));
  }

  /// An answer of a new row.
  Replies made(Entity entity) {
    var headers = List.of("ETag", "Location");
    return Replies.done("201", "The new row.", schemas.answer(entity), headers);
  }
}
