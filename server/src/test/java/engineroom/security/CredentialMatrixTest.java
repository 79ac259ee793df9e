package engineroom.security;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.account.Authenticator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every kind of credential offered to every route, in the header, as a cookie and in each member
/// of a body that takes one: exactly the diagonal is accepted, and nothing is used up elsewhere.
class CredentialMatrixTest {
  private static final String ANN = "ann@example.org";
  private static final String BOB = "bob@example.org";
  private static final String NEXT = "a warm stone in the river";
  private static final String ACCESS = "access token";
  private static final String KEY = "API key";
  private static final String COOKIE = "cookie";
  private static final String MFA = "second step";
  private static final String CODE = "code transaction";
  private static final Set<String> BEARERS = Set.of(ACCESS, KEY, "administrator's key");

  /// A place of a body that takes a credential.
  ///
  /// @param accepted what kinds of credential are good there
  /// @param body with a place for the credential
  private record Slot(String path, Set<String> accepted, String body) {
    Answer offer(Site site, String credential) {
      return site.post(path, body.formatted(credential));
    }
  }

  @TempDir Path folder;
  private Site site;
  private Map<String, String> credentials;
  private Authenticator app = new Authenticator("");

  @BeforeEach
  void open() {
    site = new Site(folder, Fort.MODEL);
    site.member(ANN);
    site.member(BOB);
    credentials = credentials();
  }

  /// One good credential of each kind.
  private Map<String, String> credentials() {
    var all = new LinkedHashMap<String, String>();
    var bob = site.signIn(BOB).text("accessToken");
    app = site.secondFactor(bob);
    all.put(MFA, site.signIn(BOB).text("mfaToken"));
    var in = site.signIn(ANN);
    all.put(ACCESS, in.text("accessToken"));
    all.put("refresh token", in.text("refreshToken"));
    all.put(COOKIE, site.browser(ANN));
    all.put(
        KEY, site.as(in.text("accessToken"), "POST", "/auth/keys", "{\"name\":\"k\"}").text("key"));
    all.put("administrator's key", Site.ADMIN);
    site.as(in.text("accessToken"), "POST", "/auth/email", "{\"email\":\"neo@example.org\"}");
    all.put("new address", site.mailed("email-change", "token"));
    all.put("old address", site.mailed("email-leaving", "token"));
    site.post("/auth/password/reset", email(ANN));
    all.put("reset", site.mailed("reset-password", "token"));
    site.post("/auth/magic-link", email(ANN));
    all.put("magic link", site.mailed("magic-link", "token"));
    all.put(CODE, site.post("/auth/email-code", email(ANN)).text("transaction"));
    site.post("/auth/sign-up", "{\"email\":\"cy@example.org\",\"password\":\"" + NEXT + "\"}");
    all.put("confirmation", site.mailed("confirm-email", "token"));
    site.as(Site.ADMIN, "POST", "/auth/invitations", email("dee@example.org"));
    all.put("invitation", site.mailed("invitation", "token"));
    assertThat(all.values()).doesNotContain("").doesNotHaveDuplicates().hasSize(13);
    site.later(Duration.ofMinutes(6)); // a sign-in of just now may do more than the credential
    return all;
  }

  private String held(String kind) {
    return credentials.getOrDefault(kind, "");
  }

  private static String email(String address) {
    return "{\"email\":\"" + address + "\"}";
  }

  private List<Slot> slots() {
    var password = "\"password\":\"" + NEXT + "\"";
    return List.of(
        new Slot("/auth/refresh", Set.of("refresh token"), "{\"refreshToken\":\"%s\"}"),
        new Slot("/auth/verify", Set.of("confirmation"), "{\"token\":\"%s\"}"),
        new Slot(
            "/auth/password/reset/confirm", Set.of("reset"), "{\"token\":\"%s\"," + password + "}"),
        new Slot("/auth/magic-link/confirm", Set.of("magic link"), "{\"token\":\"%s\"}"),
        new Slot("/auth/email/stop", Set.of("old address"), "{\"token\":\"%s\"}"),
        new Slot("/auth/email/confirm", Set.of("old address", "new address"), "{\"token\":\"%s\"}"),
        new Slot(
            "/auth/email-code/confirm",
            Set.of(CODE),
            "{\"transaction\":\"%s\",\"code\":\"" + site.mailed("email-code", "code") + "\"}"),
        new Slot(
            "/auth/mfa/verify",
            Set.of(MFA),
            "{\"mfaToken\":\"%s\",\"code\":\"" + app.code(site.now()) + "\"}"),
        new Slot(
            "/auth/sign-up",
            Set.of("invitation"),
            "{\"email\":\"dee@example.org\"," + password + ",\"invitation\":\"%s\"}"),
        new Slot("/auth/sign-in", Set.of(), "{\"login\":\"" + ANN + "\",\"password\":\"%s\"}"),
        new Slot("/auth/sign-in", Set.of(), "{\"login\":\"%s\",\"password\":\"" + NEXT + "\"}"),
        new Slot(
            "/auth/email-code/confirm",
            Set.of(),
            "{\"transaction\":\"" + held(CODE) + "\",\"code\":\"%s\"}"));
  }

