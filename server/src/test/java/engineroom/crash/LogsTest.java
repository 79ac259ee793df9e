package engineroom.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Secrets in every part of a request to every route, and none of them in what the program logs.
final class LogsTest {
  private static final String CANARY = "Canary4711Bird";
  private static final List<String> NAMES =
      List.of("token", "code", "state", "password", "secret", "access_token", "name", "pin");
  private static final List<String> HEADERS =
      List.of("Cookie", "X-Api-Key", "Idempotency-Key", "If-Match", "Prefer", "User-Agent");
  private static final List<String> PATHS =
      List.of(
          "/api/things",
          "/api/things/1",
          "/api/things/export",
          "/api/things/import",
          "/api/things/aggregate",
          "/api/batch",
          "/api/imports",
          "/api/auditEntries",
          "/openapi.json",
          "/docs",
          "/admin/backups",
          "/admin/audit/verify",
          "/auth/sign-in",
          "/auth/refresh",
          "/health",
          "/ready",
          "/",
          "/no/such/path");

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void appear_in_no_log(@TempDir Path folder) throws Exception {
    Files.writeString(
        folder.resolve("engineroom.yaml"),
        """
        engineroom: 1
        name: App
        settings: { rates: off }
        entities:
          thing:
            fields: { name: text, pin: secret?, password: text? }
            access: { read: "true", write: "true" }
        """);
    var log = folder.resolve("log.txt");
    int asked = 0;
    try (var server = ChildServer.logging(folder, folder.resolve("data"), log)) {
      for (var path : PATHS) {
        for (var method : List.of("GET", "POST", "PATCH", "DELETE", "QUERY", "PUT")) {
          ask(server.address(), method, path, "Bearer er_admin_" + CANARY);
          ask(server.address(), method, path, "Bearer " + ChildServer.KEY);
          ask(
              server.address(),
              method,
              path.replaceFirst("/$", "") + "/er_live_" + CANARY,
              "Basic " + CANARY);
          asked += 3;
        }
      }
    }
    var text = Files.readString(log);
    assertThat(text.lines().filter(line -> line.contains("\"requestId\"")).count())
        .isGreaterThan(asked / 2);
    assertThat(text).doesNotContain(CANARY).doesNotContain(ChildServer.KEY);
    assertThat(text).contains("(masked)");
    assertThat(text.lines().filter(line -> line.contains(" ERROR "))).isEmpty();
  }

  private void ask(URI server, String method, String path, String authorization) throws Exception {
    var query = new StringBuilder("?");
    var body = new StringBuilder("{\"x\":1");
    for (var name : NAMES) {
      query.append(name).append('=').append(CANARY).append('&');
      body.append(",\"").append(name).append("\":\"").append(CANARY).append('"');
    }
    var target = server.resolve(path + query.substring(0, query.length() - 1));
    var request =
        HttpRequest.newBuilder(target)
            .version(HttpClient.Version.HTTP_1_1)
            .method(method, BodyPublishers.ofString(body + "}"))
            .header("Content-Type", "application/json")
            .header("Authorization", authorization);
    HEADERS.forEach(name -> request.header(name, CANARY));
    var _ = client.send(request.build(), BodyHandlers.discarding());
  }
}
