package engineroom.door.openapi;

import static engineroom.door.openapi.Draft.ref;

import engineroom.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The answers of one operation: how it goes well, and every status of how it may not.
final class Replies {
  private static final List<Integer> READING =
      List.of(400, 401, 403, 404, 406, 408, 413, 414, 429, 431, 500, 503, 504);
  private static final List<Integer> CHANGING = List.of(409, 412, 415, 422);

  private static final Map<Integer, String> REFUSALS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(400, "The request can't be understood: a name, a value, or the syntax."),
              Map.entry(401, "Signing in is needed, or the credentials are not valid."),
              Map.entry(403, "This caller may not do it."),
              Map.entry(404, "There is no such row for this caller."),
              Map.entry(406, "No type in Accept is written here."),
              Map.entry(408, "The request took too long to arrive."),
              Map.entry(
                  409,
                  "Another row has the same unique values, or rows still refer to it; or the"
                      + " request with this Idempotency-Key is still being done."),
              Map.entry(412, "The row has changed; it is shown as it is now."),
              Map.entry(413, "The body is too long."),
              Map.entry(414, "The URL is too long."),
              Map.entry(415, "Bodies of this type are not read here."),
              Map.entry(
                  422,
                  "Some values are not valid; each is named. Or the Idempotency-Key was used for"
                      + " another request."),
              Map.entry(429, "This was asked too often: again after Retry-After seconds."),
              Map.entry(431, "There are too many headers."),
              Map.entry(500, "A mistake of the server, told to its operator by the request's id."),
              Map.entry(503, "There is too much to do at the moment, or the store is away."),
              Map.entry(504, "The store took too long.")));

  private final Draft answers = new Draft();

  private Replies() {}

  /// What refuses a request, by status, for `components`.
  static Draft refusals() {
    var all = new Draft();
    REFUSALS.forEach((status, text) -> all.put("status" + status, refusal(status, text)));
    return all.put("notModified", headed("The caller has this answer already.", List.of("ETag")));
  }

  private static Json refusal(int status, String description) {
    var schema = status == 412 ? "conflict" : "problem";
    var content =
        new Draft()
            .put("application/problem+json", new Draft().put("schema", ref("schemas", schema)));
    return headed(description, headers(status)).put("content", content).json();
  }

  private static List<String> headers(int status) {
    return switch (status) {
      case 401 -> List.of("WWW-Authenticate");
      case 412 -> List.of("ETag");
      case 409, 503 -> List.of("Retry-After");
      case 429 -> List.of("Retry-After", "RateLimit", "RateLimit-Policy");
      default -> List.of();
    };
  }

  /// The headers of answers, for `components`.
  static Draft headers() {
    return new Draft()
        .put("ETag", header("The answer's version, for If-None-Match; a row's also for If-Match."))
        .put("Location", header("The path of the new row."))
        .put("Content-Disposition", header("The name that a browser keeps the file by."))
        .put("Idempotency-Replayed", header(REPLAYED))
        .put("Set-Cookie", header("What carries the session of a browser."))
        .put("Clear-Site-Data", header("What the browser is to forget."))
        .put("Link", header("The next page, `rel=\"next\"`, where there is one."))
        .put("WWW-Authenticate", header("How to sign in."))
        .put("RateLimit", header("What is left of the limit, and for how many seconds."))
        .put("RateLimit-Policy", header("The limit, its quota and its window in seconds."))
        .put("Retry-After", header("Seconds to wait before asking again."));
  }

  private static final String REPLAYED =
      "`true` where this is the answer that the first request with this Idempotency-Key got.";

  private static Draft header(String description) {
    return Draft.of("description", description).put("schema", Draft.of("type", "string"));
  }

  /// An answer that goes well.
  static Replies well(String status, String description, Json schema, List<String> headers) {
    var replies = new Replies();
    var content = new Draft().put("application/json", new Draft().put("schema", schema));
    replies.answers.put(status, headed(description, headers).put("content", content));
    return replies;
  }

  /// An answer that goes well, of types of its own.
  static Replies typed(String status, String description, Draft content, List<String> headers) {
    var replies = new Replies();
    replies.answers.put(status, headed(description, headers).put("content", content));
    return replies;
  }

  /// Rows, also as CSV and NDJSON.
  static Replies rows(Json schema) {
    var replies = new Replies();
    var text = new Draft().put("schema", Draft.of("type", "string"));
    var content =
        new Draft()
            .put("application/json", new Draft().put("schema", schema))
            .put("text/csv", text)
            .put("application/x-ndjson", text);
    replies.answers.put("200", headed("Rows.", List.of("ETag", "Link")).put("content", content));
    return replies;
  }

  /// A JSON value, also as lines of CSV and NDJSON.
  static Replies files(String description, Json schema, List<String> headers) {
    var replies = new Replies();
    var text = new Draft().put("schema", Draft.of("type", "string"));
    var content =
        new Draft()
            .put("application/json", new Draft().put("schema", schema))
            .put("text/csv", text)
            .put("application/x-ndjson", text);
    replies.answers.put("200", headed(description, headers).put("content", content));
    return replies;
  }

  /// An answer to a write that goes well: it may come a second time.
  static Replies done(String status, String description, Json schema, List<String> headers) {
    var all = new ArrayList<>(headers);
    all.add("Idempotency-Replayed");
    return well(status, description, schema, all);
  }

  /// An answer to a write that goes well and has no body.
  static Replies nothing(String description) {
    var replies = new Replies();
    replies.answers.put("204", headed(description, List.of("Idempotency-Replayed")));
    return replies;
  }

  /// An answer without a body to what no Idempotency-Key repeats.
  static Replies nothing(String status, String description, List<String> headers) {
    var replies = new Replies();
    replies.answers.put(status, headed(description, headers));
    return replies;
  }

  /// One more way to go well.
  Replies or(Replies other, String status) {
    answers.put(status, other.answers.json(status));
    return this;
  }

  /// The answer of one status.
  Json json(String status) {
    return answers.json(status);
  }

  /// With what may come of a request that only reads.
  Json reading() {
    answers.put("304", ref("responses", "notModified"));
    return refusing(READING);
  }

  /// With what may come of a request that reads by a body, which no cache keeps.
  Json asking() {
    answers.put("304", ref("responses", "notModified"));
    answers.put("415", ref("responses", "status415"));
    return refusing(READING);
  }

  /// With what may come of a request that changes rows.
  Json changing() {
    refusing(CHANGING);
    return refusing(READING);
  }

  private Json refusing(List<Integer> statuses) {
    statuses.forEach(
        status -> answers.put(Integer.toString(status), ref("responses", "status" + status)));
    return answers.json();
  }

  private static Draft headed(String description, List<String> names) {
    var headers = new Draft();
    for (var name : names) {
      headers.put(name, ref("headers", name));
    }
    return Draft.of("description", description)
        .put("headers", headers.empty() ? null : headers.json());
  }
}
