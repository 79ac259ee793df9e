package engineroom.door.openapi;

import engineroom.door.openapi.DescribedApi.Part;
import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// Holds requests and their answers against the OpenAPI document of the caller who sent them: the
/// status, the headers, the content type and the body must be described, and what was answered well
/// must be a request that the document allows. What it does not describe must be refused.
public final class AnswerCheck {
  /// What was sent.
  public record Asked(String method, String target, Map<String, String> headers, String body) {
    public Asked {
      headers = caseless(headers);
    }

    String path() {
      int mark = target.indexOf('?');
      return decoded(mark < 0 ? target : target.substring(0, mark));
    }

    String query() {
      int mark = target.indexOf('?');
      return mark < 0 ? "" : target.substring(mark + 1);
    }
  }

  /// What came back.
  public record Answered(int status, Map<String, String> headers, String body) {
    public Answered {
      headers = caseless(headers);
    }

    String type() {
      var type = headers.getOrDefault("Content-Type", "");
      return type.split(";", 2)[0].strip();
    }
  }

  /// The schemas of a document take much more room than its text.
  private static final int KNOWN_MAX = 6;

  private static final Map<String, AnswerCheck> KNOWN = new ConcurrentHashMap<>();

  /// Headers of transport, security and diagnosis, which are the same for every answer.
  private static final Set<String> EVERYWHERE =
      Set.of(
          "cache-control",
          "connection",
          "content-encoding",
          "content-length",
          "content-security-policy",
          "content-type",
          "cross-origin-resource-policy",
          "date",
          "referrer-policy",
          "server-timing",
          "transfer-encoding",
          "vary",
          "x-content-type-options",
          "x-request-id");

  private final DescribedApi api;

  private AnswerCheck(String document) {
    api = new DescribedApi(document);
  }

  /// The check of a document; one for equal documents.
  public static AnswerCheck of(String document) {
    if (KNOWN.size() >= KNOWN_MAX && !KNOWN.containsKey(document)) {
      KNOWN.clear();
    }
    return KNOWN.computeIfAbsent(document, AnswerCheck::new);
  }

  /// What the document does not allow about a request and its answer.
  public List<String> mistakes(Asked asked, Answered answered) {
    var method = asked.method().equals("HEAD") ? "GET" : asked.method();
    var path = method.equals("QUERY") ? asked.path() + "/query" : asked.path();
    var name = method.equals("QUERY") ? "post" : method.toLowerCase(java.util.Locale.ROOT);
    var operation = api.operation(name, path);
    if (operation.isEmpty()) {
      return refused(answered);
    }
    var mistakes = new ArrayList<String>();
    answer(operation.get(), asked, answered, mistakes);
    if (answered.status() < 400) {
      parameters(operation.get(), asked.query(), mistakes);
      body(operation.get(), asked, answered, mistakes);
    }
    return mistakes;
  }

  private List<String> refused(Answered answered) {
    if (answered.status() < 400) {
      return List.of("the document has no such operation, and it answered " + answered.status());
    }
    return answered.body().isEmpty() ? List.of() : api.mistakes(api.problem(), answered.body());
  }

  private void answer(Part operation, Asked asked, Answered answered, List<String> mistakes) {
    var responses = api.child(operation, "responses").orElseThrow();
    var response = api.child(responses, Integer.toString(answered.status()));
    if (response.isEmpty()) {
      mistakes.add("status " + answered.status() + " is not described");
      return;
    }
    var declared = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    declared.addAll(EVERYWHERE);
    api.child(response.get(), "headers").ifPresent(h -> declared.addAll(api.members(h).keySet()));
    for (var header : answered.headers().keySet()) {
      if (!declared.contains(header)) {
        mistakes.add("header " + header + " is not described for " + answered.status());
      }
    }
    if (!asked.method().equals("HEAD")) {
      content(response.get(), answered, mistakes);
    }
  }

  private void content(Part response, Answered answered, List<String> mistakes) {
    var content = api.child(response, "content");
    if (content.isEmpty()) {
      if (!answered.body().isEmpty()) {
        mistakes.add("a body is not described for " + answered.status());
      }
      return;
    }
    var type = api.child(content.get(), answered.type());
    if (type.isEmpty()) {
      mistakes.add(answered.type() + " is not described for " + answered.status());
      return;
    }
    if (json(answered.type())) {
      mistakes.addAll(api.mistakes(schema(type.get()), answered.body()));
    }
  }

