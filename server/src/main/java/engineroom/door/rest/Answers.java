package engineroom.door.rest;

import static engineroom.problem.ProblemException.problem;

import engineroom.data.Value;
import engineroom.door.rest.RestDoor.Ask;
import engineroom.http.Request;
import engineroom.http.Response;
import engineroom.json.Json;
import engineroom.json.JsonWriter;
import engineroom.model.Entity;
import engineroom.outcome.Outcome;
import engineroom.outcome.Outcome.Written;
import engineroom.problem.AuthorizeProblem.NotFound;
import engineroom.problem.RequestProblem.BadParameter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes answers: bodies by copying bytes, entity tags, and what `If-None-Match` and `If-Match`
/// mean.
final class Answers {
  private static final String JSON = "application/json";
  private static final byte[] DATA = bytes("{\"data\":[");

  private Answers() {}

  /// One row.
  static Response row(int status, byte[] json, String tag) {
    return new Response(
        status, Map.of("Content-Type", JSON, "ETag", tag), new Response.Body.Bytes(json));
  }

  /// Rows and how to go on; the tag is of the whole body.
  static Response rows(List<byte[]> rows, @Nullable String next, Outcome.Listed listed) {
    var out = data(rows);
    out.writeBytes(bytes("],\"page\":{\"next\":"));
    out.writeBytes(next == null ? bytes("null") : JsonWriter.write(new Json.Text(next)));
    out.writeBytes(bytes(",\"hasMore\":" + (listed.next() != null) + "}"));
    if (listed.count() != null) {
      out.writeBytes(bytes(",\"count\":" + listed.count()));
    }
    out.write('}');
    return tagged(out.toByteArray());
  }

  /// Groups.
  static Response groups(Outcome.Summarized groups) {
    var out = data(groups.groups());
    out.writeBytes(bytes("],\"page\":{\"next\":null,\"hasMore\":" + groups.more() + "}}"));
    return tagged(out.toByteArray());
  }

  /// Rows written.
  static Response written(int status, List<byte[]> rows) {
    var out = data(rows);
    out.writeBytes(bytes("]}"));
    return Response.of(status, JSON, out.toByteArray());
  }

  /// How many rows were written.
  static Response count(int rows) {
    return Response.of(200, JSON, bytes("{\"count\":" + rows + "}"));
  }

  /// The row that a write gives.
  static Response one(Ask ask, Outcome outcome) {
    var entity = ask.entity();
    return switch (outcome) {
      case Written(var rows, _) -> shown(entity, rows.getFirst());
      case Outcome.Missing _ -> throw missing(entity.name());
      case Outcome.Conflict conflict -> conflict(entity.name(), conflict, ask.request());
      case Outcome.Found _,
          Outcome.Listed _,
          Outcome.Summarized _,
          Outcome.Deleted _,
          Outcome.Many _,
          Outcome.Explained _,
          Outcome.AccessExplained _ ->
          throw RestReads.unexpected(outcome);
    };
  }

  private static Response shown(Entity entity, Written.Row row) {
    var tag = tag(row.version(), row.json());
    if (!row.created()) {
      return row(200, row.json(), tag);
    }
    var headers = new LinkedHashMap<String, String>();
    headers.put("Content-Type", JSON);
    headers.put("ETag", tag);
    headers.put("Location", location(entity.plural(), row.id()));
    return new Response(201, headers, new Response.Body.Bytes(row.json()));
  }

  /// Nothing, of a row that went or was let go.
  static Response gone(Ask ask, Outcome outcome) {
    var entity = ask.entity();
    return switch (outcome) {
      case Outcome.Deleted _, Written _ -> Response.empty(204);
      case Outcome.Missing _ -> throw missing(entity.name());
      case Outcome.Conflict conflict -> conflict(entity.name(), conflict, ask.request());
      case Outcome.Found _,
          Outcome.Listed _,
          Outcome.Summarized _,
          Outcome.Many _,
          Outcome.Explained _,
          Outcome.AccessExplained _ ->
          throw RestReads.unexpected(outcome);
    };
  }

