package engineroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.app.App;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// GraphQL as an app serves it: over the network, from a database, within its settings.
class GraphQlServedTest {
  private static final String THING =
      "{\"query\":\"mutation { createThing(input: {name: \\\"a\\\"}) { name } }\"}";

  @TempDir Path folder;
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
        settings: { %s }
        entities:
          thing: { fields: { name: text }, access: { read: "true", write: "true" } }
        """
            .formatted(settings));
    running = Started.in(folder, mode);
  }

  private HttpResponse<String> post(String body) throws Exception {
    var port = running == null ? 0 : running.port();
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/graphql"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void a_narrow_limit_of_a_route_holds_for_the_root_field_that_does_the_same() throws Exception {
    start("rates: { routes: { POST /api/things: 2/1h } }", App.Mode.DEVELOPMENT);
    assertThat(post(THING).body()).isEqualTo("{\"data\":{\"createThing\":{\"name\":\"a\"}}}");
    assertThat(post(THING).body()).contains("\"data\":{");
    assertThat(post(THING).body()).contains("request/too-often").doesNotContain("\"data\"");
    assertThat(post("{\"query\":\"{ things { name } }\"}").body())
        .isEqualTo("{\"data\":{\"things\":[{\"name\":\"a\"},{\"name\":\"a\"}]}}");
  }

  @Test
  void guests_see_the_schema_in_dev_and_not_in_run() throws Exception {
    start("", App.Mode.DEVELOPMENT);
    var schema = "{\"query\":\"{ __schema { queryType { name } } }\"}";
    assertThat(post(schema).body()).contains("\"queryType\":{\"name\":\"Query\"}");
    stop();
    start("", App.Mode.MIGRATION);
    assertThat(post(schema).body()).contains("authorize/sign-in-needed");
    stop();
    start("graphql: { guestsSeeSchema: true, depth: 1 }", App.Mode.MIGRATION);
    assertThat(post(schema).body()).contains("\"queryType\":{\"name\":\"Query\"}");
    assertThat(post("{\"query\":\"{ things { id } }\"}").body()).contains("graphql-depth");
  }
}
