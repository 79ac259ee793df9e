package engineroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.account.Authenticator;
import engineroom.app.App;
import engineroom.app.App.Mode;
import engineroom.http.HttpConfig;
import engineroom.server.PostOffice.Letter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Mails about accounts through a real mail server: read over IMAP, their links followed. Every
/// request comes with forged names of the host.
final class MailEndToEndTest {
  private static final String KEY = "er_admin_0123456789abcdef";
  private static final String ORIGIN = "https://shop.example";
  private static final String ANN = "ann@example.org";
  private static final String NEW = "ann@example.net";
  private static final String EVE = "eve@example.org";
  private static final String PASSWORD = "quiet river under a bridge";

  @TempDir private Path folder;
  private final PostOffice office = new PostOffice(ANN, NEW, EVE);
  private App.@Nullable Running running;

  /// What mails are called.
  enum Language {
    EN(
        "Confirm your e-mail address for Shop",
        "Invitation to Shop",
        "Your sign-in link for Shop",
        "Your code for Shop",
        "Confirm your new e-mail address for Shop",
        "Shall your e-mail address at Shop change?",
        "Choose a new password for Shop"),
    DE(
        "Bestätige deine E-Mail-Adresse für Shop",
        "Einladung zu Shop",
        "Dein Anmeldelink für Shop",
        "Dein Code für Shop",
        "Bestätige deine neue E-Mail-Adresse für Shop",
        "Soll sich deine E-Mail-Adresse bei Shop ändern?",
        "Neues Passwort für Shop");

    private final String confirm;
    private final String invitation;
    private final String magic;
    private final String code;
    private final String arriving;
    private final String leaving;
    private final String reset;

    Language(String... subjects) {
      confirm = subjects[0];
      invitation = subjects[1];
      magic = subjects[2];
      code = subjects[3];
      arriving = subjects[4];
      leaving = subjects[5];
      reset = subjects[6];
    }

    String tag() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private record Answer(int status, String body) {
    String text(String member) {
      var found = Pattern.compile("\"" + member + "\":\"([^\"]+)\"").matcher(body);
      assertThat(found.find()).as(member + " in " + body).isTrue();
      return found.group(1);
    }
  }

  private void start(String language) throws IOException {
    var model =
        """
        engineroom: 1
        name: Shop
        settings:
          rates: { credentials: 1000/1m }
          mail:
            smtp: "%s"
            from: "Shop <shop@example.org>"
            origin: %s
            language: %s
        entities: { note: { fields: { text: text } } }
        """
            .formatted(office.url(), ORIGIN, language);
    Files.writeString(folder.resolve("engineroom.yaml"), model);
    var http = HttpConfig.defaults().at("127.0.0.1", 0);
    running =
        new Engineroom()
            .start(
                folder, new App.ServeOptions(http, null, App.Seeding.NONE, Mode.PRODUCTION, KEY));
  }

  private void close() {
    if (running != null) {
      running.close();
    }
  }

  private int port() {
    return Objects.requireNonNull(running).port();
  }

  @AfterEach
  void stop() {
    close();
    office.close();
  }

  private Answer send(String method, String path, String token, String json) throws IOException {
    var body = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    var head =
        """
        %s %s HTTP/1.1
        Host: evil.example
        X-Forwarded-Host: evil.example
        X-Forwarded-Proto: http
        Forwarded: host=evil.example;proto=http
        Content-Type: application/json
        Connection: close
        Content-Length: %d
        """
            .formatted(method, path, body.length);
    var credential = token.isEmpty() ? "" : "Authorization: Bearer " + token + "\n";
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      var out = socket.getOutputStream();
      out.write((head + credential + "\n").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
      out.write(body);
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).doesNotContain("evil.example");
      int status = Integer.parseInt(answer.substring(9, 12));
      return new Answer(status, answer.substring(answer.indexOf("\r\n\r\n") + 4));
    }
  }

  private Answer post(String path, String json) throws IOException {
    return send("POST", path, "", json);
  }

  private Answer signedIn(String login, String password) throws IOException {
    return post("/auth/sign-in", "{'login':'%s','password':'%s'}".formatted(login, password));
  }

  /// The token of a letter, whose link leads to the page of the app and nowhere else.
  private static String token(Letter letter, String page) {
    assertThat(letter.page()).isEqualTo(ORIGIN + "/account/" + page);
    assertThat(letter.source()).doesNotContain("evil.example");
    assertThat(letter.text() + letter.html()).doesNotContain("localhost", "127.0.0.1");
    return letter.token();
  }

  /// Posts what a link carries, which is good once.
  private Answer follow(String path, String body, String token) throws IOException {
    var answer = post(path, body.formatted(token));
    assertThat(answer.status()).as(path + answer).isLessThan(300);
    assertThat(post(path, body.formatted(token)).status()).as("twice").isEqualTo(401);
    return answer;
  }

  @ParameterizedTest
  @EnumSource
  void every_link_of_every_mail_can_be_followed(Language in) throws Exception {
    start(in.tag());
    signsUp(in);
    var app = secondFactor();
    signsInByMail(in, app);
    changesTheAddress(in);
    resets(in);
  }

