package engineroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.app.App;
import engineroom.door.inbox.Browser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// GraphiQL at `/graphql`: for whom it is there, and in Chromium, where there is one.
class GraphiqlPageTest {

  @TempDir Path folder;
  @TempDir Path profile;
  private App.@Nullable Running running;
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    if (running != null) {
      running.close();
      running = null;
    }
  }

  @AfterEach
  void hangUp() {
    client.close();
  }

  private void start(String settings, App.Mode mode) throws Exception {
    Files.writeString(
        folder.resolve("engineroom.yaml"),
        """
        engineroom: 1
        name: App
        roles: { staff: , owner: { includes: [staff] } }
        settings: { %s }
        entities:
          thing: { fields: { name: text }, access: { read: "true", write: "true" } }
        """
            .formatted(settings));
    running = Started.in(folder, mode);
  }

  private String address(String path) {
    return "http://127.0.0.1:" + (running == null ? 0 : running.port()) + path;
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(address(path))).headers(headers).build();
    return client.send(request, BodyHandlers.ofString());
  }

  private HttpResponse<String> browse(String... headers) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(address("/graphql")))
            .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void is_there_for_everybody_in_dev_and_loads_nothing_from_elsewhere() throws Exception {
    start("", App.Mode.DEVELOPMENT);
    var page = browse();
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("/graphql/page/graphiql.js?").doesNotContain("//");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'", "style-src 'self'")
        .doesNotContain("unsafe");
    var script = get("/graphql/page/graphiql.js", "Accept-Encoding", "gzip");
    assertThat(script.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(get("/graphql/page/other.js", "Accept", "*/*").statusCode()).isEqualTo(404);
    var asked = get("/graphql?query=%7BrequestId%7D", "Accept", "text/html,*/*;q=0.8");
    assertThat(asked.body()).startsWith("{\"data\":{\"requestId\":");
  }

  @Test
  void is_not_there_in_run_unless_the_owner_allows_it() throws Exception {
    start("", App.Mode.MIGRATION);
    assertThat(browse().body()).doesNotContain("<html");
    assertThat(get("/graphql/page/graphiql.js", "Accept", "*/*").statusCode()).isEqualTo(404);
    stop();
    start("graphql: { graphiql: [staff] }", App.Mode.MIGRATION);
    assertThat(browse().statusCode()).isEqualTo(401);
    assertThat(browse("Authorization", "Bearer " + Started.KEY).statusCode()).isEqualTo(200);
    stop();
    start("graphql: { graphiql: true }", App.Mode.MIGRATION);
    assertThat(browse().statusCode()).isEqualTo(200);
  }

  @Test
  void asks_and_shows_the_answer_and_breaks_no_policy() throws Exception {
    start("", App.Mode.DEVELOPMENT);
    try (var browser = Browser.open(profile)) {
      browser.listen();
      browser.go(address("/graphql"));
      browser.until("document.querySelector('.graphiql-execute-button')");
      browser.until("document.querySelector('.graphiql-query-editor .CodeMirror')");
      browser.value("document.querySelector('.graphiql-execute-button').click()");
      browser.until(
          "document.querySelector('.result-window').innerText.includes('\\\"requestId\\\"')");
      browser.value(
          "document.querySelector('button[aria-label=\"Show Documentation Explorer\"]').click()");
      browser.until("document.body.innerText.includes('Query')");
      browser.picture("graphiql");
      assertThat(browser.complaints()).isEmpty();
    }
  }
}