  private static boolean json(String type) {
    return type.equals("application/json") || type.endsWith("+json");
  }

  private Part schema(Part of) {
    return api.child(of, "schema").orElseThrow();
  }

  private void body(Part operation, Asked asked, Answered answered, List<String> mistakes) {
    var described = api.child(operation, "requestBody");
    if (described.isEmpty()) {
      if (!asked.body().isEmpty()) {
        mistakes.add("the document takes no body here");
      }
      return;
    }
    if (asked.body().isEmpty() && api.child(described.get(), "required").isEmpty()) {
      return;
    }
    var type = asked.headers().getOrDefault("Content-Type", "").split(";", 2)[0];
    var content = api.child(api.child(described.get(), "content").orElseThrow(), type);
    if (content.isEmpty()) {
      mistakes.add("a body of " + type + " is not described");
    } else if (json(type) && !unjudged(answered)) {
      mistakes.addAll(api.mistakes(schema(content.get()), asked.body()));
    }
  }

  /// Where each row is written for itself, those refused need not be as described.
  private static boolean unjudged(Answered answered) {
    return answered.body().matches("(?s).*,\"refused\":[1-9]\\d*}");
  }

  private void parameters(Part operation, String query, List<String> mistakes) {
    var described = api.members(api.child(operation, "parameters").orElseThrow()).values();
    for (var pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      var name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      var value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      var fitting = described.stream().filter(p -> takes(p, name)).toList();
      if (!pair.isEmpty() && fitting.isEmpty()) {
        mistakes.add("parameter " + name + " is not described");
      }
      fitting.forEach(parameter -> value(parameter, name, value, mistakes));
    }
  }

  private boolean takes(Part parameter, String name) {
    if (!text(parameter, "in").equals("query")) {
      return false;
    }
    if (!explodes(parameter)) {
      return text(parameter, "name").equals(name);
    }
    var schema = schema(parameter);
    boolean known = api.child(schema, "properties").filter(p -> has(p, name)).isPresent();
    return known || pattern(schema, name);
  }

  private boolean has(Part properties, String name) {
    return api.members(properties).containsKey(name);
  }

  private boolean pattern(Part schema, String name) {
    return api.child(schema, "patternProperties").stream()
        .flatMap(patterns -> api.members(patterns).keySet().stream())
        .anyMatch(pattern -> Pattern.compile(pattern).matcher(name).find());
  }

  private boolean explodes(Part parameter) {
    return api.child(parameter, "explode")
        .filter(part -> part.json().equals(new Json.Bool(true)))
        .isPresent();
  }

  private String text(Part part, String name) {
    return api.child(part, name).orElseThrow().json() instanceof Json.Text(var text) ? text : "";
  }

  private void value(Part parameter, String name, String value, List<String> mistakes) {
    var schema = schema(parameter);
    if (explodes(parameter)) {
      api.child(schema, "properties")
          .flatMap(properties -> api.child(properties, name))
          .ifPresent(member -> fits(member, name, value, mistakes));
    } else if (api.child(parameter, "style").isPresent()) {
      var parts = value.isEmpty() ? List.<String>of() : List.of(value.split(",", -1));
      var names = parts.stream().<Json>map(Json.Text::new).toList();
      api.mistakes(schema, new Json.Arr(names)).forEach(m -> mistakes.add(name + m));
    } else {
      fits(schema, name, value, mistakes);
    }
  }

  /// A value of a parameter is a text; where a number, a truth or null is meant, it is that.
  private void fits(Part schema, String name, String value, List<String> mistakes) {
    var wrong = api.mistakes(schema, new Json.Text(value));
    if (!wrong.isEmpty() && value.matches("-?\\d+(\\.\\d+)?|true|false")) {
      var json = value.getBytes(StandardCharsets.UTF_8);
      wrong = api.mistakes(schema, JsonReader.read(json, JsonLimits.defaults()));
    }
    wrong.forEach(m -> mistakes.add(name + "=" + value + " " + m));
  }

  private static Map<String, String> caseless(Map<String, String> headers) {
    var copy = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(headers);
    return copy;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
