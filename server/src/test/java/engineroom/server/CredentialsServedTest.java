package engineroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.app.App;
import engineroom.app.App.Mode;
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
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Invitations, keys and impersonation in the whole program, over the network.
class CredentialsServedTest {
  private static final String KEY = "er_admin_0123456789abcdef";
  private static final String MODEL =
      """
      engineroom: 1
      name: Shop
      roles: { clerk: {} }
      accounts: { signUp: invited }
      entities:
        note: { fields: { text: text }, access: { read: caller.signedIn } }
      """;

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private App.Running running;

  @BeforeEach
  void start() throws IOException {
    Files.writeString(folder.resolve("engineroom.yaml"), MODEL);
    var http = HttpConfig.defaults().at("127.0.0.1", 0);
    running =
        new Engineroom()
            .start(
                folder, new App.ServeOptions(http, null, App.Seeding.NONE, Mode.DEVELOPMENT, KEY));
  }

  @AfterEach
  void stop() {
    running.close();
    client.close();
  }

  private HttpResponse<String> send(String method, String path, String key, String body)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + running.port() + path))
            .method(method, BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static String found(String pattern, String text) {
    var matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
    return matcher.group(1);
  }

  /// Invites somebody, follows the link of the mail, and gives what signing up answers.
  private String invited() throws Exception {
    var asked = "{\"email\":\"bob@example.org\",\"roles\":[\"clerk\"]}";
    assertThat(send("POST", "/auth/invitations", KEY, asked).statusCode()).isEqualTo(201);
    var mails = send("GET", "/dev/inbox/messages", "", "").body();
    var mail = found("\"id\":\"([^\"]+)\"", mails);
    var token =
        found(
            "#token=(er_in_[A-Za-z0-9_-]{43})",
            send("GET", "/dev/inbox/messages/" + mail, "", "").body());
    var up =
        "{\"email\":\"bob@example.org\",\"password\":\"quiet river under it\",\"invitation\":\""
            + token
            + "\"}";
    var answer = send("POST", "/auth/sign-up", "", up);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return answer.body();
  }

  @Test
  void who_was_invited_by_mail_signs_up_and_makes_a_key() throws Exception {
    var token = found("\"accessToken\":\"([^\"]+)\"", invited());
    assertThat(send("GET", "/auth/me", token, "").body()).contains("\"roles\":[\"clerk\"]");
    var wish =
        "{\"name\":\"till\",\"scopes\":[\"note:read\"],\"addresses\":[\"127.0.0.0/8\"],"
            + "\"requestsPerMinute\":2}";
    var made = send("POST", "/auth/keys", token, wish);
    var key = found("\"key\":\"([^\"]+)\"", made.body());
    assertThat(made.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(send("GET", "/api/notes", key, "").statusCode()).isEqualTo(200);
    assertThat(send("GET", "/api/users", key, "").statusCode()).isEqualTo(403);
    var limited = send("GET", "/api/notes", key, "");
    assertThat(limited.statusCode()).isEqualTo(429);
    assertThat(limited.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void every_answer_to_who_acts_for_somebody_else_says_so() throws Exception {
    var user = found("\"user\":\\{\"id\":\"([^\"]+)\"", invited());
    var begun = send("POST", "/auth/impersonate", KEY, "{\"user\":\"" + user + "\"}").body();
    var token = found("\"accessToken\":\"([^\"]+)\"", begun);
    for (var path : new String[] {"/auth/me", "/api/notes", "/api/nothing"}) {
      assertThat(send("GET", path, token, "").headers().firstValue("X-Impersonator"))
          .as(path)
          .contains("administrator");
    }
    assertThat(send("GET", "/auth/me", KEY, "").headers().firstValue("X-Impersonator")).isEmpty();
  }

  @Test
  void a_body_is_read_where_the_second_factor_is_turned_off() throws Exception {
    var token = found("\"accessToken\":\"([^\"]+)\"", invited());
    var body = "{\"password\":\"quiet river under it\",\"code\":\"123456\"}";
    var refused = send("DELETE", "/auth/mfa/totp", token, body);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("There is no second factor.");
  }
}
