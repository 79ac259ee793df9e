package engineroom.door.openapi;

import engineroom.json.Json;
import java.util.List;

/// `/graphql` and `/graphql/schema`.
final class GraphQlPaths {
  private static final String RESPONSE = "application/graphql-response+json";
  private static final String TOLD =
      "The data, or `errors` with a problem each under `extensions`. Clients that accept"
          + " application/json alone get 200 for documents that can't be carried out too.";

  private GraphQlPaths() {}

  static void addTo(Draft paths) {
    paths.put("/graphql", new Draft().put("get", get()).put("post", post()));
    paths.put("/graphql/schema", new Draft().put("get", schema()));
  }

  private static Draft post() {
    return Draft.of("operationId", "graphql")
        .put("summary", "Carries out a GraphQL document")
        .put("parameters", new Json.Arr(List.of(idempotencyKey())))
        .put("requestBody", EntityParts.body(asked(), List.of(EntityParts.JSON)))
        .put("responses", answers().changing());
  }

  /// Written out: a caller who may write no row has no such parameter among the shared ones.
  private static Json idempotencyKey() {
    return Draft.of("name", "Idempotency-Key")
        .put("in", "header")
        .put("description", "Mutations that are sent again with it are done once.")
        .put("schema", text())
        .json();
  }

  private static Draft get() {
    var parameters =
        List.of("query", "operationName", "documentId", "variables", "extensions").stream()
            .map(GraphQlPaths::parameter)
            .toList();
    return Draft.of("operationId", "graphql.get")
        .put("summary", "Answers a query of a GraphQL document; never carries out mutations")
        .put("parameters", new Json.Arr(parameters))
        .put("responses", answers().asking());
  }

  private static Json parameter(String name) {
    return Draft.of("name", name).put("in", "query").put("schema", text()).json();
  }

  private static Draft text() {
    return Draft.of("type", "string");
  }

  private static Json asked() {
    var properties =
        new Draft()
            .put("query", text().put("description", "The document."))
            .put("operationName", text().put("description", "Which of its operations."))
            .put("documentId", text().put("description", "The document, by its id."))
            .put("variables", Draft.of("type", "object"))
            .put("extensions", Draft.of("type", "object"));
    return Draft.of("type", "object").put("properties", properties).json();
  }

  private static Replies answers() {
    var content = new Draft();
    for (var type : List.of(EntityParts.JSON, RESPONSE)) {
      content.put(type, new Draft().put("schema", answer()));
    }
    return Replies.typed("200", TOLD, content, List.of("Idempotency-Replayed"));
  }

  private static Draft answer() {
    return Draft.of("type", "object")
        .put(
            "properties",
            new Draft()
                .put("data", new Draft().put("description", "Null where nothing was done."))
                .put("errors", Draft.of("type", "array").put("items", error())));
  }

  private static Draft error() {
    return Draft.of("type", "object")
        .put(
            "properties",
            new Draft()
                .put("message", text())
                .put("path", Draft.of("type", "array"))
                .put("locations", Draft.of("type", "array"))
                .put("extensions", Draft.of("type", "object")))
        .put("required", Draft.texts(List.of("message")));
  }

  private static Draft schema() {
    var content = new Draft().put("text/plain", new Draft().put("schema", text()));
    return Draft.of("operationId", "graphql.schema")
        .put("summary", "The GraphQL schema of what you may do, as text")
        .put("parameters", new Json.Arr(List.of()))
        .put("responses", Replies.typed("200", "The schema.", content, List.of()).reading());
  }
}
