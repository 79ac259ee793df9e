package engineroom.door.openapi;

import static engineroom.door.openapi.Draft.ref;

import engineroom.json.Json;
import engineroom.model.Entity;
import java.util.ArrayList;
import java.util.List;

/// The writes at `/api/<plural>`: of new rows, of rows found by a key, of rows found by a filter.
final class ManyPaths {
  private static final String FOUND =
      "Rows that were there, where `onConflict` says what becomes of them; the row that would be,"
          + " where it is only validated; or what became of each row, where `atomic=false`.";

  private static final String TOLD =
      "A line for each line of an NDJSON body with `atomic=false`, as soon as its row is kept:"
          + " `{\"line\": 1, \"status\": 201, \"row\": {…}}`, or `problem` in place of `row`; at"
          + " the end `{\"written\": 1, \"refused\": 0}`, with a `problem` where the body was cut"
          + " short. Read while you send. Such a body may have 1 GiB, unless the server says"
          + " otherwise.";

  private static final Json LINES = Draft.of("type", "string").put("description", TOLD).json();

  private final Sight sight;
  private final EntityParts parts;
  private final EntityParameters parameters;
  private final Limits limits;

  ManyPaths(Sight sight, EntityParts parts, EntityParameters parameters, Limits limits) {
    this.sight = sight;
    this.parts = parts;
    this.parameters = parameters;
    this.limits = limits;
  }

  void addTo(Draft item, Entity entity) {
    var name = entity.name();
    boolean reads = sight.reads(name);
    if (sight.creates(name) || finds(entity)) {
      item.put("post", create(entity));
    }
    if (reads && (sight.creates(name) || sight.updates(name))) {
      item.put("put", upsert(entity));
    }
    if (reads && sight.updates(name)) {
      item.put("patch", change(entity));
    }
    if (reads && sight.deletes(name)) {
      item.put("delete", delete(entity));
    }
  }

  private Draft create(Entity entity) {
    var own = new ArrayList<>(parts.shown(entity));
    own.add(ref("parameters", "atomic"));
    own.add(ref("parameters", "onConflict"));
    if (sight.reads(entity.name())) {
      own.add(parameters.key(entity).json());
    }
    return EntityParts.operation(entity, "create", "Create a row, or several: all or none")
        .put("parameters", EntityParts.writing(own))
        .put("requestBody", rows(sent(entity)))
        .put("responses", written(entity).changing());
  }

  private Draft upsert(Entity entity) {
    var own = new ArrayList<>(parts.shown(entity));
    own.add(ref("parameters", "atomic"));
    own.add(parameters.key(entity).yes("required").json());
    return EntityParts.operation(entity, "upsert", "Create or replace rows, found by a key")
        .put("parameters", EntityParts.writing(own))
        .put("requestBody", rows(ref("schemas", title(entity) + ".put")))
        .put("responses", written(entity).changing());
  }

  /// A new row; or what a row takes that is there, where `onConflict=update` finds it.
  private Json sent(Entity entity) {
    var rows = new ArrayList<Json>();
    if (sight.creates(entity.name())) {
      rows.add(ref("schemas", title(entity) + ".create"));
    }
    if (finds(entity)) {
      rows.add(ref("schemas", title(entity) + ".found"));
    }
    return rows.size() == 1 ? rows.getFirst() : FieldSchemas.anyOf(rows);
  }

  /// Whether `onConflict=update` may change a row that is there.
  private boolean finds(Entity entity) {
    return sight.reads(entity.name()) && sight.updates(entity.name());
  }

  private static String title(Entity entity) {
    return OpenApiDocument.title(entity.name());
  }

  /// One row, or many as an array or as lines.
  private Json rows(Json one) {
    var many =
        Draft.of("type", "array").put("items", one).put("maxItems", limits.newRowsMax()).json();
    var lines = new Draft().put("schema", Draft.of("type", "string"));
    var content =
        new Draft()
            .put(EntityParts.JSON, new Draft().put("schema", FieldSchemas.anyOf(one, many)))
            .put("application/x-ndjson", lines);
    return new Draft().yes("required").put("content", content).json();
  }

  private static Replies written(Entity entity) {
    var rows = ref("schemas", title(entity) + ".written");
    var each = ref("schemas", title(entity) + ".each");
    var headers = List.of("ETag", "Location");
    var made = Replies.done("201", "The new row, or rows.", rows, headers);
    var found = FieldSchemas.anyOf(rows, each);
    var content =
        new Draft()
            .put(EntityParts.JSON, new Draft().put("schema", found))
            .put("application/x-ndjson", new Draft().put("schema", LINES));
    var repeated = List.of("ETag", "Idempotency-Replayed");
    return made.or(Replies.typed("200", FOUND, content, repeated), "200");
  }

  private Draft change(Entity entity) {
    return EntityParts.operation(entity, "changeMany", "Change every row that a filter finds")
        .put("parameters", EntityParts.writing(chosen(entity)))
        .put(
            "requestBody",
            EntityParts.body(ref("schemas", title(entity) + ".change"), EntityParts.ROW))
        .put("responses", counted().changing());
  }

  private Draft delete(Entity entity) {
    return EntityParts.operation(entity, "deleteMany", "Delete every row that a filter finds")
        .put("parameters", EntityParts.writing(chosen(entity)))
        .put("responses", counted().changing());
  }

  private List<Json> chosen(Entity entity) {
    var own = new ArrayList<>(parameters.ofFilter(entity));
    own.add(ref("parameters", "max"));
    return own;
  }

  private static Replies counted() {
    return Replies.done("200", "How many rows.", ref("schemas", "counted"), List.of());
  }
}
