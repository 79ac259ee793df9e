package engineroom.door.openapi;

import engineroom.json.Json;
import engineroom.json.JsonWriter;
import engineroom.model.Entity;
import engineroom.model.Model;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// OpenAPI 3.1 of one model, for one caller: it names nothing that the caller may not use.
public final class OpenApiDocument {
  private OpenApiDocument() {}

  /// The document as JSON bytes.
  public static byte[] of(Model model, Sight sight) {
    var schemas = new EntitySchemas(model, sight);
    var entityPaths = new EntityPaths(sight, schemas);
    var described = sharedSchemas();
    var paths = new Draft();
    for (var entity : model.entities().values()) {
      schemas.addTo(described, entity);
      entityPaths.addTo(paths, entity);
    }
    var components =
        new Draft()
            .put("schemas", described)
            .put("parameters", sharedParameters())
            .put("responses", new Draft().put("problem", problemResponse()))
            .put("headers", new Draft().put("ETag", etag()))
            .put("securitySchemes", new Draft().put("bearer", bearer()));
    var document =
        Draft.of("openapi", "3.1.0")
            .put("info", Draft.of("title", model.name()).put("version", "1"))
            .put("tags", tags(model, sight))
            .put("paths", paths)
            .put("components", components)
            .put("security", security());
    return JsonWriter.write(document.json());
  }

  /// The name of an entity's row among the schemas: `Product`.
  static String title(String entity) {
    return entity.substring(0, 1).toUpperCase(Locale.ROOT) + entity.substring(1);
  }

  private static Json tags(Model model, Sight sight) {
    return new Json.Arr(
        model.entities().values().stream()
            .filter(entity -> usable(entity.name(), sight))
            .map(OpenApiDocument::tag)
            .toList());
  }

  private static Json tag(Entity entity) {
    return Draft.of("name", entity.plural())
        .put("description", entity.notes().description())
        .json();
  }

  private static boolean usable(String entity, Sight sight) {
    return sight.reads(entity)
        || sight.creates(entity)
        || sight.updates(entity)
        || sight.deletes(entity);
  }

  private static Json security() {
    var none = new Draft().json();
    var bearer = new Draft().put("bearer", new Json.Arr(List.of())).json();
    return new Json.Arr(List.of(none, bearer));
  }

  private static Draft bearer() {
    return Draft.of("type", "http").put("scheme", "bearer");
  }

  private static Draft etag() {
    return Draft.of("description", "The row's version, for If-Match and If-None-Match.")
        .put("schema", Draft.of("type", "string"));
  }

  private static Draft problemResponse() {
    var schema = new Draft().put("schema", Draft.ref("schemas", "problem"));
    return Draft.of("description", "What is wrong, and the way out (RFC 9457).")
        .put("content", new Draft().put("application/problem+json", schema));
  }

  private static Draft sharedSchemas() {
    return new Draft()
        .put("problem", problemSchema())
        .put("page", pageSchema())
        .put("query", querySchema());
  }

  private static Draft problemSchema() {
    var text = Draft.of("type", "string").json();
    var error =
        Draft.of("type", "object")
            .put(
                "properties",
                new Draft()
                    .put("path", text)
                    .put("code", text)
                    .put("message", text)
                    .put("params", Draft.of("type", "object")))
            .put("required", Draft.texts(List.of("path", "code", "message")));
    var properties =
        new Draft()
            .put("type", Draft.of("type", "string").put("format", "uri-reference"))
            .put("status", Draft.of("type", "integer"))
            .put(
                "code",
                Draft.of("type", "string").put("description", "Stable: `operation/not-valid`."))
            .put("title", text)
            .put("hint", text)
            .put("requestId", text)
            .put("errors", Draft.of("type", "array").put("items", error));
    return Draft.of("type", "object")
        .put("properties", properties)
        .put("required", Draft.texts(List.of("type", "status", "code", "title")));
  }

  private static Draft pageSchema() {
    var next = new Draft().put("type", Draft.texts(List.of("string", "null")));
    return Draft.of("type", "object")
        .put(
            "properties",
            new Draft()
                .put("next", next.put("description", "The cursor to send as `after`."))
                .put("hasMore", Draft.of("type", "boolean")))
        .put("required", Draft.texts(List.of("hasMore")));
  }

  private static Draft querySchema() {
    var texts = Draft.of("type", "array").put("items", Draft.of("type", "string")).json();
    var where =
        Draft.of("type", "object")
            .put(
                "description",
                "Operators by field: {\"status\": {\"eq\": \"open\"}}; and, or, not.");
    return FieldSchemas.object(
        new Draft()
            .put("where", where)
            .put("sort", texts)
            .put("fields", texts)
            .put("expand", new Draft().put("description", "What to show in full."))
            .put("limit", whole(1, 500))
            .put("offset", whole(0, null))
            .put("after", Draft.of("type", "string"))
            .put("count", Draft.of("type", "string").put("enum", counts())));
  }

  private static Draft sharedParameters() {
    var text = Draft.of("type", "string");
    var count = Draft.of("type", "string").put("enum", counts()).put("default", "none");
    var validate = Draft.of("type", "string").put("enum", Draft.texts(List.of("only")));
    return new Draft()
        .put("limit", query("limit", whole(1, 500).put("default", 50), "Rows of a page."))
        .put("after", query("after", text, "The `page.next` of the page before."))
        .put("offset", query("offset", whole(0, null), "Rows to pass over."))
        .put("count", query("count", count, "Whether to count all rows."))
        .put("filter", query("filter", text, "A condition, as `price.amount < arg.most`."))
        .put("validate", query("validate", validate, "Check everything and keep nothing."))
        .put("ifMatch", header("If-Match", "Only if the row still has this ETag; else 412."))
        .put("ifNoneMatch", header("If-None-Match", "Only if it has another ETag; else 304."))
        .put("idempotencyKey", header("Idempotency-Key", "The same key gives the same answer."));
  }

  private static Json counts() {
    return Draft.texts(List.of("none", "exact", "estimate"));
  }

  private static Draft whole(int min, @Nullable Integer max) {
    return Draft.of("type", "integer").put("minimum", min).put("maximum", max);
  }

  private static Draft query(String name, Draft schema, String description) {
    return Draft.of("name", name)
        .put("in", "query")
        .put("description", description)
        .put("schema", schema);
  }

  private static Draft header(String name, String description) {
    return Draft.of("name", name)
        .put("in", "header")
        .put("description", description)
        .put("schema", Draft.of("type", "string"));
  }
}
