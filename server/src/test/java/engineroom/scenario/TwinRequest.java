package engineroom.scenario;

import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import engineroom.model.Entity;
import engineroom.problem.ProblemException;
import engineroom.testkit.Scenario.Answer;
import engineroom.testkit.Scenario.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// A request of REST taken apart, and REST's answer to it.
record TwinRequest(
    Request request,
    List<String> parts,
    List<Map.Entry<String, String>> parameters,
    Json body,
    Answer answer) {
  private static final Set<String> WORDS =
      Set.of(
          "fields",
          "expand",
          "sort",
          "limit",
          "after",
          "offset",
          "count",
          "max",
          "by",
          "asOf",
          "onConflict",
          "group",
          "sum",
          "avg",
          "min",
          "distinct");

  static TwinRequest of(Request request, Answer answer) {
    var target = request.path().split("\\?", 2);
    var parameters = new ArrayList<Map.Entry<String, String>>();
    for (var one : target.length < 2 ? new String[0] : target[1].split("&")) {
      var sides = one.split("=", 2);
      parameters.add(Map.entry(decoded(sides[0]), decoded(sides.length < 2 ? "" : sides[1])));
    }
    var parts = List.of(target[0].replaceFirst("^/api/", "").split("/"));
    return new TwinRequest(request, parts, parameters, body(request), answer);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static Json body(Request request) {
    var body = request.body();
    if (request.headers().getOrDefault("Content-Type", "").endsWith("x-ndjson")) {
      return new Json.Arr(body.lines().map(TwinRequest::json).toList());
    }
    return body.startsWith("{") || body.startsWith("[") ? json(body) : Json.Null.NULL;
  }

  /// What a text is as JSON; null where it is none.
  static Json json(String text) {
    try {
      return JsonReader.read(text.getBytes(StandardCharsets.UTF_8), JsonLimits.defaults());
    } catch (ProblemException _) {
      return Json.Null.NULL;
    }
  }

  static String type(Entity entity) {
    return title(entity.name());
  }

  static String title(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  /// REST's answer; null where it has no JSON.
  Json answered() {
    return answer.body().startsWith("{") ? json(answer.body()) : Json.Null.NULL;
  }

  /// The row or rows that REST shows: also the present one where another version was expected.
  Json shown() {
    return answer.status() < 300 ? answered() : Twin.at(answered(), "current");
  }

  boolean has(String parameter) {
    return parameters.stream().anyMatch(one -> one.getKey().equals(parameter));
  }

  /// Empty where it is not there.
  String word(String parameter) {
    return parameters.stream()
        .filter(one -> one.getKey().equals(parameter))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  List<String> list(String parameter) {
    var text = word(parameter);
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(","));
  }

  /// What filters.
  List<Map.Entry<String, String>> conditions() {
    return parameters.stream()
        .filter(one -> !word(one.getKey()).isEmpty())
        .filter(TwinRequest::filters)
        .toList();
  }

  private static boolean filters(Map.Entry<String, String> one) {
    var name = one.getKey();
    return !WORDS.contains(name) && !name.startsWith("expand.") && !name.startsWith("having.");
  }

  /// The same with other parts of its path.
  TwinRequest at(List<String> path, List<Map.Entry<String, String>> with) {
    return new TwinRequest(request, path, with, body, answer);
  }

  static Json with(Json json, String name, Json value) {
    var members = new LinkedHashMap<String, Json>();
    if (json instanceof Json.Obj(var present)) {
      members.putAll(present);
    }
    members.put(name, value);
    return new Json.Obj(members);
  }
}
