package engineroom.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a request says of the host, the path or the method that somebody before us saw changes
/// neither an answer nor a mail.
class HostHeadersTest {
  private static final String ANN = "ann@example.org";
  private static final List<Map<String, String>> FORGED =
      List.of(
          Map.of("Host", "evil.example"),
          Map.of("Host", "shop.example@evil.example"),
          Map.of("Host", "evil.example:80#shop.example"),
          Map.of("Host", ""),
          Map.of("X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "https"),
          Map.of("Forwarded", "host=evil.example;proto=https;for=127.0.0.1"),
          Map.of("X-Host", "evil.example", "X-Forwarded-Server", "evil.example"),
          Map.of("X-Forwarded-Prefix", "//evil.example", "X-Original-Host", "evil.example"),
          Map.of("X-Original-URL", "/admin/evil.example", "X-Rewrite-URL", "/admin/backups"),
          Map.of("X-HTTP-Method-Override", "DELETE", "X-Method-Override", "DELETE"),
          Map.of("Origin", "https://evil.example", "Referer", "https://evil.example/"));

  @TempDir Path folder;
  private Site site;

  @BeforeEach
  void open() {
    site = new Site(folder, Fort.MODEL);
    site.member(ANN);
  }

  @Test
  void no_answer_of_any_route_takes_notice_of_them() {
    for (var route : site.routes()) {
      var body = route.safe() ? "" : "{}";
      for (var credential : List.of("", Site.ADMIN)) {
        if (!credential.isEmpty() && route.of("/admin/backups")) {
          continue; // it makes one each time
        }
        site.as(credential, route.method(), route.target(), body); // what is done is done
        var honest = site.as(credential, route.method(), route.target(), body);
        for (var forged : FORGED) {
          var headers = new LinkedHashMap<>(Site.bearer(credential));
          headers.putAll(forged);
          var answer = site.send(route.method(), route.target(), headers, body);
          assertThat(plain(answer)).as("%s %s", route, forged).isEqualTo(plain(honest));
          assertThat(answer.toString()).doesNotContain("evil.example");
        }
      }
    }
  }

  /// Tokens and times differ from one answer to the next.
  private static String plain(Answer answer) {
    return answer.status() + answer.headers().keySet().toString() + answer.code();
  }

  @Test
  void no_mail_carries_them() {
    var access = site.signIn(ANN).text("accessToken");
    var own = "{\"email\":\"" + ANN + "\"}";
    for (var forged : FORGED) {
      int before = site.mails().size();
      var number = Integer.toString(FORGED.indexOf(forged));
      var fresh = "\"email\":\"n" + number + "@example.org\"";
      var up = "{" + fresh + ",\"password\":\"" + Site.PASSWORD + "\"}";
      assertThat(site.send("POST", "/auth/sign-up", forged, up).status()).isEqualTo(201);
      for (var path : List.of("/auth/password/reset", "/auth/magic-link", "/auth/email-code")) {
        assertThat(site.send("POST", path, forged, own).status()).isEqualTo(202);
      }
      var known = new LinkedHashMap<>(Site.bearer(access));
      known.putAll(forged);
      site.send("POST", "/auth/email", known, "{" + fresh + "}");
      var admin = new LinkedHashMap<>(Site.bearer(Site.ADMIN));
      admin.putAll(forged);
      site.send("POST", "/auth/invitations", admin, "{\"email\":\"i" + number + "@example.org\"}");
      assertThat(site.mails()).hasSizeGreaterThan(before + 2);
    }
    assertThat(site.mails().toString()).doesNotContain("evil");
  }

  @Test
  void the_only_redirect_stays_here() {
    for (var forged : FORGED) {
      assertThat(site.send("GET", "/", forged, "").headers()).containsEntry("Location", "/docs");
    }
  }
}
