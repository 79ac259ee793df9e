package engineroom.security;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.model.Field;
import engineroom.records.Where;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every field that the program or an administrator alone writes, sent by a user at every depth and
/// through every request that writes: refused by its name, and nothing changed.
class MassAssignmentTest {
  private static final String ANN = "ann@example.org";
  private static final Set<String> ROW = Set.of("version", "createdAt", "updatedAt");
  private static final List<String> VALUES =
      List.of("true", "\"x\"", "7", "null", "[\"administrator\"]", "\"2026-11-21T12:00:00Z\"");

  @TempDir Path folder;
  private Site site;
  private String ann = "";
  private String me = "";

  @BeforeEach
  void open() {
    site = new Site(folder, Fort.MODEL);
    site.member(ANN);
    ann = site.signIn(ANN).text("accessToken");
    me = site.id("user", "email", ANN);
    site.as(ann, "POST", "/api/notes", "{\"code\":\"c1\",\"text\":\"t\"}");
    site.as(ann, "POST", "/auth/keys", "{\"name\":\"k\"}");
  }

  /// The names of an entity that a user may not write.
  private List<String> kept(String entity) {
    var names =
        new ArrayList<>(
            site.model().entity(entity).fields().values().stream()
                .filter(MassAssignmentTest::kept)
                .map(Field::name)
                .toList());
    names.addAll(ROW);
    return names;
  }

  private static boolean kept(Field field) {
    var traits = field.traits();
    return traits.readOnly() || traits.hidden() || traits.internal();
  }

  private void refused(Demand demand, String name) {
    var answer = demand.of(site, ann);
    assertThat(answer.status()).as("%s → %s", demand, answer).isIn(200, 422);
    assertThat(answer.body()).as(demand.toString()).contains(name);
    if (answer.status() == 200) { // imports tell of each line, and write none
      assertThat(answer.body()).contains("\"created\":0", "\"changed\":0");
    }
  }

  @Test
  void no_field_of_the_program_is_written_at_any_depth() {
    var names = new ArrayList<>(kept("note"));
    names.add("zandrill");
    names.add("by");
    assertThat(names).contains("made", "quorvash", "createdAt");
    var before = site.kept();
    for (var name : names) {
      for (var value : VALUES) {
        for (var demand : Demand.writing(site.id("note", "code", "c1"), quoted(name, value))) {
          refused(demand, name);
        }
      }
    }
    assertThat(withoutImports(site.kept())).isEqualTo(withoutImports(before));
  }

  private static String quoted(String name, String value) {
    return "\"" + name + "\":" + value;
  }

  private static String withoutImports(String kept) {
    return kept.lines().filter(line -> !line.startsWith("import")).toList().toString();
  }

  @Test
  void nobody_makes_themselves_more_than_they_are() {
    var names = kept("user");
    assertThat(names)
        .contains("email", "roles", "suspended", "password", "totpSecret", "secondFactor", "rank");
    var before = site.kept();
    for (var name : names) {
      for (var value : VALUES) {
        var body = "{" + quoted(name, value) + "}";
        var rows = "{\"nick\":\"n\"," + quoted(name, value) + "}";
        refused(json("PATCH", "/api/users/" + me, body), name);
        refused(json("PUT", "/api/users/" + me, rows), name);
        refused(json("PATCH", "/api/users?max=5&id=" + me, body), name);
        var path = "\"path\":\"/users/" + me + "\"";
        refused(
            json(
                "POST",
                "/api/batch",
                "{\"requests\":[{\"method\":\"PATCH\"," + path + ",\"body\":" + body + "}]}"),
            name);
        var up =
            "{\"email\":\"bob@example.org\",\"password\":\"%s\",%s}"
                .formatted(Site.PASSWORD, quoted(name, value));
        if (!name.equals("email") && !name.equals("password")) {
          refused(json("POST", "/auth/sign-up", up), name);
        }
      }
    }
    assertThat(site.kept()).isEqualTo(before);
  }

  private static Demand json(String method, String target, String body) {
    return new Demand(method, target, "application/json", body);
  }

  @Test
  void no_row_of_the_programs_own_is_made_or_changed_by_a_user() {
    var before = site.kept();
    var filling = "\"user\":\"" + me + "\"";
    for (var entity : List.of("session", "apiKey", "identity", "invitation", "accountTicket")) {
      var plural = site.model().entity(entity).plural();
      var rows = site.records().all(entity, Where.ALL, 1);
      var id = rows.isEmpty() ? me : Site.spelled(rows.getFirst().id());
      for (var name : site.model().entity(entity).fields().keySet()) {
        var body = "{" + filling + "," + quoted(name, "\"x\"") + "}";
        for (var demand :
            List.of(
                json("POST", "/api/" + plural, body),
                json("PUT", "/api/" + plural + "?by=id", "[" + body + "]"),
                json("PATCH", "/api/" + plural + "/" + id, body),
                json("PUT", "/api/" + plural + "/" + id, body),
                json("PATCH", "/api/" + plural + "?max=5&id=" + id, body),
                json("POST", "/api/" + plural + "/import", "[" + body + "]"),
                json("POST", "/api/users/" + me + "/" + plural, body),
                json("PATCH", "/api/users/" + me, "{\"" + plural + "\":[" + body + "]}"))) {
          var answer = demand.of(site, ann);
          assertThat(answer.status()).as("%s → %s", demand, answer).isIn(400, 403, 404, 405, 422);
        }
      }
    }
    assertThat(withoutImports(site.kept())).isEqualTo(withoutImports(before));
  }

  @Test
  void members_that_no_route_knows_are_refused_by_name() {
    for (var route : site.routes()) {
      if (!route.of("/auth/") || route.safe() || route.path().contains("{id}")) {
        continue;
      }
      var answer = site.as(ann, route.method(), route.target(), "{\"administrator\":true}");
      assertThat(answer.status()).as("%s → %s", route, answer).isIn(204, 403, 422);
      if (answer.status() == 422) {
        assertThat(answer.body()).as(route.toString()).contains("administrator");
      }
    }
  }

  @Test
  void a_key_or_an_invitation_gives_nobody_more_than_its_maker_has() {
    for (var role : List.of("chief", "staff", "administrator")) {
      var invitation = Map.of("email", "\"cy@example.org\"", "roles", "[\"" + role + "\"]");
      var body =
          invitation.entrySet().stream()
              .map(member -> quoted(member.getKey(), member.getValue()))
              .reduce((one, other) -> one + "," + other);
      var answer = site.as(ann, "POST", "/auth/invitations", "{" + body.orElseThrow() + "}");
      assertThat(answer.status()).isEqualTo(403);
    }
    var key = site.as(ann, "POST", "/auth/keys", "{\"name\":\"k\",\"roles\":[\"chief\"]}");
    assertThat(key.status()).isEqualTo(422);
    var other = "{\"name\":\"k\",\"user\":\"" + me + "\"}";
    assertThat(site.as(ann, "POST", "/auth/keys", other).status()).isIn(201, 403);
  }
}
