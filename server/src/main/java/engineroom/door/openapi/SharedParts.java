package engineroom.door.openapi;

import engineroom.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the operations of all entities have in common: problems, pages, plans, and the parameters
/// and headers that mean the same everywhere.
final class SharedParts {
  private final Limits limits;

  SharedParts(Limits limits) {
    this.limits = limits;
  }

  /// All that is kept under `components`, but for what belongs to an entity.
  void addTo(Draft schemas, Draft parameters, Sight sight) {
    schemas
        .put("problem", FieldSchemas.closed(problem(), List.of("type", "status", "code", "title")))
        .put("conflict", conflict())
        .put("page", page())
        .put("counted", counted())
        .put("groups", groups());
    if (sight.explains()) {
      schemas.put("plan", plan());
      AccessParts.addTo(schemas, parameters);
    }
    parameters(parameters, sight);
  }

  private static Draft problem() {
    var text = Draft.of("type", "string").json();
    var error =
        FieldSchemas.closed(
            new Draft()
                .put("path", text)
                .put("code", text)
                .put("message", text)
                .put("params", Draft.of("type", "object")),
            List.of("path", "code", "message"));
    return new Draft()
        .put("type", Draft.of("type", "string").put("format", "uri"))
        .put("status", whole(400, 599))
        .put("code", Draft.of("type", "string").put("description", "Stable: `store/not-unique`."))
        .put("title", text)
        .put("hint", text)
        .put("requestId", text)
        .put("errors", Draft.of("type", "array").put("items", error));
  }

  private static Json conflict() {
    var current = Draft.of("type", "object").put("description", "The row as it is now.");
    var at =
        Draft.of("type", "string").put("description", "`requests[1]`, where it is of a batch.");
    return FieldSchemas.closed(
        problem().put("current", current).put("at", at),
        List.of("type", "status", "code", "title", "current"));
  }

  private static Json page() {
    var next = new Draft().put("type", Draft.texts(List.of("string", "null")));
    return FieldSchemas.closed(
        new Draft()
            .put("next", next.put("description", "The cursor to send as `after`."))
            .put("hasMore", Draft.of("type", "boolean")),
        List.of("next", "hasMore"));
  }

  private static Json counted() {
    var rows = Draft.of("type", "integer").put("minimum", 0);
    return FieldSchemas.closed(new Draft().put("count", rows), List.of("count"));
  }

  private static Json groups() {
    var values = Draft.of("type", "object").json();
    var whole = Draft.of("type", "integer").json();
    var group = new Draft().put("group", values).put("count", FieldSchemas.anyOf(whole, values));
    for (var function : List.of("distinct", "sum", "avg", "min", "max")) {
      group.put(function, values);
    }
    var rows = Draft.of("type", "array").put("items", FieldSchemas.object(group));
    return FieldSchemas.closed(
        new Draft().put("data", rows).put("page", Draft.ref("schemas", "page")),
        List.of("data", "page"));
  }

  private static Json plan() {
    var lines = Draft.of("type", "array").put("items", Draft.of("type", "string"));
    return FieldSchemas.closed(new Draft().put("plan", lines), List.of("plan"));
  }

  private static Draft moment() {
    return Draft.of("type", "string").put("format", "date-time");
  }