  @Test
  void in_the_header_access_tokens_and_keys_are_good_on_every_route_and_nothing_else_is() {
    var before = site.kept();
    for (var route : site.routes()) {
      credentials.forEach(
          (kind, credential) -> {
            if (!BEARERS.contains(kind)) {
              var answer = site.as(credential, route.method(), route.target(), "");
              assertThat(answer.status()).as("%s as header at %s", kind, route).isEqualTo(401);
              assertThat(answer.code()).isEqualTo("authorize/bad-credentials");
            }
          });
    }
    assertThat(site.kept()).isEqualTo(before);
  }

  @Test
  void each_of_the_good_ones_is_known_on_every_route() {
    for (var route : site.routes()) {
      for (var kind : BEARERS) {
        var credential = kind.equals(ACCESS) ? living() : held(kind);
        var answer = site.as(credential, route.method(), route.target(), "");
        assertThat(answer.code())
            .as("%s as header at %s", kind, route)
            .isNotEqualTo("authorize/bad-credentials");
      }
      var sent = Site.cookie(livingCookie());
      assertThat(site.send(route.method(), route.target(), sent, "").code())
          .as("cookie at %s", route)
          .isNotEqualTo("authorize/bad-credentials");
    }
  }

  /// An access token that no route has ended yet.
  private String living() {
    var token = held(ACCESS);
    if (site.get(token, "/auth/me").status() != 200) {
      token = site.signIn(ANN).text("accessToken");
      site.later(Duration.ofMinutes(6));
      credentials.put(ACCESS, token);
    }
    return token;
  }

  private String livingCookie() {
    var cookie = held(COOKIE);
    if (site.send("GET", "/auth/me", Site.cookie(cookie), "").status() != 200) {
      cookie = site.browser(ANN);
      site.later(Duration.ofMinutes(6));
      credentials.put(COOKIE, cookie);
    }
    return cookie;
  }

  @Test
  void as_a_cookie_nothing_but_the_cookie_is_more_than_nobody() {
    var before = site.kept();
    for (var route : site.routes()) {
      var nobody = site.send(route.method(), route.target(), Map.of(), "");
      credentials.forEach(
          (kind, credential) -> {
            if (kind.equals(COOKIE)) {
              return;
            }
            var cookie = Site.cookie(credential);
            var answer = site.send(route.method(), route.target(), cookie, "");
            if (route.of("/auth/")) {
              assertThat(answer).as("%s as cookie at %s", kind, route).isEqualTo(nobody);
            } else {
              assertThat(answer.code())
                  .as("%s as cookie at %s", kind, route)
                  .isEqualTo("authorize/bad-credentials");
            }
          });
    }
    assertThat(site.kept()).isEqualTo(before);
  }

  @Test
  void in_each_member_of_a_body_its_own_kind_alone_is_good() {
    offerAllElsewhere();
  }

  private void offerAllElsewhere() {
    var before = site.kept();
    for (var slot : slots()) {
      credentials.forEach(
          (kind, credential) -> {
            if (!slot.accepted().contains(kind)) {
              var answer = slot.offer(site, credential);
              var refusals = slot.path().equals("/auth/sign-up") ? Set.of(403) : Set.of(401);
              assertThat(answer.status()).as(kind + " " + slot + answer).isIn(refusals);
            }
          });
    }
    assertThat(withoutTries(site.kept())).isEqualTo(withoutTries(before));
  }

  /// How often a code was tried counts; that is no use of it.
  private static String withoutTries(String kept) {
    return kept.replaceAll("(?m)^(attempt|accountTicket).*$", "$1");
  }

  @Test
  void what_was_offered_everywhere_else_is_still_good_where_it_belongs() {
    offerAllElsewhere();
    var order =
        List.of(
            "confirmation",
            "invitation",
            MFA,
            "refresh token",
            "magic link",
            "new address",
            "old address");
    for (var kind : order) {
      var slot =
          slots().stream().filter(one -> one.accepted().contains(kind)).findFirst().orElseThrow();
      var answer = slot.offer(site, held(kind));
      assertThat(answer.status()).as(kind + answer).isIn(200, 201, 204);
      assertThat(slot.offer(site, held(kind)).status())
          .as("%s once more", kind)
          .isIn(200, 401, 403); // a lost answer of refresh can be had again
    }
  }

  @Test
  void a_reset_that_was_offered_everywhere_else_still_resets() {
    offerAllElsewhere();
    var slot = slots().stream().filter(s -> s.accepted().contains("reset")).findFirst();
    assertThat(slot.orElseThrow().offer(site, held("reset")).status()).isEqualTo(204);
  }

  @Test
  void a_query_carries_no_credential() {
    for (var route : site.routes()) {
      for (var name : List.of("access_token", "token", "key", "api_key", "authorization")) {
        var target = route.target() + "?" + name + "=";
        var known = site.send(route.method(), target + held(ACCESS), Map.of(), "");
        var unknown = site.send(route.method(), target + "nonsense", Map.of(), "");
        assertThat(known).as("%s %s", route, name).isEqualTo(unknown);
      }
    }
  }
}
