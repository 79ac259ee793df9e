package engineroom.door.graphql;

import static engineroom.problem.ProblemException.problem;

import engineroom.door.query.Parameters;
import engineroom.http.Request;
import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import engineroom.problem.RequestProblem.BadParameter;
import engineroom.problem.RequestProblem.UnsupportedBody;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a request asks, as GraphQL over HTTP has it.
///
/// @param query the document; null where only its hash was sent
/// @param operationName which of its operations, or null for the only one
/// @param documentId what the owner's files call the document, or null
record GraphRequest(
    @Nullable String query,
    @Nullable String operationName,
    @Nullable String documentId,
    Map<String, Json> variables,
    Map<String, Json> extensions) {
  private static final String JSON = "application/json";
  private static final String DOCUMENT = "documentId";

  /// Reads the body of a POST.
  static GraphRequest posted(Request request, JsonLimits limits) {
    if (!json(request.headers().find("Content-Type").orElse(""))) {
      throw problem(new UnsupportedBody("The request is not JSON.", "Send " + JSON + " in UTF-8."));
    }
    if (!(JsonReader.read(request.body(), limits) instanceof Json.Obj(var members))) {
      throw bad("The request is not an object.", "Write {\"query\": \"{ … }\"}.");
    }
    return of(members);
  }

  private static boolean json(String type) {
    if (type.equals(JSON)) {
      return true;
    }
    var parts = type.toLowerCase(Locale.ROOT).split(";", 2);
    var charset = parts.length < 2 ? "" : parts[1].strip().replace("\"", "");
    return parts[0].strip().equals(JSON) && (charset.isEmpty() || charset.equals("charset=utf-8"));
  }

  /// Reads the parameters of a GET.
  static GraphRequest asked(Request request, JsonLimits limits) {
    var parameters = Parameters.parse(request.query());
    var members = new LinkedHashMap<String, Json>();
    for (var name : new String[] {"query", "operationName", DOCUMENT}) {
      parameters.take(name).ifPresent(text -> members.put(name, new Json.Text(text)));
    }
    for (var name : new String[] {"variables", "extensions"}) {
      parameters
          .take(name)
          .filter(text -> !text.isEmpty())
          .ifPresent(
              text ->
                  members.put(
                      name, JsonReader.read(text.getBytes(StandardCharsets.UTF_8), limits)));
    }
    return of(members);
  }

  private static GraphRequest of(Map<String, Json> members) {
    return new GraphRequest(
        text(members, "query"),
        text(members, "operationName"),
        text(members, DOCUMENT),
        object(members, "variables"),
        object(members, "extensions"));
  }

  private static @Nullable String text(Map<String, Json> members, String name) {
    return switch (members.get(name)) {
      case null -> null;
      case Json.Null _ -> null;
      case Json.Text(var text) -> text;
      case Json _ -> throw bad(name + " is not a text.", null);
    };
  }

  private static Map<String, Json> object(Map<String, Json> members, String name) {
    return switch (members.get(name)) {
      case null -> Map.of();
      case Json.Null _ -> Map.of();
      case Json.Obj(var inner) -> inner;
      case Json _ -> throw bad(name + " is not an object.", null);
    };
  }

  static RuntimeException bad(String title, @Nullable String hint) {
    return problem(new BadParameter(title, hint));
  }
}
