package engineroom.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.app.App;
import engineroom.app.App.Losing;
import engineroom.app.App.Mode;
import engineroom.http.HttpConfig;
import engineroom.server.Engineroom;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What goes and comes again under the same name inherits nothing of what was.
class StaleNamesTest {
  private static final String ANN = "ann@example.org";
  private static final String BEGIN =
      """
      engineroom: 1
      name: Fort
      entities:
      """;
  private static final String PLAIN =
      """
        page: { fields: { text: text }, access: { read: true } }
      """;
  private static final String WITH_FIELD =
      """
        page: { fields: { text: text, note: text? }, access: { read: true } }
      """;
  private static final String WITH_ENTITY =
      """
        draft: { fields: { text: text }, access: { read: true } }
      """;

  @TempDir Path folder;

  @Test
  void a_user_of_the_same_address_inherits_nothing() {
    var site = new Site(folder, Fort.MODEL);
    site.member(ANN);
    site.roles(ANN, "clerk");
    var before = site.signIn(ANN);
    var access = before.text("accessToken");
    var cookie = site.browser(ANN);
    var key = site.as(access, "POST", "/auth/keys", "{\"name\":\"k\"}").text("key");
    site.as(access, "POST", "/api/folders", "{\"title\":\"before\"}");
    site.post("/auth/magic-link", "{\"email\":\"" + ANN + "\"}");
    var link = site.mailed("magic-link", "token");
    var owned = site.id("folder", "title", "before");
    site.as(access, "DELETE", "/api/folders/" + owned, "");
    var gone = site.as(access, "DELETE", "/auth/me", "{\"password\":\"" + Site.PASSWORD + "\"}");
    assertThat(gone.status()).as(gone.body()).isEqualTo(204);
    site.member(ANN);
    var after = site.signIn(ANN).text("accessToken");
    assertThat(site.get(after, "/auth/me").body()).contains("\"roles\":[]");
    for (var path : new String[] {"/api/folders", "/api/notes", "/auth/keys"}) {
      assertThat(site.get(after, path).body()).as(path).contains("\"data\":[]");
    }
    assertThat(site.get(access, "/auth/me").status()).isEqualTo(401);
    assertThat(site.get(key, "/api/notes").status()).isEqualTo(401);
    assertThat(site.send("GET", "/api/notes", Site.cookie(cookie), "").status()).isEqualTo(401);
    var refresh = "{\"refreshToken\":\"" + before.text("refreshToken") + "\"}";
    assertThat(site.post("/auth/refresh", refresh).status()).isEqualTo(401);
    var token = "{\"token\":\"" + link + "\"}";
    assertThat(site.post("/auth/magic-link/confirm", token).status()).isEqualTo(401);
  }

  @Test
  void a_field_of_the_same_name_holds_nothing_of_the_former_one() throws Exception {
    serve(WITH_FIELD, "POST", "/api/pages", "{\"text\":\"t\",\"note\":\"CANARY\"}", 201);
    serve(PLAIN, "GET", "/api/pages", "", 200);
    assertThat(serve(WITH_FIELD, "GET", "/api/pages", "", 200))
        .contains("\"note\":null")
        .doesNotContain("CANARY");
  }

  @Test
  void an_entity_of_the_same_name_holds_no_rows_of_the_former_one() throws Exception {
    serve(PLAIN + WITH_ENTITY, "POST", "/api/drafts", "{\"text\":\"CANARY\"}", 201);
    serve(PLAIN, "GET", "/api/pages", "", 200);
    assertThat(serve(PLAIN + WITH_ENTITY, "GET", "/api/drafts", "", 200))
        .contains("\"data\":[]")
        .doesNotContain("CANARY");
  }

  private static final String ROLES =
      """
      roles: { clerk: {}%s }
      engineroom: 1
      name: Fort
      entities:
        page: { fields: { text: text }, access: { read: true } }
      """;

  private static final String CHIEF = "{\"email\":\"ann@example.org\",\"roles\":[\"%s\"]}";

  @Test
  void a_role_that_somebody_has_stays_so_that_nobody_gets_it_with_a_later_one_of_its_name()
      throws Exception {
    model(ROLES.formatted(", chief: {}"));
    serve("POST", "/api/users", CHIEF.formatted("chief"), 201);
    write(ROLES.formatted(""));
    assertThatThrownBy(() -> new Engineroom().migrate(folder, null, Losing.ALLOWED))
        .hasMessageContainingAll("user", "roles", "chief");
  }

  @Test
  void a_role_that_was_renamed_stays_with_who_had_it() throws Exception {
    model(ROLES.formatted(", chief: {}"));
    serve("POST", "/api/users", CHIEF.formatted("chief"), 201);
    model(ROLES.formatted(", head: { was: chief }"));
    assertThat(serve("GET", "/api/users?fields=roles", "", 200)).contains("\"roles\":[\"head\"]");
  }

  @Test
  void nobody_gets_a_role_that_the_model_does_not_have() throws Exception {
    model(ROLES.formatted(""));
    assertThat(serve("POST", "/api/users", CHIEF.formatted("chief"), 422)).contains("clerk");
  }

  /// Migrates to a model, serves it for one request of the administrator, and stops.
  private String serve(String entities, String method, String path, String body, int status)
      throws Exception {
    model(BEGIN + entities);
    return serve(method, path, body, status);
  }

  private void write(String model) throws IOException {
    Files.writeString(folder.resolve("engineroom.yaml"), model);
  }

  private void model(String model) throws IOException {
    write(model);
    if (Files.exists(folder.resolve("data"))) {
      new Engineroom().migrate(folder, null, Losing.ALLOWED);
    }
  }

  private String serve(String method, String path, String body, int status) throws Exception {
    var program = new Engineroom();
    var http = HttpConfig.defaults().at("127.0.0.1", 0);
    var options = new App.ServeOptions(http, null, App.Seeding.NONE, Mode.PRODUCTION, Site.ADMIN);
    try (var running = program.start(folder, options);
        var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + running.port() + path))
              .header("Authorization", "Bearer " + Site.ADMIN)
              .header("Content-Type", "application/json")
              .method(method, BodyPublishers.ofString(body));
      var answer = client.send(request.build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
      return answer.body();
    }
  }
}
