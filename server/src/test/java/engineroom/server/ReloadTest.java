package engineroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.app.App;
import engineroom.http.HttpConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the owner sets in the files holds from the reload on, on connections that are open too.
final class ReloadTest {
  private static final String SHOP = "https://shop.example";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir private Path folder;
  private App.Running running;

  @BeforeEach
  void start() throws IOException {
    Files.createDirectories(folder.resolve("model"));
    Files.writeString(
        folder.resolve("model/note.yaml"),
        """
        entities:
          note:
            fields:
              title: { type: text, max: 100000 }
            access: { read: true, write: true }
        """);
    settings("");
    var config = HttpConfig.defaults().forOrigins(Set.of("https://always.example"));
    running = Started.in(folder, config);
  }

  @AfterEach
  void stop() {
    running.close();
    client.close();
  }

  private void settings(String settings) throws IOException {
    var head = "engineroom: 1\nname: notes\nstore: sqlite:data/app.db\n";
    Files.writeString(folder.resolve("engineroom.yaml"), head + settings);
  }

  private void reload(String settings) throws IOException {
    settings(settings);
    assertThat(running.reload().mistakes()).isEmpty();
  }

  private HttpRequest.Builder notes(String query) {
    var address = "http://127.0.0.1:" + running.port() + "/api/notes" + query;
    return HttpRequest.newBuilder(URI.create(address));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private String allowed(String origin) throws Exception {
    return send(notes("").header("Origin", origin))
        .headers()
        .firstValue("Access-Control-Allow-Origin")
        .orElse("");
  }

  private HttpResponse<String> create(int bytes) throws Exception {
    var body = "{\"title\":\"" + "x".repeat(bytes - 12) + "\"}";
    return send(
        notes("").header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
  }

  @Test
  void an_origin_may_call_from_when_it_is_listed_until_it_is_not() throws Exception {
    assertThat(allowed(SHOP)).isEmpty();
    reload("settings: { cors: { origins: ['" + SHOP + "'] } }\n");
    assertThat(allowed(SHOP)).isEqualTo(SHOP);
    assertThat(allowed("https://always.example")).isEqualTo("https://always.example");
    reload("");
    assertThat(allowed(SHOP)).isEmpty();
    assertThat(allowed("https://always.example")).isEqualTo("https://always.example");
  }

  @Test
  void a_body_may_be_as_long_as_the_new_limit() throws Exception {
    reload("settings: { limits: { bodyBytes: 1000 } }\n");
    assertThat(create(1000).statusCode()).isEqualTo(201);
    assertThat(create(1001).statusCode()).isEqualTo(413);
    reload("settings: { limits: { bodyBytes: 50000 } }\n");
    assertThat(create(50_000).statusCode()).isEqualTo(201);
    assertThat(create(50_001).statusCode()).isEqualTo(413);
  }

  @Test
  void a_page_may_have_as_many_rows_as_the_new_limit() throws Exception {
    assertThat(send(notes("?limit=500")).statusCode()).isEqualTo(200);
    reload("settings: { limits: { pageRows: 20 } }\n");
    assertThat(send(notes("?limit=20")).statusCode()).isEqualTo(200);
    assertThat(send(notes("?limit=21")).statusCode()).isEqualTo(400);
  }

  @Test
  void settings_with_a_mistake_change_nothing() throws Exception {
    reload("settings: { cors: { origins: ['" + SHOP + "'] } }\n");
    settings("settings: { cors: { orignis: [] } }\n");
    assertThat(running.reload().mistakes()).anyMatch(each -> each.contains("origins"));
    assertThat(allowed(SHOP)).isEqualTo(SHOP);
  }
}
