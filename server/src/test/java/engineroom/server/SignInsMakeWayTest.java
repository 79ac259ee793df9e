package engineroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.account.password.HashLimits;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many who sign in beside others who are served, over the network.
class SignInsMakeWayTest {
  private static final String MODEL =
      """
      engineroom: 1
      name: Pages
      settings: { rates: off }
      entities:
        page: { fields: { title: text }, access: { read: true } }
      """;
  private static final String ACCOUNT =
      "{\"email\":\"ada@example.org\",\"password\":\"quiet river under it\"}";

  /// As many as may begin at once beside others.
  private static final int AT_ONCE = 10;

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private int port;

  @AfterEach
  void stop() {
    client.close();
  }

  @Test
  void more_than_a_few_sign_ins_beside_reads_begin_one_after_another_unless_they_share()
      throws Exception {
    var limits = HashLimits.defaults();
    int more = 8 * limits.parallel();
    var waiting = served("wait", AT_ONCE + more);
    assertThat(waiting)
        .isGreaterThanOrEqualTo(limits.apart().multipliedBy(more).dividedBy(limits.parallel()));
    assertThat(served("share", AT_ONCE + more)).isLessThan(waiting);
  }

  /// How long so many take who sign in one after another, each after a read.
  private Duration served(String rush, int signIns) throws Exception {
    var app = Files.createDirectory(folder.resolve(rush));
    Files.writeString(app.resolve("engineroom.yaml"), MODEL + "accounts: { rush: " + rush + " }\n");
    try (var running = Started.in(app)) {
      port = running.port();
      assertThat(post("/auth/sign-up", ACCOUNT)).isEqualTo(201);
      long begin = System.nanoTime();
      for (int i = 0; i < signIns; i++) {
        assertThat(read()).isEqualTo(200);
        var login = ACCOUNT.replace("email", "login");
        assertThat(post("/auth/sign-in", login)).isEqualTo(200);
      }
      return Duration.ofNanos(System.nanoTime() - begin);
    }
  }

  private int read() throws IOException, InterruptedException {
    return status(HttpRequest.newBuilder(uri("/api/pages")));
  }

  private int post(String path, String body) throws IOException, InterruptedException {
    return status(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private int status(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.discarding()).statusCode();
  }
}
