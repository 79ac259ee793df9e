package engineroom.security;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.account.Authenticator;
import engineroom.data.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What ends what: each cause there is against each credential there is, within a second.
class SessionEndsTest {
  private static final String ANN = "ann@example.org";
  private static final String NEXT = "a warm stone in the river";

  @TempDir Path folder;
  private Site site;
  private final Map<Held, String> held = new EnumMap<>(Held.class);

  /// What a user holds, of three sessions: the one that acts, another, and a browser's.
  enum Held {
    ACCESS,
    REFRESH,
    OTHER_ACCESS,
    OTHER_REFRESH,
    COOKIE,
    KEY,
    STEP
  }

  /// Something that happens.
  interface Cause {
    void happen(SessionEndsTest to);
  }

  record Case(String name, Cause cause, Set<Held> good) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final Set<Held> OTHERS =
      EnumSet.of(Held.OTHER_ACCESS, Held.OTHER_REFRESH, Held.COOKIE, Held.KEY, Held.STEP);
  private static final Set<Held> OWN = EnumSet.of(Held.ACCESS, Held.REFRESH, Held.KEY);
  private static final Set<Held> NONE = EnumSet.noneOf(Held.class);

  private static Stream<Case> cases() {
    return Stream.of(
        new Case("nothing", to -> {}, EnumSet.allOf(Held.class)),
        new Case("sign-out", to -> to.own("POST", "/auth/sign-out", ""), OTHERS),
        new Case(
            "sign-out by refresh token",
            to -> to.site.post("/auth/sign-out", to.member("refreshToken", Held.REFRESH)),
            OTHERS),
        new Case("a new password", SessionEndsTest::changePassword, OWN),
        new Case("a reset", SessionEndsTest::reset, EnumSet.of(Held.KEY)),
        new Case("the second factor off", SessionEndsTest::removeFactor, OWN),
        new Case("new recovery codes", SessionEndsTest::renewCodes, OWN),
        new Case("suspension", to -> to.change("suspended", Value.of(true)), NONE),
        new Case("deletion by an administrator", SessionEndsTest::delete, NONE),
        new Case("leaving", SessionEndsTest::leave, NONE),
        new Case(
            "a key revoked", SessionEndsTest::revoke, EnumSet.complementOf(EnumSet.of(Held.KEY))),
        new Case(
            "the other sessions ended",
            to -> to.own("DELETE", "/auth/sessions", ""),
            EnumSet.of(Held.ACCESS, Held.REFRESH, Held.KEY, Held.STEP)),
        new Case(
            "an administrator ends the sessions",
            SessionEndsTest::endSessions,
            EnumSet.of(Held.KEY, Held.STEP)),
        new Case("a change of address stopped", SessionEndsTest::stop, EnumSet.of(Held.KEY)));
  }

  private Authenticator app = new Authenticator("");

  @BeforeEach
  void open() {
    site = new Site(folder, Fort.MODEL);
    site.member(ANN);
    var first = site.signIn(ANN).text("accessToken");
    held.put(Held.KEY, site.as(first, "POST", "/auth/keys", "{\"name\":\"k\"}").text("key"));
    app = site.secondFactor(first);
    var other = signIn("");
    held.put(Held.OTHER_ACCESS, other.text("accessToken"));
    held.put(Held.OTHER_REFRESH, other.text("refreshToken"));
    held.put(Held.COOKIE, cookie(signIn(",\"session\":\"cookie\"")));
    var own = signIn("");
    held.put(Held.ACCESS, own.text("accessToken"));
    held.put(Held.REFRESH, own.text("refreshToken"));
    held.put(Held.STEP, site.signIn(ANN).text("mfaToken"));
  }

  private Answer signIn(String more) {
    var step = site.signIn(ANN).text("mfaToken");
    var code = app.code(site.now());
    var answer =
        site.post(
            "/auth/mfa/verify",
            "{\"mfaToken\":\"%s\",\"code\":\"%s\"%s}".formatted(step, code, more));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  @Test
  void signing_out_clears_what_the_browser_kept() {
    var browser = Site.cookie(held.getOrDefault(Held.COOKIE, ""));
    var answer = site.send("POST", "/auth/sign-out", browser, "");
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.headers().get("Set-Cookie"))
        .startsWith("__Host-er_s=;")
        .contains("Max-Age=0");
    assertThat(answer.headers().get("Clear-Site-Data")).isEqualTo("\"cache\", \"storage\"");
    var program = site.as(held.getOrDefault(Held.ACCESS, ""), "POST", "/auth/sign-out", "");
    assertThat(program.headers()).doesNotContainKey("Clear-Site-Data");
  }

  private static String cookie(Answer answer) {
    return answer
        .headers()
        .getOrDefault("Set-Cookie", "")
        .replaceFirst("^__Host-er_s=([^;]+);.*$", "$1");
  }

