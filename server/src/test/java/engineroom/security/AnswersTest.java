package engineroom.security;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever comes, every route answers everybody in the form of a problem, and tells nothing of how
/// the program is made.
class AnswersTest {
  private static final Set<String> MEMBERS =
      Set.of("type", "status", "code", "title", "hint", "requestId", "errors", "at");
  private static final Set<String> OF_ERRORS = Set.of("path", "code", "message", "params");
  private static final Pattern INSIDE =
      Pattern.compile(
          "(?i)engineroom\\.[a-z]+\\.|java\\.|\\.java\\b|sqlite|\\bselect .* from|insert into"
              + "|exception|stack|\\bat [a-z]+\\.[a-z]+|jdbc|helidon|jackson|argon2"
              + "|/tmp/|\\$[0-9]");
  private static final List<String> BODIES =
      List.of(
          "",
          "{",
          "null",
          "7",
          "\"x\"",
          "[]",
          "{}",
          "[{}]",
          "[[[]]]",
          "{\"\":1}",
          "{\"where\":7}",
          "{\"requests\":[{}]}",
          "{\"requests\":[{\"method\":\"GET\",\"path\":\"//\"}]}",
          "{\"text\":{\"a\":[1]},\"password\":[],\"token\":{},\"email\":7}",
          "{\"id\":null,\"text\":null,\"__proto__\":{\"x\":1},\"constructor\":1}");
  private static final List<String> QUERIES =
      List.of(
          "?",
          "?&&==",
          "?%00=1",
          "?filter=",
          "?filter=((((",
          "?sort=,",
          "?limit=-1",
          "?limit=99999999999999999999",
          "?after=%ff",
          "?id=",
          "?explain=x",
          "?asOf=never",
          "?max=0",
          "?by=",
          "?fields=*",
          "?group=&having..=");

  @TempDir Path folder;
  private Site site;
  private Map<String, String> callers;

  @BeforeEach
  void open() {
    site = new Site(folder, Fort.MODEL);
    site.member("ann@example.org");
    callers = new LinkedHashMap<>();
    callers.put("guest", "");
    callers.put("administrator", Site.ADMIN);
  }

  @Test
  void no_body_makes_a_route_fail_or_tell_of_itself() {
    for (var route : site.routes()) {
      for (var body : BODIES) {
        callers.forEach((name, key) -> check(route.method(), route.target(), key, body));
        check(route.method(), route.target(), user(), body);
      }
    }
  }

  @Test
  void no_query_makes_a_route_fail_or_tell_of_itself() {
    for (var route : site.routes()) {
      for (var query : QUERIES) {
        callers.forEach((name, key) -> check(route.method(), route.target() + query, key, ""));
        check(route.method(), route.target() + query, user(), "");
      }
    }
  }

  @Test
  void no_method_and_no_path_does() {
    for (var route : site.routes()) {
      for (var method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "QUERY")) {
        check(method, route.target(), "", "{}");
        check(method, route.target() + "/", Site.ADMIN, "{}");
        check(method, route.target() + "/../x", Site.ADMIN, "");
      }
      for (var id : List.of("0", "null", "%00", "..%2f..", "'--", "01980000")) {
        var parts = Map.of("id", id, "child", id, "version", id);
        check(route.method(), route.target(parts), Site.ADMIN, "{}");
      }
    }
  }

  @Test
  void nothing_but_the_routes_is_there() {
    for (var path :
        List.of(
            "/.git/config",
            "/.git/",
            "/engineroom.yaml",
            "/data/app.db",
            "/data/accounts.key",
            "/docs/../engineroom.yaml",
            "/docs/..%2fengineroom.yaml",
            "/api/",
            "/admin/",
            "/metrics",
            "/dev/inbox",
            "/actuator/env",
            "/server-status")) {
      for (var credential : List.of("", Site.ADMIN)) {
        assertThat(site.get(credential, path).status()).as(path).isIn(401, 404);
      }
    }
  }

  /// An access token of somebody who is still signed in.
  private String user() {
    var token = callers.getOrDefault("user", "none");
    if (site.get(token, "/auth/me").status() != 200) {
      token = site.signIn("ann@example.org").text("accessToken");
      if (token.isEmpty()) {
        site.member("ann@example.org");
        token = site.signIn("ann@example.org").text("accessToken");
      }
      callers.put("user", token);
    }
    return token;
  }

  private void check(String method, String target, String credential, String body) {
    var answer = site.as(credential, method, target, body);
    var asked = "%s %s %s → %s %s".formatted(method, target, body, answer.status(), answer.body());
    assertThat(answer.status()).as(asked).isLessThan(500);
    if (answer.status() < 400) {
      return;
    }
    assertThat(answer.headers().get("Content-Type")).as(asked).contains("application/problem+json");
    assertThat(INSIDE.matcher(answer.body()).find()).as(asked).isFalse();
    var json =
        JsonReader.read(answer.body().getBytes(StandardCharsets.UTF_8), JsonLimits.defaults());
    assertThat(json).as(asked).isInstanceOf(Json.Obj.class);
    var members = ((Json.Obj) json).members();
    assertThat(MEMBERS).as(asked).containsAll(members.keySet());
    assertThat(members.keySet()).as(asked).contains("type", "status", "code", "title", "requestId");
    if (members.get("errors") instanceof Json.Arr(var errors)) {
      errors.forEach(
          error ->
              assertThat(OF_ERRORS).as(asked).containsAll(((Json.Obj) error).members().keySet()));
    }
  }
}
