package engineroom.security;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A request that names a field in one of the clauses there are.
record Demand(String method, String target, String type, String body) {
  private static final String JSON = "application/json";

  private static final List<String> FILTERS =
      List.of("%s=x", "%s.ne=x", "%s.lt=5", "%s.in=x,y", "%s.isNull=true", "%s.contains=x");
  private static final List<String> CLAUSES =
      List.of(
          "filter=%s%%20==%%20'x'",
          "filter=isNull(%s)",
          "filter=text%%20==%%20%s",
          "filter=has(%s)",
          "sort=%s",
          "sort=text,-%s",
          "fields=%s",
          "fields=id,%s",
          "expand=%s",
          "expand=%s.owner",
          "search.%s=x",
          "asOf=2026-11-21T12:00:00Z&%s=x");
  private static final List<String> SUMMARIES =
      List.of(
          "count&group=%s",
          "max=%s",
          "min=%s",
          "sum=%s",
          "avg=%s",
          "count&group=text&having.max.%s=1",
          "count&group=text&having.%s=1",
          "count&group=text&sort=%s",
          "count&%s=x",
          "count&filter=%s%%20==%%20'x'");
  private static final List<String> QUESTIONS =
      List.of(
          "{\"where\":{\"%s\":\"x\"}}",
          "{\"where\":{\"%s\":{\"eq\":\"x\"}}}",
          "{\"where\":{\"or\":[{\"%s\":\"x\"},{\"text\":\"x\"}]}}",
          "{\"where\":{\"not\":{\"%s\":\"x\"}}}",
          "{\"sort\":[\"-%s\"]}",
          "{\"fields\":[\"%s\"]}",
          "{\"expand\":{\"%s\":{}}}");

  /// All requests that read, and name a path from a kind of row on.
  static List<Demand> reading(String plural, String name) {
    var all = new ArrayList<Demand>();
    for (var list : List.of(FILTERS, CLAUSES)) {
      for (var clause : list) {
        var query = "?" + clause.formatted(name);
        all.add(get("/api/" + plural + query));
        all.add(get("/api/" + plural + "/export" + query));
        all.add(get("/api/" + plural + "/trash" + query));
      }
    }
    SUMMARIES.forEach(s -> all.add(get("/api/" + plural + "/aggregate?" + s.formatted(name))));
    for (var question : QUESTIONS) {
      all.add(new Demand("POST", "/api/" + plural + "/query", JSON, question.formatted(name)));
      all.add(new Demand("QUERY", "/api/" + plural, JSON, question.formatted(name)));
    }
    all.add(new Demand("DELETE", "/api/" + plural + "?max=5&" + name + "=x", JSON, ""));
    all.add(new Demand("PATCH", "/api/" + plural + "?max=5&" + name + "=x", JSON, "{}"));
    all.add(batch("GET", "/" + plural + "?" + name + "=x", ""));
    return all;
  }

  private static Demand get(String target) {
    return new Demand("GET", target, "", "");
  }

  private static Demand batch(String method, String path, String body) {
    var inner = body.isEmpty() ? "" : ",\"body\":" + body;
    return new Demand(
        "POST",
        "/api/batch",
        JSON,
        "{\"requests\":[{\"method\":\"%s\",\"path\":\"%s\"%s}]}".formatted(method, path, inner));
  }

  /// All requests that write a member into notes and what hangs on them, at each depth.
  ///
  /// @param note the id of one that is there
  /// @param member `"quorvash":"x"`
  static List<Demand> writing(String note, String member) {
    var own = "{\"text\":\"t\"," + member + "}";
    var list = "{\"title\":\"t\",\"notes\":[" + own + "]}";
    var part = "{\"text\":\"t\",\"parts\":[" + own + "]}";
    var deep = "{\"title\":\"t\",\"notes\":[" + part + "]}";
    return List.of(
        new Demand("POST", "/api/notes", JSON, own),
        new Demand("POST", "/api/notes?validate=only", JSON, own),
        new Demand("POST", "/api/notes", JSON, "[" + own + "]"),
        new Demand("POST", "/api/folders", JSON, list),
        new Demand("POST", "/api/folders", JSON, deep),
        new Demand("POST", "/api/notes", JSON, part),
        new Demand("PATCH", "/api/notes/" + note, JSON, "{" + member + "}"),
        new Demand(
            "PATCH", "/api/notes/" + note, "application/merge-patch+json", "{" + member + "}"),
        new Demand("PUT", "/api/notes/" + note, JSON, own),
        new Demand("PATCH", "/api/notes?max=5&text=t", JSON, "{" + member + "}"),
        new Demand(
            "PUT", "/api/notes?by=code", JSON, "[{\"code\":\"c1\",\"text\":\"t\"," + member + "}]"),
        new Demand(
            "POST",
            "/api/notes?by=code&onConflict=update",
            JSON,
            "[{\"code\":\"c1\",\"text\":\"t\"," + member + "}]"),
        batch("POST", "/notes", own),
        batch("PATCH", "/notes/" + note, "{" + member + "}"),
        new Demand("POST", "/api/notes/import", "application/x-ndjson", own + "\n"),
        new Demand("POST", "/api/notes/import", JSON, "[" + own + "]"));
  }

  Answer of(Site site, String credential) {
    var headers = new LinkedHashMap<>(Site.bearer(credential));
    if (!type.isEmpty()) {
      headers.put("Content-Type", type);
    }
    return site.send(method, target, Map.copyOf(headers), body);
  }
}
