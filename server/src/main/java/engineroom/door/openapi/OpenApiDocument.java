package engineroom.door.openapi;

import engineroom.json.Json;
import engineroom.json.JsonWriter;
import engineroom.model.Entity;
import engineroom.model.Model;
import java.util.List;
import java.util.Locale;

/// OpenAPI 3.1 of one model, for one caller: it names nothing that the caller may not use.
public final class OpenApiDocument {
  private static final String INFO =
      "What you may do here. Every path that answers GET answers HEAD too; every answer carries"
          + " X-Request-Id, which finds it in the log.";

  private OpenApiDocument() {}

  /// The document as JSON bytes.
  public static byte[] of(Model model, Sight sight, Limits limits) {
    var schemas = new Draft();
    var parameters = new Draft();
    var paths = new Draft().put("/openapi.json", new Draft().put("get", self()));
    var shared = new SharedParts(limits);
    shared.addTo(schemas, parameters, sight);
    var entities = new EntitySchemas(model, sight);
    var questions = new QuestionSchemas(entities, shared);
    var asked = new EntityParameters(entities, questions);
    var entityPaths = new EntityPaths(sight, entities, asked, limits);
    for (var entity : model.entities().values()) {
      entities.addTo(schemas, entity);
      if (sight.reads(entity.name())) {
        questions.addTo(schemas, entity);
        asked.addTo(parameters, entity);
      }
      entityPaths.addTo(paths, entity);
    }
    if (model.entities().keySet().stream().anyMatch(entity -> writable(entity, sight))) {
      shared.addWritingTo(parameters);
    }
    if (model.entities().keySet().stream().anyMatch(entity -> usable(entity, sight))) {
      paths.put("/api/batch", BatchPath.of(limits));
    }
    if (model.entities().keySet().stream().anyMatch(sight::creates)) {
      TransferPaths.addImports(paths);
    }
    GraphQlPaths.addTo(paths);
    AuthPaths.addTo(paths);
    CredentialPaths.addTo(paths);
    var headers = Replies.headers();
    var described = ReplicaParts.in(model, paths.json(), parameters, headers);
    var components =
        new Draft()
            .put("schemas", schemas)
            .put("parameters", parameters)
            .put("responses", Replies.refusals())
            .put("headers", headers)
            .put("securitySchemes", new Draft().put("bearer", bearer()));
    var document =
        Draft.of("openapi", "3.1.0")
            .put("info", info(model))
            .put("tags", tags(model, sight))
            .put("paths", described)
            .put("components", components)
            .put("security", security());
    return JsonWriter.write(document.json());
  }

  private static Draft self() {
    var document = Draft.of("type", "object").json();
    var parameters = new Json.Arr(List.of(Draft.ref("parameters", "ifNoneMatch")));
    return Draft.of("operationId", "openapi")
        .put("summary", "This document")
        .put("parameters", parameters)
        .put("responses", Replies.well("200", "OpenAPI.", document, List.of("ETag")).reading());
  }

  private static Draft info(Model model) {
    return Draft.of("title", model.name()).put("version", "1").put("description", INFO);
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
    return sight.reads(entity) || writable(entity, sight);
  }

  private static boolean writable(String entity, Sight sight) {
    return sight.creates(entity) || sight.updates(entity) || sight.deletes(entity);
  }

  private static Json security() {
    var none = new Draft().json();
    var bearer = new Draft().put("bearer", new Json.Arr(List.of())).json();
    return new Json.Arr(List.of(none, bearer));
  }

  private static Draft bearer() {
    return Draft.of("type", "http").put("scheme", "bearer");
  }
}
