package engineroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.app.App;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Mails about accounts as `dev` shows them, and their links followed, over the network.
final class AccountMailTest {
  private static final String ANN = "{\"email\":\"ann@example.org\"}";
  private static final String PASSWORD = "quiet river under a bridge";
  private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
  private static final Pattern LINK = Pattern.compile("(http[^\\s\"\\\\]+)#token=([\\w-]+)");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir private Path folder;
  private App.Running running;

  @BeforeEach
  void start() throws IOException {
    settings("");
    running = Started.in(folder);
  }

  @AfterEach
  void stop() {
    running.close();
    client.close();
  }

  private void settings(String settings) throws IOException {
    var app =
        """
        engineroom: 1
        name: notes
        store: sqlite:data/app.db
        entities: { note: { fields: { text: text } } }
        """;
    Files.writeString(folder.resolve("engineroom.yaml"), app + settings);
  }

  private HttpResponse<String> get(String path) throws Exception {
    var address = URI.create("http://127.0.0.1:" + running.port() + path);
    return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    var address = URI.create("http://127.0.0.1:" + running.port() + path);
    var request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .header("X-Forwarded-Host", "evil.example")
            .header("Forwarded", "host=evil.example")
            .POST(BodyPublishers.ofString(body));
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private int signedUp() throws Exception {
    return post(
            "/auth/sign-up", "{\"email\":\"ann@example.org\",\"password\":\"" + PASSWORD + "\"}")
        .statusCode();
  }

  private int signedIn(String password) throws Exception {
    var body = "{\"login\":\"ann@example.org\",\"password\":\"" + password + "\"}";
    return post("/auth/sign-in", body).statusCode();
  }

  /// The newest mail, as the inbox shows it.
  private String mail() throws Exception {
    var list = ID.matcher(get("/dev/inbox/messages").body());
    assertThat(list.find()).isTrue();
    return get("/dev/inbox/messages/" + list.group(1)).body();
  }

  private static Matcher link(String mail) {
    var link = LINK.matcher(mail);
    assertThat(link.find()).as(mail).isTrue();
    return link;
  }

  @Test
  void links_of_mails_lead_to_a_page_and_what_they_carry_is_good_once() throws Exception {
    assertThat(signedUp()).isEqualTo(201);
    var confirm = link(mail());
    var page = "http://localhost:" + running.port() + "/account/confirm-email";
    assertThat(confirm.group(1)).isEqualTo(page);
    var shown = get(URI.create(confirm.group(1)).getPath());
    assertThat(shown.body()).contains("/account/account.js").doesNotContain(confirm.group(2));
    assertThat(get("/account/account.js").statusCode()).isEqualTo(200);
    assertThat(get("/account/nonsense").statusCode()).isEqualTo(404);
    var token = "{\"token\":\"" + confirm.group(2) + "\"}";
    assertThat(get("/auth/verify?token=" + confirm.group(2)).statusCode()).isEqualTo(405);
    assertThat(post("/auth/verify", token).statusCode()).isEqualTo(204);
    assertThat(post("/auth/verify", token).statusCode()).isEqualTo(401);
    assertThat(post("/auth/password/reset", ANN).statusCode()).isEqualTo(202);
    var next = "seven green boats at sea";
    var reset = link(mail());
    assertThat(reset.group(1)).endsWith("/account/reset-password");
    var body = "{\"token\":\"%s\",\"password\":\"%s\"}".formatted(reset.group(2), next);
    assertThat(post("/auth/password/reset/confirm", body).statusCode()).isEqualTo(204);
    assertThat(signedIn(PASSWORD)).isEqualTo(401);
    assertThat(signedIn(next)).isEqualTo(200);
    assertThat(mail()).contains("password").doesNotContain(next);
  }

  @Test
  void links_begin_with_the_origin_that_is_set_whatever_a_request_says() throws Exception {
    settings("settings: { mail: { origin: \"https://shop.example\" } }\n");
    assertThat(running.reload().mistakes()).isEmpty();
    signedUp();
    var confirm = link(mail());
    assertThat(confirm.group(1)).isEqualTo("https://shop.example/account/confirm-email");
    post("/auth/verify", "{\"token\":\"" + confirm.group(2) + "\"}");
    forged("/auth/magic-link", ANN);
    assertThat(link(mail()).group(1)).isEqualTo("https://shop.example/account/magic-link");
    assertThat(mail()).doesNotContain("evil.example");
  }

  /// Asks in the name of another host.
  private void forged(String path, String body) throws IOException {
    var request =
        """
        POST %s HTTP/1.1\r
        Host: evil.example\r
        Content-Type: application/json\r
        Connection: close\r
        Content-Length: %d\r
        \r
        %s\
        """
            .formatted(path, body.length(), body);
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), running.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 202");
    }
  }
}
