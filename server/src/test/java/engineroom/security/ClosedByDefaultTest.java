package engineroom.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.records.Where;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What no rule allows is refused to everybody but administrators, whichever way it is asked for.
class ClosedByDefaultTest {
  private static final String ANN = "ann@example.org";
  private static final String JSON = "application/json";
  private static final List<String> RULES = List.of("read", "create", "update", "delete");

  @TempDir Path folder;

  private Site without(String rule) {
    var access = new ArrayList<String>();
    for (var other : RULES) {
      if (!other.equals(rule)) {
        access.add(other + ": true");
      }
    }
    var rules = rule.equals("all") ? "" : "access: { " + String.join(", ", access) + " }";
    return site(rules);
  }

  private Site site(String rules) {
    var site =
        new Site(
            folder,
            """
            engineroom: 1
            name: Fort
            entities:
              thing:
                history: true
                trash: 30d
                fields: { code: { type: text, unique: true }, n: integer? }
                %s
            """
                .formatted(rules));
    site.member(ANN);
    site.as(Site.ADMIN, "POST", "/api/things", "{\"code\":\"a\",\"n\":1}");
    site.as(Site.ADMIN, "POST", "/api/things", "{\"code\":\"gone\"}");
    site.as(Site.ADMIN, "DELETE", "/api/things/" + site.id("thing", "code", "gone"), "");
    return site;
  }

  private static Demand json(String method, String target, String body) {
    return new Demand(method, target, JSON, body);
  }

  private static String batch(String method, String path, String body) {
    return "{\"requests\":[{\"method\":\"%s\",\"path\":\"%s\"%s}]}"
        .formatted(method, path, body.isEmpty() ? "" : ",\"body\":" + body);
  }

  /// Every way to do what a rule is about.
  private static Map<String, List<Demand>> ways(String id) {
    var ways = new LinkedHashMap<String, List<Demand>>();
    var one = "/api/things/" + id;
    var row = "{\"code\":\"b\"}";
    ways.put(
        "read",
        List.of(
            json("GET", "/api/things", ""),
            json("GET", one, ""),
            json("QUERY", "/api/things", "{}"),
            json("POST", "/api/things/query", "{}"),
            json("GET", "/api/things/aggregate?count", ""),
            json("GET", "/api/things/export", ""),
            json("GET", one + "/history", ""),
            json("GET", "/api/things/trash", ""),
            json("POST", "/api/batch", batch("GET", "/things", "")),
            json("POST", "/api/batch", batch("GET", "/things/" + id, ""))));
    ways.put(
        "create",
        List.of(
            json("POST", "/api/things", row),
            json("POST", "/api/things?validate=only", row),
            json("POST", "/api/things", "[" + row + "]"),
            json("PUT", "/api/things?by=code", "[" + row + "]"),
            json("PUT", "/api/things/01980000-0000-7000-8000-00000000dead", row),
            json("POST", "/api/things/import", "[" + row + "]"),
            json("POST", "/api/batch", batch("POST", "/things", row))));
    ways.put(
        "update",
        List.of(
            json("PATCH", one, "{\"n\":2}"),
            json("PUT", one, "{\"code\":\"a\",\"n\":2}"),
            json("PATCH", "/api/things?max=5&n=1", "{\"n\":2}"),
            json("PUT", "/api/things?by=code", "[{\"code\":\"a\",\"n\":2}]"),
            json("POST", "/api/things?by=code&onConflict=update", "[{\"code\":\"a\",\"n\":2}]"),
            json("POST", "/api/things/import?by=code", "[{\"code\":\"a\",\"n\":2}]"),
            json("POST", "/api/batch", batch("PATCH", "/things/" + id, "{\"n\":2}"))));
    ways.put(
        "delete",
        List.of(
            json("DELETE", one, ""),
            json("DELETE", "/api/things?max=5&n=1", ""),
            json("POST", "/api/batch", batch("DELETE", "/things/" + id, ""))));
    return ways;
  }

  @ParameterizedTest
  @ValueSource(strings = {"read", "create", "update", "delete", "all"})
  void what_has_no_rule_nobody_does(String missing) {
    var site = without(missing);
    var ann = site.signIn(ANN).text("accessToken");
    var ways = ways(site.id("thing", "code", "a"));
    var before = things(site);
    for (var rule : missing.equals("all") ? RULES : List.of(missing)) {
      for (var demand : ways.getOrDefault(rule, List.of())) {
        for (var credential : List.of("", ann)) {
          var answer = demand.of(site, credential);
          assertThat(nothingDone(answer)).as("%s → %s", demand, answer).isTrue();
          assertThat(answer.body()).as(demand.toString()).doesNotContain("\"code\":\"a\"");
        }
      }
    }
    assertThat(things(site)).isEqualTo(before);
  }

  /// Imports answer 200 and tell of each line that it was refused; a change by a filter finds none.
  private static boolean nothingDone(Answer answer) {
    return List.of(401, 403, 404).contains(answer.status())
        || List.of("operation/unknown-field", "request/bad-parameter").contains(answer.code())
        || (answer.status() == 200
            && answer.body().matches("(?s).*(\"created\":0,\"changed\":0|authorize/).*"));
  }

  private static String things(Site site) {
    return site.kept().lines().filter(line -> line.startsWith("thing")).toList().toString();
  }

  @Test
  void a_new_app_has_no_accounts_keys_and_sessions() {
    var site = new Site(folder, Fort.MODEL);
    for (var entity : List.of("user", "session", "apiKey", "identity", "invitation")) {
      assertThat(site.records().count(entity, Where.ALL)).as(entity).isZero();
    }
    for (var name : List.of("admin", "administrator", "root", "engineroom")) {
      var body = "{\"login\":\"%s\",\"password\":\"%s\"}".formatted(name, name);
      assertThat(site.post("/auth/sign-in", body).status()).isEqualTo(401);
      assertThat(site.get(name, "/auth/me").status()).isEqualTo(401);
    }
  }

  @Test
  void administrators_do_it_all_without_a_rule() {
    var site = without("all");
    for (var demands : ways(site.id("thing", "code", "a")).values()) {
      assertThat(demands.getFirst().of(site, Site.ADMIN).status()).isIn(200, 201, 204);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"''", "' '", "", "null", "yes", "[]"})
  void an_empty_rule_is_a_mistake_and_not_for_everybody(String rule) {
    assertThatThrownBy(() -> site("access: { read: " + rule + " }"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("engineroom.yaml");
  }
}
