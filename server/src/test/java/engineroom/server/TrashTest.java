package engineroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.operation.Caller;
import engineroom.server.PurgeClock.Purge;
import engineroom.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was deleted, through restarts, changes of the model, and time.
class TrashTest {
  private static final String BOX =
      """
      box:
        plural: boxes
        trash: 30d
        fields:
          name: { type: text, max: 40 }
          size: { type: enum, values: [small, large], default: small }
          weight: integer?
        access: { read: "true", write: "true" }
      item:
        fields:
          box: { type: box, inverse: items, owned: true }
          title: text
        access: { read: "true", write: "true" }
      """;

  @TempDir Path folder;
  private AppOnDisk app;
  private ManualClock clock;

  @BeforeEach
  void with_boxes_that_can_be_brought_back() {
    app = new AppOnDisk(folder);
    clock = app.clock();
    start(BOX);
  }

  @AfterEach
  void stop() {
    app.close();
  }

  private void start(String entities) {
    app.start(entities);
  }

  private String send(Caller caller, String method, String path, String body) {
    return app.send(caller, method, path, body);
  }

  private String admin(String method, String path) {
    return app.admin(method, path);
  }

  /// The id of a box that was deleted with its item.
  private String deleted(String box) {
    var answer = send(Caller.Administrator.ADMINISTRATOR, "POST", "/api/boxes?fields=id", box);
    assertThat(answer).startsWith("201 ");
    var id = answer.replaceAll("^.*\"id\":\"([^\"]+)\".*$", "$1");
    assertThat(admin("DELETE", "/api/boxes/" + id)).isEqualTo("204");
    return id;
  }

  private static final String TEAS =
      "{\"name\":\"Teas\",\"size\":\"large\",\"weight\":7,\"items\":[{\"title\":\"Sencha\"}]}";

  @Test
  void comes_back_after_a_restart() {
    var id = deleted(TEAS);
    start(BOX);
    assertThat(admin("POST", "/api/boxes/trash/" + id + "/restore?fields=name&expand=items"))
        .startsWith("200 {\"name\":\"Teas\",\"items\":[{")
        .contains("Sencha");
  }

  @Test
  void is_found_again_under_new_names() {
    var id = deleted(TEAS);
    start(
        """
        crate:
          was: box
          trash: 30d
          fields:
            label: { type: text, max: 40, was: name }
            size: { type: enum, values: [small, big], wasValues: { large: big }, default: small }
            weight: integer?
          access: { read: "true", write: "true" }
        thing:
          was: item
          fields:
            crate: { type: crate, inverse: things, owned: true, was: box }
            title: text
          access: { read: "true", write: "true" }
        """);
    assertThat(admin("GET", "/api/crates/trash"))
        .contains("\"label\":\"Teas\",\"size\":\"big\",\"weight\":7", "\"with\":{\"things\":1}");
    assertThat(admin("POST", "/api/crates/trash/" + id + "/restore?fields=label,size"))
        .isEqualTo("200 {\"label\":\"Teas\",\"size\":\"big\"}");
    assertThat(admin("GET", "/api/things?fields=title"))
        .startsWith("200 {\"data\":[{\"title\":\"Sencha\"}]");
  }

  @Test
  void tells_every_value_that_no_longer_fits() {
    var id = deleted(TEAS);
    start(
        """
        box:
          plural: boxes
          trash: 30d
          fields:
            name: { type: text, max: 3 }
            size: { type: enum, values: [small, huge], default: small }
            weight: boolean?
            colour: text
          access: { read: "true", write: "true" }
        """);
    assertThat(admin("POST", "/api/boxes/trash/" + id + "/restore"))
        .startsWith("422 ")
        .contains(
            "{\"path\":\"name\",\"code\":\"max\",\"message\":\"must have at most 3 characters\"")
        .contains("{\"path\":\"size\",\"code\":\"enum\"")
        .contains("{\"path\":\"weight\",\"code\":\"type\"")
        .contains(
            "{\"path\":\"colour\",\"code\":\"required\",\"message\":\"is required since; give it a"
                + " backfill or a default in the model\"}");
  }

  @Test
  void loses_what_the_model_drops_even_where_something_has_its_name_later() {
    var id = deleted(TEAS);
    start(
        """
        box:
          plural: boxes
          trash: 30d
          fields: { name: { type: text, max: 40 } }
          access: { read: "true", write: "true" }
        """);
    start(BOX);
    assertThat(admin("GET", "/api/boxes/trash")).contains("\"Teas\"").doesNotContain("items");
    assertThat(
            admin(
                "POST", "/api/boxes/trash/" + id + "/restore?fields=name,size,weight&expand=items"))
        .isEqualTo("200 {\"name\":\"Teas\",\"size\":\"small\",\"weight\":null,\"items\":[]}");
  }

