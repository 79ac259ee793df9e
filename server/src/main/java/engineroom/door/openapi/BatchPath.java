package engineroom.door.openapi;

import static engineroom.door.openapi.Draft.ref;

import engineroom.json.Json;
import java.util.List;

/// `/api/batch`: several requests as one.
final class BatchPath {
  private static final String NAME = "^[A-Za-z_][A-Za-z0-9_]{0,63}$";
  private static final String AS = "The name by which later requests use the answer: `$order.id`.";
  private static final String BODY =
      "As the request has it alone; `$order.id` is what an earlier request gave, `$$` begins a text"
          + " with one `$`.";

  private BatchPath() {}

  static Draft of(Limits limits) {
    var post =
        Draft.of("operationId", "batch")
            .put("summary", "Several requests in one transaction: all or none")
            .put("parameters", new Json.Arr(List.of(ref("parameters", "idempotencyKey"))))
            .put("requestBody", EntityParts.body(requests(limits), List.of(EntityParts.JSON)))
            .put(
                "responses",
                Replies.done("200", "The answers, in order.", responses(), List.of()).changing());
    return new Draft().put("post", post);
  }

  private static Json requests(Limits limits) {
    var methods = Draft.texts(List.of("GET", "POST", "PUT", "PATCH", "DELETE"));
    var path = Draft.of("type", "string").put("pattern", "^/");
    var request =
        new Draft()
            .put("as", Draft.of("type", "string").put("pattern", NAME).put("description", AS))
            .put("method", Draft.of("type", "string").put("enum", methods))
            .put("path", path.put("description", "With its query: `/orders?fields=id`."))
            .put("body", Draft.of("description", BODY))
            .put("ifMatch", Draft.of("type", "string"));
    var requests =
        Draft.of("type", "array")
            .put("minItems", 1)
            .put("maxItems", limits.batchMax())
            .put("items", FieldSchemas.closed(request, List.of("method", "path")));
    return FieldSchemas.closed(new Draft().put("requests", requests), List.of("requests"));
  }

  private static Json responses() {
    var text = Draft.of("type", "string").json();
    var status = Draft.of("type", "integer").put("minimum", 200).put("maximum", 299);
    var response =
        new Draft()
            .put("as", text)
            .put("status", status)
            .put("location", text)
            .put("etag", text)
            .put("body", Draft.of("description", "As the request alone is answered."));
    var responses =
        Draft.of("type", "array").put("items", FieldSchemas.closed(response, List.of("status")));
    return FieldSchemas.closed(new Draft().put("responses", responses), List.of("responses"));
  }
}
