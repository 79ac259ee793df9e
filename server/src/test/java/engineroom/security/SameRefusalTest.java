package engineroom.security;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.Value;
import engineroom.records.Where;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A row that is somebody else's and a row that is not there get the same answer on every route.
class SameRefusalTest {
  private static final String NOTHING = "01980000-0000-7000-8000-00000000dead";
  private static final List<String> BODIES =
      List.of("", "{}", "{\"text\":\"z\"}", "{\"title\":\"z\"}", "[{}]", "{\"nick\":\"z\"}");

  @TempDir Path folder;
  private Site site;
  private String bob = "";

  @BeforeEach
  void open() {
    site = new Site(folder, Fort.MODEL);
    site.member("ann@example.org");
    site.member("bob@example.org");
    var ann = site.signIn("ann@example.org").text("accessToken");
    var own = "{\"title\":\"f\",\"notes\":[{\"code\":\"c1\",\"text\":\"t\"}]}";
    assertThat(site.as(ann, "POST", "/api/folders", own).status()).isEqualTo(201);
    assertThat(site.as(ann, "POST", "/auth/keys", "{\"name\":\"k\"}").status()).isEqualTo(201);
    site.as(Site.ADMIN, "POST", "/auth/invitations", "{\"email\":\"cy@example.org\"}");
    site.as(ann, "POST", "/api/notes", "{\"code\":\"gone\",\"text\":\"t\"}");
    site.as(ann, "DELETE", "/api/notes/" + site.id("note", "code", "gone"), "");
    bob = site.signIn("bob@example.org").text("accessToken");
  }

  /// The ids of every row that bob may not see.
  private List<String> foreign(String entity) {
    var ids = new ArrayList<String>();
    var own = site.id("user", "email", "bob@example.org");
    for (var row : site.records().all(entity, Where.ALL, 100)) {
      var text = row.toString();
      if (row.id() instanceof Value.Uuid(var id) && !text.contains(own)) {
        ids.add(id.toString());
      }
    }
    return ids;
  }

  @Test
  void no_route_tells_a_foreign_row_from_none() {
    int compared = 0;
    for (var route : site.routes()) {
      if (!route.path().contains("{id}") || route.toString().matches("PUT /api/[a-zA-Z]+/\\{id}")) {
        continue;
      }
      for (var id : ids(route)) {
        compared += same(route, id);
      }
    }
    assertThat(compared).isGreaterThan(500);
  }

  /// How often both were answered alike.
  private int same(Route route, String id) {
    for (var body : BODIES) {
      for (var credential : List.of("", bob)) {
        var there = asked(route, id, body, credential).toString();
        var gone = asked(route, NOTHING, body, credential).toString();
        assertThat(there.replace(id, NOTHING)).as("%s %s %s", route, id, body).isEqualTo(gone);
      }
    }
    return 2 * BODIES.size();
  }

  private List<String> ids(Route route) {
    var plural = route.path().split("/", -1)[2];
    return site.model()
        .findPlural(plural)
        .map(entity -> foreign(entity.name()))
        .orElseGet(() -> foreign(plural.equals("keys") ? "apiKey" : "session"));
  }

  private Answer asked(Route route, String id, String body, String credential) {
    var parts = Map.of("id", id, "child", NOTHING, "version", "1");
    return site.as(credential, route.method(), route.target(parts), body);
  }

  @Test
  void a_foreign_row_can_not_be_named_by_another() {
    var folder = site.id("folder", "title", "f");
    for (var id : List.of(folder, NOTHING)) {
      var body = "{\"text\":\"t\",\"folder\":\"" + id + "\"}";
      var answer = site.as(bob, "POST", "/api/notes", body);
      assertThat(answer.status()).as(answer.body()).isIn(404, 422);
      var batch =
          "{\"requests\":[{\"method\":\"POST\",\"path\":\"/notes\",\"body\":" + body + "}]}";
      assertThat(site.as(bob, "POST", "/api/batch", batch).status()).isIn(404, 422);
    }
    var named =
        List.of(folder, NOTHING).stream()
            .map(
                id ->
                    site.as(
                        bob, "POST", "/api/notes", "{\"text\":\"t\",\"folder\":\"" + id + "\"}"))
            .map(answer -> answer.toString().replace(folder, NOTHING))
            .distinct();
    assertThat(named).hasSize(1);
  }

  @Test
  void replacing_a_foreign_row_changes_nothing_of_it() {
    var note = site.id("note", "code", "c1");
    var before = site.row("note", "code", "c1").toString();
    var answer = site.as(bob, "PUT", "/api/notes/" + note, "{\"text\":\"z\"}");
    assertThat(answer.status()).as(answer.body()).isIn(403, 404, 409);
    assertThat(answer.body()).doesNotContain("c1");
    assertThat(site.row("note", "code", "c1").toString()).isEqualTo(before);
  }
}
