package engineroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.account.Authenticator;
import engineroom.app.App;
import engineroom.app.App.Mode;
import engineroom.door.inbox.Browser;
import engineroom.http.HttpConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pages that links of mails lead to in `dev`, in Chromium. Skipped, and said so, where there
/// is none.
final class AccountPageTest {
  private static final String KEY = "er_admin_0123456789abcdef";
  private static final String ANN = "ann@example.org";
  private static final String PASSWORD = "quiet river under a bridge";
  private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
  private static final Pattern LINK = Pattern.compile("http[^\\s\"\\\\]+#token=[\\w-]+");

  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir private Path folder;
  @TempDir private Path profile;
  private App.Running running;
  private Browser browser;

  @BeforeEach
  void start() throws Exception {
    browser = Browser.open(profile);
    Files.writeString(
        folder.resolve("engineroom.yaml"),
        "engineroom: 1\nname: Corner shop\nentities: { note: { fields: { text: text } } }\n");
    var http = HttpConfig.defaults().at("127.0.0.1", 0);
    running =
        new Engineroom()
            .start(
                folder, new App.ServeOptions(http, null, App.Seeding.NONE, Mode.DEVELOPMENT, KEY));
    post("/auth/sign-up", "{'email':'%s','password':'%s'}".formatted(ANN, PASSWORD), "");
  }

  @AfterEach
  void stop() {
    if (running != null) {
      running.close();
      browser.close();
    }
    client.close();
  }

  private String post(String path, String body, String token) throws Exception {
    var request = request(path).header("Content-Type", "application/json");
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    request.POST(BodyPublishers.ofString(body.replace('\'', '"')));
    return client.send(request.build(), BodyHandlers.ofString()).body();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + running.port() + path));
  }

  private String get(String path) throws Exception {
    return client.send(request(path).build(), BodyHandlers.ofString()).body();
  }

  private static String found(Pattern pattern, String text) {
    var found = pattern.matcher(text);
    assertThat(found.find()).as(text).isTrue();
    return found.groupCount() == 0 ? found.group() : found.group(1);
  }

  /// The link of the newest mail.
  private String link() throws Exception {
    var id = found(ID, get("/dev/inbox/messages"));
    return found(LINK, get("/dev/inbox/messages/" + id));
  }

  private void follow(String name) throws Exception {
    browser.go(link());
    assertThat(browser.value("location.hash")).as("the token").isEmpty();
    browser.picture(name);
  }

  private void press(String label, String said) throws Exception {
    browser.press(label);
    browser.until("!['', '…'].includes(document.getElementById('said').textContent)");
    assertThat(browser.value("document.getElementById('said').textContent")).contains(said);
  }

  @Test
  void confirms_an_address_and_sets_a_password() throws Exception {
    browser.go("http://localhost:" + running.port() + "/dev/inbox");
    browser.picture("inbox");
    var mail = found(ID, get("/dev/inbox/messages"));
    browser.go("http://localhost:" + running.port() + "/dev/inbox#" + mail);
    browser.picture("mail");
    follow("confirm");
    var link = link();
    press("Confirm", "The address is confirmed.");
    browser.picture("confirmed");
    browser.go(link);
    press("Confirm", "The link or code is not good, or no longer.");
    browser.picture("confirmed-twice");
    post("/auth/password/reset", "{'email':'" + ANN + "'}", "");
    follow("reset");
    browser.fill("password", "short");
    press("Set the password", "password");
    browser.picture("reset-refused");
    browser.fill("password", "seven green boats at sea");
    press("Set the password", "The password is set: sign in with it.");
    browser.picture("reset-done");
    var in =
        post("/auth/sign-in", "{'login':'" + ANN + "','password':'seven green boats at sea'}", "");
    assertThat(in).contains("accessToken");
  }

  @Test
  void a_magic_link_asks_for_the_second_factor() throws Exception {
    follow("confirm");
    press("Confirm", "The address is confirmed.");
    var in = post("/auth/sign-in", "{'login':'%s','password':'%s'}".formatted(ANN, PASSWORD), "");
    var token = found(Pattern.compile("\"accessToken\":\"([^\"]+)\""), in);
    var begun = post("/auth/mfa/totp", "", token);
    var app = new Authenticator(found(Pattern.compile("\"secret\":\"([^\"]+)\""), begun));
    var earlier = app.code(Instant.now().minus(Duration.ofSeconds(30)));
    post("/auth/mfa/totp/confirm", "{'code':'" + earlier + "'}", token);
    post("/auth/magic-link", "{'email':'" + ANN + "'}", "");
    follow("magic-link");
    browser.press("Sign in");
    browser.until("document.activeElement.id === 'code'");
    assertThat(browser.value("document.getElementById('what').textContent"))
        .isEqualTo("This account has a second factor.");
    browser.picture("second-factor");
    browser.fill("code", "000000");
    press("Sign in", "The code is not right");
    browser.picture("second-factor-wrong");
    browser.fill("code", app.code(Instant.now()));
    press("Sign in", "You are signed in in this browser.");
    browser.picture("signed-in");
    var me = "fetch('/auth/me').then(a => a.text()).then(t => document.body.dataset.me = t)";
    browser.value(me);
    browser.until("document.body.dataset.me");
    assertThat(browser.value("document.body.dataset.me")).contains("ann@example.org");
  }

  @Test
  void both_addresses_agree_and_an_invitation_is_accepted() throws Exception {
    follow("confirm");
    press("Confirm", "The address is confirmed.");
    post("/auth/invitations", "{'email':'eve@example.org','roles':[]}", KEY);
    follow("invitation");
    browser.fill("email", "eve@example.org");
    browser.fill("password", PASSWORD);
    press("Sign up", "You are signed in in this browser.");
    var in = post("/auth/sign-in", "{'login':'%s','password':'%s'}".formatted(ANN, PASSWORD), "");
    var token = found(Pattern.compile("\"accessToken\":\"([^\"]+)\""), in);
    post("/auth/email", "{'email':'ann@example.net','password':'" + PASSWORD + "'}", token);
    follow("address");
    press("Agree", "Agreed. The address changes once the other one has agreed, too.");
    browser.picture("address-agreed");
  }
}
