package engineroom.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A key for reading changes nothing on any route, whoever made it.
class ReadOnlyKeyTest {
  private static final String ANN = "ann@example.org";

  /// What by its effect is a read, though not by its method.
  private static final Set<String> READS = Set.of("query");

  /// What anybody may ask, and no caller is looked at.
  private static final Set<String> FOR_EVERYBODY =
      Set.of(
          "/auth/sign-up",
          "/auth/sign-in",
          "/auth/refresh",
          "/auth/sign-out",
          "/auth/verify",
          "/auth/password/reset",
          "/auth/password/reset/confirm",
          "/auth/magic-link",
          "/auth/magic-link/confirm",
          "/auth/email-code",
          "/auth/email-code/confirm",
          "/auth/email/confirm",
          "/auth/email/stop",
          "/auth/anonymous",
          "/auth/mfa/verify");

  @TempDir Path folder;
  private Site site;
  private String key = "";
  private String ann = "";

  @BeforeEach
  void open() {
    site = new Site(folder, Fort.MODEL);
    site.member(ANN);
    site.roles(ANN, "chief");
    ann = site.signIn(ANN).text("accessToken");
    var wish = "{\"name\":\"k\",\"scopes\":[\"*:read\"]}";
    key = site.as(ann, "POST", "/auth/keys", wish).text("key");
    site.as(ann, "POST", "/api/folders", "{\"title\":\"f\",\"notes\":[{\"text\":\"t\"}]}");
    site.get(key, "/api/notes");
    site.later(Duration.ofSeconds(1));
  }

  private static String body(Route route) {
    if (route.path().equals("/api/batch")) {
      return "{\"requests\":[{\"method\":\"POST\",\"path\":\"/notes\",\"body\":{\"text\":\"t\"}}]}";
    }
    return switch (route.path().replaceFirst("^/api/([a-zA-Z]+).*$", "$1")) {
      case "folders" -> "{\"title\":\"z\"}";
      case "users" -> "{\"name\":\"z\"}";
      case "cabinets" -> "{\"label\":\"z\"}";
      default -> "{\"text\":\"z\"}";
    };
  }

  @Test
  void every_route_that_writes_refuses_it_and_changes_nothing() {
    var before = site.kept();
    int refused = 0;
    for (var route : site.routes()) {
      var last = route.path().substring(route.path().lastIndexOf('/') + 1);
      if (route.safe() || READS.contains(last) || FOR_EVERYBODY.contains(route.path())) {
        continue;
      }
      for (var ids : ids(route)) {
        var query = route.path().contains("{id}") ? "" : "?max=10&text=t";
        var target = route.target(ids) + (route.method().matches("PATCH|DELETE") ? query : "");
        for (var sent : List.of(body(route), "", "[" + body(route) + "]")) {
          var answer = site.as(key, route.method(), target, sent);
          assertThat(answer.status())
              .as("%s %s → %s", route, sent, answer.body())
              .isIn(400, 401, 403, 404, 415, 422);
          refused += answer.status() == 403 ? 1 : 0;
        }
      }
    }
    assertThat(refused).isGreaterThan(50);
    assertThat(site.kept()).isEqualTo(before);
  }

  /// The ids of rows that are there, as far as the route has a place for one.
  private List<Map<String, String>> ids(Route route) {
    if (!route.path().contains("{id}")) {
      return List.of(Map.of());
    }
    var note = site.id("note", "text", "t");
    return List.of(
        Map.of("id", note, "child", note, "version", "1"),
        Map.of("id", site.id("folder", "title", "f"), "child", note, "version", "1"),
        Map.of("id", site.id("user", "email", ANN), "child", note, "version", "1"));
  }

  @Test
  void what_is_for_everybody_takes_no_notice_of_it() {
    for (var path : FOR_EVERYBODY) {
      if (path.equals("/auth/verify")) {
        assertThat(site.as(key, "POST", path, "{}").status())
            .isEqualTo(403); // it would send a mail
        continue;
      }
      var sent = site.as(key, "POST", path, "{}");
      assertThat(site.post(path, "{}").status()).as(path).isEqualTo(sent.status());
    }
    assertThat(site.get(key, "/api/notes").status()).as("it is still good").isEqualTo(200);
  }

  @Test
  void reading_changes_nothing_on_any_route() {
    site.get(ann, "/api/notes");
    var before = site.kept();
    for (var route : site.routes()) {
      if (route.safe()) {
        for (var ids : ids(route)) {
          site.as(ann, route.method(), route.target(ids), "");
          site.as(key, route.method(), route.target(ids), "");
        }
      }
    }
    assertThat(site.kept()).isEqualTo(before);
  }
}
