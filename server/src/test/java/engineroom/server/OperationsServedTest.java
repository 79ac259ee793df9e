package engineroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.app.App;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Documents that the owner wrote down: only those are answered, to all but administrators.
class OperationsServedTest {
  private static final String THINGS = "query Things($n: Int) {\n  things(limit: $n) { name }\n}\n";
  private static final String RELAY = "query Relay { things { id } }";
  private static final String ANSWER = "{\"data\":{\"things\":[]}}";

  @TempDir Path folder;
  private App.@Nullable Running running;
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void write() throws Exception {
    Files.createDirectories(folder.resolve("operations/app"));
    Files.writeString(folder.resolve("operations/app/things.graphql"), "# All.\n" + THINGS);
    Files.writeString(folder.resolve("operations/relay.json"), "{\"abc123\": \"" + RELAY + "\"}");
    Files.writeString(
        folder.resolve("engineroom.yaml"),
        """
        engineroom: 1
        name: App
        settings: { graphql: { operations: operations/ } }
        entities:
          thing: { fields: { name: text }, access: { read: "true", write: "true" } }
        """);
  }

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

  private void start(App.Mode mode) {
    running = Started.in(folder, mode);
  }

  private String post(String body, String... headers) throws Exception {
    var port = running == null ? 0 : running.port();
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/graphql"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString()).body();
  }

  private static String hash(String text) throws Exception {
    var digest = MessageDigest.getInstance("SHA-256");
    return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void a_document_of_the_list_is_asked_for_by_text_hash_id_or_name() throws Exception {
    start(App.Mode.MIGRATION);
    var spaced = "query Things ( $n:Int ),{ things(limit:$n){name} } # the same";
    assertThat(post("{\"query\":\"" + spaced + "\",\"variables\":{\"n\":3}}")).isEqualTo(ANSWER);
    var hash = hash("# All.\n" + THINGS);
    assertThat(
            post(
                "{\"extensions\":{\"persistedQuery\":{\"version\":1,\"sha256Hash\":\""
                    + hash
                    + "\"}}}"))
        .isEqualTo(ANSWER);
    assertThat(post("{\"documentId\":\"sha256:" + hash + "\"}")).isEqualTo(ANSWER);
    assertThat(post("{\"documentId\":\"abc123\"}")).isEqualTo(ANSWER);
    assertThat(post("{\"operationName\":\"Things\"}")).isEqualTo(ANSWER);
  }

  @Test
  void others_are_refused_to_all_but_administrators() throws Exception {
    start(App.Mode.MIGRATION);
    var other = "{\"query\":\"{ things { name } }\"}";
    assertThat(post(other)).contains("authorize/not-allowed").doesNotContain("\"data\"");
    assertThat(post("{\"documentId\":\"nothing\"}")).contains("authorize/not-allowed");
    assertThat(post("{\"operationName\":\"Nothing\"}")).contains("authorize/not-allowed");
    assertThat(post("{\"query\":\"{ __schema { queryType { name } } }\"}"))
        .contains("authorize/not-allowed");
    assertThat(post(other, "Authorization", "Bearer " + Started.KEY)).isEqualTo(ANSWER);
  }

  @Test
  void in_dev_others_are_answered_too() throws Exception {
    start(App.Mode.DEVELOPMENT);
    assertThat(post("{\"query\":\"{ things { name } }\"}")).isEqualTo(ANSWER);
    assertThat(post("{\"operationName\":\"Things\"}")).isEqualTo(ANSWER);
  }

  @Test
  void check_holds_them_against_the_model() throws Exception {
    assertThat(new Engineroom().check(folder).mistakes()).isEmpty();
    Files.writeString(
        folder.resolve("operations/wrong.graphql"), "query Wrong {\n  things { nmae }\n}\n");
    Files.writeString(folder.resolve("operations/broken.gql"), "query Broken {");
    Files.writeString(folder.resolve("operations/twice.graphql"), THINGS);
    Files.writeString(folder.resolve("operations/ids.json"), "{\"x\": \"{ nothing }\", \"y\": 3}");
    assertThat(String.join("\n", new Engineroom().check(folder).mistakes()))
        .contains("operations/wrong.graphql:2:12: ")
        .contains("nmae")
        .contains("operations/broken.gql:1:15: ")
        .contains("There is an operation Things in operations/app/things.graphql already.")
        .contains("operations/ids.json: x: ")
        .contains("operations/ids.json: ids.json has no text for y.");
  }

  @Test
  void a_folder_that_is_not_there_is_told_at_its_place() throws Exception {
    Files.writeString(
        folder.resolve("engineroom.yaml"),
        """
        engineroom: 1
        name: App
        roles: { staff: }
        settings:
          graphql: { operations: operatoins, graphiql: [staf] }
        entities:
          thing: { fields: { name: text } }
        """);
    assertThat(String.join("\n", new Engineroom().check(folder).mistakes()))
        .contains("engineroom.yaml:5:26: settings.graphql: there is no operatoins in this folder.")
        .contains("graphiql names staf, which is no role. Did you mean staff?");
  }
}