  private void signsUp(Language in) throws Exception {
    var up =
        "{'email':'%s','password':'%s','name':'José','locale':'%s'}"
            .formatted(ANN, PASSWORD, in.tag());
    assertThat(post("/auth/sign-up", up).status()).isEqualTo(201);
    var invited = "{'email':'" + EVE + "','roles':[]}";
    assertThat(send("POST", "/auth/invitations", KEY, invited).status()).isEqualTo(201);
    office.await(2);
    var confirm = office.take(ANN, in.confirm);
    assertThat(confirm.text()).contains("José").doesNotContain(PASSWORD);
    follow("/auth/verify", "{'token':'%s'}", token(confirm, "confirm-email"));
    var invitation = token(office.take(EVE, in.invitation), "invitation");
    var accept =
        "{'email':'%s','password':'%s','invitation':'%s'}".formatted(EVE, PASSWORD, invitation);
    assertThat(post("/auth/sign-up", accept).status()).isEqualTo(201);
    assertThat(signedIn(EVE, PASSWORD).body()).contains("\"emailVerified\":true");
  }

  /// Turns it on with an authenticator whose codes are of another's making; gives the app.
  private Authenticator secondFactor() throws Exception {
    var token = signedIn(ANN, PASSWORD).text("accessToken");
    var app = new Authenticator(send("POST", "/auth/mfa/totp", token, "").text("secret"));
    var earlier = app.code(Instant.now().minus(Duration.ofSeconds(30))); // leaves that of now
    var on = "{'code':'%s'}".formatted(earlier);
    var answer = send("POST", "/auth/mfa/totp/confirm", token, on);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    office.await(1);
    return app;
  }

  private void signsInByMail(Language in, Authenticator app) throws Exception {
    post("/auth/magic-link", "{'email':'%s'}".formatted(ANN));
    var transaction = post("/auth/email-code", "{'email':'%s'}".formatted(ANN)).text("transaction");
    office.await(2);
    var code = office.take(ANN, in.code).code();
    var byCode =
        follow(
            "/auth/email-code/confirm", "{'transaction':'%s','code':'" + code + "'}", transaction);
    assertThat(byCode.status()).as("a mail is one factor").isEqualTo(202);
    var magic = token(office.take(ANN, in.magic), "magic-link");
    var step = follow("/auth/magic-link/confirm", "{'token':'%s'}", magic);
    assertThat(step.status()).isEqualTo(202);
    var typed = app.code(Instant.now());
    var verify = "{'mfaToken':'%s','code':'%s'}".formatted(step.text("mfaToken"), typed);
    var passed = post("/auth/mfa/verify", verify);
    assertThat(passed.status()).as(passed.body()).isEqualTo(200);
    fresh = passed.text("accessToken");
  }

  /// Of the last sign-in.
  private String fresh = "";

  private void changesTheAddress(Language in) throws Exception {
    var wish = "{'email':'%s','password':'%s'}".formatted(NEW, PASSWORD);
    assertThat(send("POST", "/auth/email", fresh, wish).status()).isEqualTo(202);
    office.await(2);
    var arriving = token(office.take(NEW, in.arriving), "email-change");
    var leaving = office.take(ANN, in.leaving);
    assertThat(leaving.text()).contains(NEW);
    var agree = "{'token':'%s'}";
    var first = follow("/auth/email/confirm", agree, arriving);
    assertThat(first.body()).isEqualTo("{\"changed\":false}");
    var second = follow("/auth/email/confirm", agree, token(leaving, "email-leaving"));
    assertThat(second.body()).isEqualTo("{\"changed\":true}");
    office.await(1);
  }

  private void resets(Language in) throws Exception {
    var next = "seven green boats at sea";
    post("/auth/password/reset", "{'email':'%s'}".formatted(ANN)); // nobody's by now
    var reset = post("/auth/password/reset", "{'email':'%s'}".formatted(NEW));
    assertThat(reset.status()).isEqualTo(202);
    office.await(1);
    var token = token(office.take(NEW, in.reset), "reset-password");
    var body = "{'token':'%s','password':'" + next + "'}";
    follow("/auth/password/reset/confirm", body, token);
    assertThat(signedIn(NEW, PASSWORD).status()).isEqualTo(401);
    assertThat(signedIn(NEW, next).status()).as("the second factor stays").isEqualTo(202);
    office.await(1);
  }

  @Test
  void a_mail_waits_while_the_server_is_down_and_administrators_see_why() throws Exception {
    office.shut();
    start("en");
    var up = post("/auth/sign-up", "{'email':'%s','password':'%s'}".formatted(ANN, PASSWORD));
    assertThat(up.status()).isEqualTo(201);
    var waiting = tried();
    assertThat(waiting.body())
        .contains("\"status\":\"queued\"", "\"attempts\":1", "\"template\":\"confirm-email\"")
        .contains("\"lastError\":\"127.0.0.1:" + office.port())
        .doesNotContain("token", PASSWORD);
    close();
    office.open();
    start("en"); // a restart loses nothing
    assertThat(send("GET", "/admin/mail?status=queued", KEY, "").text("id"))
        .isEqualTo(waiting.text("id"));
    var again = "/admin/mail/" + waiting.text("id") + "/resend";
    assertThat(send("POST", again, KEY, "").status()).isLessThan(300);
    office.await(1);
    var confirm = token(office.take(ANN, Language.EN.confirm), "confirm-email");
    follow("/auth/verify", "{'token':'%s'}", confirm);
  }

  /// The outbox, once the first attempt is over.
  private Answer tried() throws Exception {
    var end = Instant.now().plus(Duration.ofSeconds(30));
    while (Instant.now().isBefore(end)) {
      var mails = send("GET", "/admin/mail", KEY, "");
      if (mails.body().contains("\"attempts\":1") && !mails.body().contains("\"sending\"")) {
        return mails;
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("no attempt within half a minute");
  }
}