  private String member(String name, Held what) {
    return "{\"" + name + "\":\"" + held.get(what) + "\"}";
  }

  private void own(String method, String path, String body) {
    var answer = site.as(held.getOrDefault(Held.ACCESS, ""), method, path, body);
    assertThat(answer.status()).as("%s %s → %s", method, path, answer.body()).isIn(200, 202, 204);
  }

  private void admin(String method, String path, String body) {
    var answer = site.as(Site.ADMIN, method, path, body);
    assertThat(answer.status()).as("%s %s → %s", method, path, answer.body()).isIn(200, 204);
  }

  private void change(String field, Value value) {
    assertThat(value).isEqualTo(Value.of(true));
    admin("PATCH", "/api/users/" + me(), "{\"" + field + "\":true}");
  }

  private String me() {
    return site.id("user", "email", ANN);
  }

  private void changePassword() {
    own(
        "POST",
        "/auth/password",
        "{\"current\":\"%s\",\"password\":\"%s\"}".formatted(Site.PASSWORD, NEXT));
  }

  private void reset() {
    site.post("/auth/password/reset", "{\"email\":\"" + ANN + "\"}");
    var token = site.mailed("reset-password", "token");
    var body = "{\"token\":\"%s\",\"password\":\"%s\"}".formatted(token, NEXT);
    assertThat(site.post("/auth/password/reset/confirm", body).status()).isEqualTo(204);
  }

  private String proof() {
    site.later(Duration.ofSeconds(30));
    return "{\"password\":\"%s\",\"code\":\"%s\"}".formatted(Site.PASSWORD, app.code(site.now()));
  }

  private void removeFactor() {
    own("DELETE", "/auth/mfa/totp", proof());
  }

  private void renewCodes() {
    own("POST", "/auth/mfa/recovery-codes", proof());
  }

  private void delete() {
    admin("DELETE", "/api/users/" + me(), "");
  }

  private void leave() {
    own("DELETE", "/auth/me", "{\"password\":\"" + Site.PASSWORD + "\"}");
  }

  private void revoke() {
    own("DELETE", "/auth/keys/" + site.id("apiKey", "name", "k"), "");
  }

  private void endSessions() {
    admin("DELETE", "/api/sessions?max=100&user=" + me(), "");
  }

  private void stop() {
    own(
        "POST",
        "/auth/email",
        "{\"email\":\"new@example.org\",\"password\":\"%s\"}".formatted(Site.PASSWORD));
    var token = site.mailed("email-leaving", "token");
    assertThat(site.post("/auth/email/stop", "{\"token\":\"" + token + "\"}").status())
        .isEqualTo(204);
  }

  private boolean good(Held what) {
    var text = held.getOrDefault(what, "");
    return switch (what) {
      case ACCESS, OTHER_ACCESS -> site.get(text, "/auth/me").status() == 200;
      case REFRESH, OTHER_REFRESH ->
          site.post("/auth/refresh", member("refreshToken", what)).status() == 200;
      case COOKIE -> site.send("GET", "/auth/me", Site.cookie(text), "").status() == 200;
      case KEY -> site.get(text, "/api/notes").status() == 200;
      case STEP -> stepped(text);
    };
  }

  private boolean stepped(String token) {
    site.later(Duration.ofSeconds(30));
    var body = "{\"mfaToken\":\"%s\",\"code\":\"%s\"}".formatted(token, app.code(site.now()));
    return site.post("/auth/mfa/verify", body).status() == 200;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void ends_what_it_must_and_nothing_else_within_a_second(Case of) {
    for (var access : Set.of(Held.ACCESS, Held.OTHER_ACCESS, Held.COOKIE, Held.KEY)) {
      assertThat(good(access)).as("%s before", access).isTrue(); // it is remembered by now
    }
    of.cause().happen(this);
    site.later(Duration.ofSeconds(1));
    var left = EnumSet.noneOf(Held.class);
    for (var what : Held.values()) {
      if (good(what)) {
        left.add(what);
      }
    }
    assertThat(left).isEqualTo(of.good());
  }

  @ParameterizedTest
  @MethodSource("roles")
  void a_role_that_is_taken_away_is_gone_within_a_second(Held what) {
    site.roles(ANN, "clerk");
    site.as(Site.ADMIN, "POST", "/api/notes", "{\"text\":\"of the house\"}");
    assertThat(notes(what)).contains("of the house");
    site.roles(ANN);
    assertThat(notes(what)).doesNotContain("of the house");
  }

  private static Stream<Held> roles() {
    return Stream.of(Held.ACCESS, Held.COOKIE, Held.KEY);
  }

  private String notes(Held what) {
    var text = held.getOrDefault(what, "");
    var headers = what == Held.COOKIE ? Site.cookie(text) : Site.bearer(text);
    return site.send("GET", "/api/notes", headers, "").body();
  }
}