  @Test
  void is_gone_with_its_entity_even_where_another_has_its_name_later() {
    var id = deleted(TEAS);
    start("shelf:\n  fields: { name: text }\n  access: { read: true }\n");
    start(BOX);
    assertThat(admin("GET", "/api/boxes/trash")).startsWith("200 {\"data\":[]");
    assertThat(admin("POST", "/api/boxes/trash/" + id + "/restore")).startsWith("404 ");
  }

  @Test
  void takes_defaults_and_backfills_of_fields_that_are_new_since() {
    var id = deleted(TEAS);
    start(
        BOX.replace(
            "    weight: integer?\n",
            """
                colour: { type: text, default: red }
                long: { type: text, backfill: "name + '!'" }
            """));
    assertThat(admin("POST", "/api/boxes/trash/" + id + "/restore?fields=colour,long"))
        .isEqualTo("200 {\"colour\":\"red\",\"long\":\"Teas!\"}");
  }

  @Test
  void shows_to_administrators_only_what_rules_could_misjudge() {
    deleted(TEAS);
    start(
        BOX.replace("weight: integer?", "closed: boolean")
            .replaceFirst("read: \"true\"", "read: \"!closed\""));
    assertThat(send(Caller.Guest.GUEST, "GET", "/api/boxes/trash", ""))
        .startsWith("200 {\"data\":[],");
    assertThat(admin("GET", "/api/boxes/trash")).contains("\"name\":\"Teas\"");
  }

  @Test
  void waits_while_the_trash_is_turned_off() {
    var id = deleted(TEAS);
    start(BOX.replace("  trash: 30d\n", ""));
    assertThat(admin("GET", "/api/boxes/trash")).startsWith("404 ");
    start(BOX);
    assertThat(admin("POST", "/api/boxes/trash/" + id + "/restore?fields=name"))
        .isEqualTo("200 {\"name\":\"Teas\"}");
  }

  @Test
  void is_gone_at_once_where_there_is_no_trash() {
    start(BOX.replace("  trash: 30d\n", ""));
    deleted(TEAS);
    start(BOX);
    assertThat(admin("GET", "/api/boxes/trash")).startsWith("200 {\"data\":[],");
  }

  private PurgeClock purging() {
    var trash = new Purge("trash", Duration.ofSeconds(1), now -> app.engine().purgeTrash(now, 50));
    return new PurgeClock(List.of(trash), clock);
  }

  @Test
  void is_gone_when_its_time_is_over_and_purged_with_the_next_look() {
    var id = deleted(TEAS);
    try (var trash = purging()) {
      clock.advance(Duration.ofDays(30).minusSeconds(1));
      assertThat(trash.tick()).isZero();
      assertThat(admin("GET", "/api/boxes/trash")).contains(id);
      clock.advance(Duration.ofSeconds(1));
      assertThat(admin("GET", "/api/boxes/trash")).doesNotContain(id);
      assertThat(admin("POST", "/api/boxes/trash/" + id + "/restore")).startsWith("404 ");
      assertThat(trash.tick()).isEqualTo(1);
      clock.advance(Duration.ofSeconds(1));
      assertThat(trash.tick()).isZero();
    }
  }

  @Test
  void purges_more_than_one_transaction_takes() {
    for (int number = 0; number < 120; number++) {
      deleted("{\"name\":\"" + number + "\"}");
    }
    clock.advance(Duration.ofDays(31));
    try (var trash = purging()) {
      // each deletion has looked for two others whose time was over, and found none then
      assertThat(trash.tick()).isEqualTo(120);
    }
  }

  @Test
  void purges_at_the_start() throws InterruptedException {
    deleted(TEAS);
    clock.advance(Duration.ofDays(31));
    start(BOX);
    try (var trash = purging().start()) {
      for (int times = 0; times < 6_000 && trash.total() == 0; times++) {
        Thread.sleep(10);
      }
      assertThat(trash.total()).isEqualTo(1);
    }
  }

  @Test
  void stays_as_it_was_where_nothing_of_the_deletion_was_kept() {
    var id = deleted(TEAS);
    assertThat(admin("POST", "/api/boxes/trash/" + id + "/restore?validate=only"))
        .startsWith("200 ");
    assertThat(admin("DELETE", "/api/boxes/trash/" + id + "?validate=only")).isEqualTo("204");
    assertThat(admin("GET", "/api/boxes/trash")).contains(id);
  }
}
