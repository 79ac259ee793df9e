package engineroom.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a caller may not read can't be told from what is not there, in whichever clause it is
/// named: an app with the fields and one without them give the same answers, byte for byte.
class HiddenNamesTest {
  private static final String ANN = "ann@example.org";

  /// As long as the names that are there, and near to no other.
  private static final String NO_NAME = "frumbled";

  @TempDir Path folder;
  private Site with;
  private Site without;
  private String ann = "";
  private String annElsewhere = "";

  @BeforeEach
  void open() throws Exception {
    with = new Site(Files.createDirectory(folder.resolve("with")), Fort.MODEL);
    without = new Site(Files.createDirectory(folder.resolve("without")), plain());
    ann = filled(with);
    annElsewhere = filled(without);
    var canary = "{\"quorvash\":\"x\",\"zandrill\":\"x\"}";
    var path = "/api/notes/" + with.id("note", "code", "c1");
    assertThat(with.as(Site.ADMIN, "PATCH", path, canary).status()).isEqualTo(200);
    assertThat(without.as(Site.ADMIN, "PATCH", path, "{\"text\":\"t\"}").status()).isEqualTo(200);
  }

  /// The model without the fields that are kept from callers.
  private static String plain() {
    return Fort.MODEL
        .lines()
        .filter(line -> !line.contains("quorvash") && !line.contains("zandrill"))
        .filter(line -> !line.strip().equals("fields:") || !line.startsWith("        "))
        .reduce("", (one, other) -> one + other + "\n");
  }

  private static String filled(Site site) {
    site.member(ANN);
    var token = site.signIn(ANN).text("accessToken");
    var body = "{\"title\":\"f\",\"notes\":[{\"code\":\"c1\",\"text\":\"t\"}]}";
    var answer = site.as(token, "POST", "/api/folders", body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return token;
  }

  private void same(Demand demand, String name) {
    for (var known : List.of(true, false)) {
      var there = demand.of(with, known ? ann : "");
      var gone = demand.of(without, known ? annElsewhere : "");
      assertThat(there.toString()).as("%s for %s", demand, name).isEqualTo(gone.toString());
      if (known && demand.target().contains(name) && !demand.target().contains("/trash")) {
        assertThat(there.status()).as("%s %s", demand, there.body()).isIn(400, 404, 422);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"quorvash", "zandrill", "folder.owner.quorvash", "by.zandrill"})
  void no_clause_tells_a_field_that_is_kept_from_one_that_is_not_there(String name) {
    Demand.reading("notes", name).forEach(demand -> same(demand, name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"notes.quorvash", "notes.zandrill", "notes.by.zandrill"})
  void no_clause_about_lists_does_either(String name) {
    Demand.reading("folders", name).forEach(demand -> same(demand, name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"quorvash", "zandrill"})
  void no_member_that_is_written_does_at_any_depth(String name) {
    var note = with.id("note", "code", "c1");
    var before = with.get(Site.ADMIN, "/api/notes?fields=quorvash,zandrill,text").body();
    for (var value : List.of("\"x\"", "null", "7", "[]", "{}")) {
      for (var demand : Demand.writing(note, "\"" + name + "\":" + value)) {
        same(demand, name);
        assertThat(demand.of(with, ann).body()).as(demand.toString()).contains(name);
      }
    }
    var csv = new Demand("POST", "/api/notes/import", "text/csv", "text," + name + "\nt,x\n");
    same(csv, name);
    assertThat(with.get(Site.ADMIN, "/api/notes?fields=quorvash,zandrill,text").body())
        .isEqualTo(before);
  }

  @Test
  void searching_finds_nothing_of_what_is_kept() {
    for (var target : List.of("/api/notes?search=x", "/api/notes/export?search=x")) {
      assertThat(with.get(ann, target)).isEqualTo(without.get(annElsewhere, target));
    }
    assertThat(with.get(Site.ADMIN, "/api/notes?search=x&fields=code").body()).contains("c1");
  }

  @Test
  void documents_do_not_name_what_is_kept() {
    for (var credential : List.of("", ann)) {
      assertThat(with.get(credential, "/openapi.json").body())
          .doesNotContain("quorvash", "zandrill", "totpSecret", "accountTicket");
    }
    assertThat(with.get(Site.ADMIN, "/openapi.json").body()).contains("quorvash", "zandrill");
  }

  @Test
  void closed_entities_say_the_same_whatever_is_asked_of_them() {
    for (var entity : List.of("cabinet", "accountTicket", "signingKey", "auditEntry", "attempt")) {
      var plural = with.model().entity(entity).plural();
      for (var name : fields(entity)) {
        var none = Demand.reading(plural, NO_NAME).iterator();
        Demand.reading(plural, name).forEach(demand -> refusedAlike(demand, name, none.next()));
      }
    }
  }

  private void refusedAlike(Demand demand, String name, Demand none) {
    for (var credential : List.of("", ann)) {
      var answer = demand.of(with, credential);
      assertThat(answer.status()).as(demand.toString()).isIn(400, 401, 403, 404);
      assertThat(answer.toString().replaceAll("\\b" + name + "\\b", NO_NAME))
          .as(demand.toString())
          .isEqualTo(none.of(with, credential).toString());
    }
  }

  /// All names but two that other parts of requests and answers have as well.
  private List<String> fields(String entity) {
    return with.model().entity(entity).fields().keySet().stream()
        .filter(name -> !name.equals("id") && !name.equals("requestId"))
        .toList();
  }

  @Test
  void a_path_ends_where_a_hop_may_not_be_read() {
    for (var leaf : List.of("label", "quorvash", "createdAt")) {
      for (var demand : Demand.reading("notes", "cabinet." + leaf)) {
        var there = demand.of(with, ann).toString().replace(leaf, NO_NAME);
        var none =
            new Demand(
                demand.method(),
                demand.target().replace("cabinet." + leaf, "cabinet." + NO_NAME),
                demand.type(),
                demand.body().replace("cabinet." + leaf, "cabinet." + NO_NAME));
        assertThat(there).as(demand.toString()).isEqualTo(none.of(with, ann).toString());
      }
    }
  }
}