  private void parameters(Draft parameters, Sight sight) {
    var text = Draft.of("type", "string");
    parameters
        .put("limit", query("limit", limit(), "Rows of a page."))
        .put("after", query("after", text, "The `page.next` of the page before."))
        .put("offset", query("offset", offset(), "Rows to pass over; excludes `after`."))
        .put("count", query("count", count(), COUNT))
        .put("asOf", query("asOf", moment(), "Rows as they were at this moment."))
        .put("filter", query("filter", text, "A condition, as `price.amount < arg.most`."))
        .put("arguments", keyed("arguments", "^arg\\.[A-Za-z_]\\w*$", "`arg.most=5` for `filter`."))
        .put(
            "expansions",
            keyed(
                "expansions",
                "^expand(\\.[A-Za-z]\\w*){2,}$",
                "`expand.lines.limit=3`, as of a list."))
        .put(
            "having",
            keyed("having", "^having\\.\\w[\\w.]*$", "`having.sum.total.gt=1000`, groups alone."))
        .put("ifMatch", header("If-Match", "Only if the row still has this ETag; else 412."))
        .put("ifNoneMatch", header("If-None-Match", "Only if it has another ETag; else 304."));
    parameters.put("idempotencyKey", header("Idempotency-Key", KEY));
    if (sight.explains()) {
      var plan = Draft.of("type", "string").put("enum", Draft.texts(List.of("plan", "access")));
      parameters.put("explain", query("explain", plan, EXPLAIN));
    }
  }

  /// The parameters of writes, for those who may write anything.
  void addWritingTo(Draft parameters) {
    parameters
        .put("validate", query("validate", oneOf("only"), VALIDATE))
        .put("atomic", query("atomic", Draft.of("type", "boolean"), ATOMIC))
        .put("onConflict", query("onConflict", oneOf("ignore", "update"), CONFLICT))
        .put("max", query("max", whole(1, limits.foundRowsMax()), MAX).yes("required"));
  }

  private static Draft oneOf(String... words) {
    return Draft.of("type", "string").put("enum", Draft.texts(List.of(words)));
  }

  private static final String EXPLAIN =
      "How the store would read, not the rows; or why the caller named by `as` may read them.";
  private static final String VALIDATE = "Only checked: the answer is as if, and nothing stays.";
  private static final String ATOMIC =
      "`false` for many rows, each of which is written or refused for itself.";
  private static final String CONFLICT =
      "What becomes of a row that is there already: it stays, or takes the fields sent. `update`"
          + " needs `by`.";
  private static final String MAX = "If the filter finds more rows than this, nothing is done.";
  private static final String KEY =
      "1 to 255 visible characters, as a UUID. The same request sent again with its key within 24"
          + " hours is answered as the first time, and done once.";
  private static final String COUNT =
      "Whether to count all rows that fit. `exact` looks at each of them. `estimate` is quick: it"
          + " is exact in a table of up to 10,000 rows, and for up to 10,000 rows that an index"
          + " finds; beyond that it is guessed from a sample of 10,000 rows, and never less than"
          + " the rows shown.";

  /// A whole number of rows of a page.
  Draft limit() {
    return whole(1, limits.pageRowsMax()).put("default", limits.pageRows());
  }

  /// A number of rows to pass over.
  static Draft offset() {
    return Draft.of("type", "integer").put("format", "int64").put("minimum", 0);
  }

  /// How rows are counted.
  static Draft count() {
    return Draft.of("type", "string")
        .put("enum", Draft.texts(List.of("none", "exact", "estimate")))
        .put("default", "none");
  }

  private static Draft whole(int min, @Nullable Integer max) {
    return Draft.of("type", "integer").put("minimum", min).put("maximum", max);
  }

  /// A parameter of the query.
  static Draft query(String name, Draft schema, String description) {
    return Draft.of("name", name)
        .put("in", "query")
        .put("description", description)
        .put("schema", schema);
  }

  /// Parameters whose names begin alike: the members of one object, each sent as `name=value`.
  static Draft keyed(String name, String pattern, String description) {
    var any = new Draft().put(pattern, Draft.of("type", "string"));
    var schema = Draft.of("type", "object").put("patternProperties", any);
    return spread(name, schema.no("additionalProperties").json(), description);
  }

  /// Parameters that are the members of one object, each sent as `name=value`.
  static Draft spread(String name, Json schema, String description) {
    return Draft.of("name", name)
        .put("in", "query")
        .put("description", description)
        .put("style", "form")
        .yes("explode")
        .put("schema", schema);
  }

  private static Draft header(String name, String description) {
    return Draft.of("name", name)
        .put("in", "header")
        .put("description", description)
        .put("schema", Draft.of("type", "string"));
  }
}