  /// How a read would be done.
  static Response explained(List<String> lines) {
    Json plan = new Json.Arr(lines.stream().map(l -> (Json) new Json.Text(l)).toList());
    return Response.of(200, JSON, JsonWriter.write(new Json.Obj(Map.of("plan", plan))));
  }

  /// 412 with the row as it is now.
  static Response conflict(String entity, Outcome.Conflict conflict, Request request) {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("type", new Json.Text("https://engineroom.dev/problems/conflict"));
    members.put("status", new Json.Num("412"));
    members.put("code", new Json.Text("outcome/conflict"));
    members.put(
        "title",
        new Json.Text(
            "The " + entity + " has changed: it is at version " + conflict.version() + "."));
    members.put("hint", new Json.Text("Look at current, and send its version in If-Match."));
    members.put("requestId", new Json.Text(request.call().requestId()));
    var head = JsonWriter.write(new Json.Obj(members));
    var out = new ByteArrayOutputStream(head.length + conflict.json().length + 16);
    out.write(head, 0, head.length - 1);
    out.writeBytes(bytes(",\"current\":"));
    out.writeBytes(conflict.json());
    out.write('}');
    return Response.of(412, "application/problem+json", out.toByteArray())
        .with("ETag", tag(conflict.version(), conflict.json()));
  }

  static RuntimeException missing(String entity) {
    return problem(new NotFound(entity));
  }

  private static ByteArrayOutputStream data(List<byte[]> rows) {
    var out = new ByteArrayOutputStream(rows.stream().mapToInt(r -> r.length + 1).sum() + 128);
    out.writeBytes(DATA);
    for (int i = 0; i < rows.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      out.writeBytes(rows.get(i));
    }
    return out;
  }

  private static Response tagged(byte[] body) {
    return row(200, body, tag(body));
  }

  /// The tag of an answer that says no version: for `If-None-Match` only.
  static String tag(byte[] json) {
    return "\"-" + BodyHash.of(json) + '"';
  }

  /// The tag of a row as it is shown: its version, which `If-Match` asks for, and a hash of what is
  /// shown, which is another where a migration, other rights or other rows change it and not the
  /// version.
  static String tag(long version, byte[] json) {
    return "\"" + version + '-' + BodyHash.of(json) + '"';
  }

  /// 304 where the caller has this answer already.
  static Response unlessKnown(Request request, Response response) {
    var known = request.headers().find("If-None-Match");
    var tag = response.headers().get("ETag");
    if (known.isEmpty() || tag == null) {
      return response;
    }
    boolean same =
        known.get().strip().equals("*")
            || Arrays.stream(known.get().split(",", -1))
                .anyMatch(k -> k.strip().replaceFirst("^W/", "").equals(tag));
    return same ? Response.empty(304).with("ETag", tag) : response;
  }

  /// The version that `If-Match` asks for, or null for any.
  static @Nullable Long ifVersion(Request request) {
    var header = request.headers().find("If-Match").map(String::strip).orElse("*");
    if (header.equals("*")) {
      return null;
    }
    if (header.startsWith("\"-")) {
      throw problem(
          new BadParameter(
              "If-Match has the ETag of a list, or of a row with filtered lists, which says no"
                  + " version: it is for If-None-Match only.",
              "Send the row's version in quotes, as \"3\", or the ETag of the row read without"
                  + " conditions under expand."));
    }
    if (!header.matches("\"\\d{1,18}(-[A-Za-z0-9_-]+)?\"")) {
      throw problem(
          new BadParameter(
              "If-Match is not the ETag of one row.", "Write it as \"3\", with quotes."));
    }
    return Long.valueOf(header.substring(1).split("[-\"]", 2)[0]);
  }

  /// The path of a row.
  static String location(String plural, Value id) {
    return "/api/" + plural + "/" + segment(text(id));
  }

  private static String text(Value id) {
    return switch (id) {
      case Value.Text(var text) -> text;
      case Value.Integer(var number) -> Long.toString(number);
      case Value.Uuid(var uuid) -> uuid.toString();
      case Value other ->
          throw new IllegalStateException("an id is no " + other.getClass().getSimpleName());
    };
  }

  private static String segment(String text) {
    return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
