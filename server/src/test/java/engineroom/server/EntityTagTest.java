package engineroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.http.Response;
import engineroom.http.Sent;
import engineroom.operation.Caller;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tag of a row says what was shown, whatever made it so: 304 never keeps an old answer alive.
class EntityTagTest {
  private static final String TEA =
      """
      tea:
        fields:
          grade: integer
          price: { type: integer, compute: grade * 2, stored: true }
          cost: { type: integer?, default: 1 }
        access:
          read: true
          fields: { cost: { read: caller.signedIn } }
      """;

  @TempDir Path folder;
  private AppOnDisk app;
  private String path;
  private String tag;

  @BeforeEach
  void with_a_tea_that_somebody_knows() {
    app = new AppOnDisk(folder);
    app.start(TEA);
    var made = app.send(Caller.Administrator.ADMINISTRATOR, "POST", "/api/teas", "{\"grade\":3}");
    path = "/api/teas/" + made.replaceAll("^.*?\"id\":\"([^\"]+)\".*$", "$1");
    tag = String.valueOf(get(Caller.Guest.GUEST, "none").headers().get("ETag"));
    assertThat(tag).startsWith("\"1-");
    assertThat(get(Caller.Guest.GUEST, tag).status()).isEqualTo(304);
  }

  @AfterEach
  void stop() {
    app.close();
  }

  private Response get(Caller caller, String known) {
    return app.response(caller, new Sent("GET", path, Map.of("If-None-Match", known), ""));
  }

  private void isSentAnew(Caller caller, String shown) {
    var answer = get(caller, tag);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(Sent.text(answer)).contains("\"version\":1", shown);
    assertThat(answer.headers().get("ETag")).startsWith("\"1-").isNotEqualTo(tag);
  }

  @Test
  void a_migration_that_works_a_value_out_anew_raises_no_version_and_changes_the_tag() {
    app.start(TEA.replace("grade * 2", "grade * 3"));
    isSentAnew(Caller.Guest.GUEST, "\"price\":9");
  }

  @Test
  void a_migration_that_renames_a_field_changes_the_tag() {
    app.start(
        TEA.replace("grade: integer", "rank: { type: integer, was: grade }")
            .replace("grade *", "rank *"));
    isSentAnew(Caller.Guest.GUEST, "\"rank\":3");
  }

  @Test
  void other_rights_of_the_same_caller_change_the_tag() {
    app.start(TEA.replace("read: caller.signedIn", "read: 'true'"));
    isSentAnew(Caller.Guest.GUEST, "\"cost\":1");
  }

  @Test
  void a_change_still_asks_for_the_version_in_the_tag() {
    var headers = Map.of("If-Match", tag, "Content-Type", "application/json");
    var change = new Sent("PATCH", path, headers, "{\"grade\":4}");
    var first = app.response(Caller.Administrator.ADMINISTRATOR, change);
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.headers().get("ETag")).startsWith("\"2-");
    var second = app.response(Caller.Administrator.ADMINISTRATOR, change);
    assertThat(second.status()).isEqualTo(412);
    assertThat(second.headers().get("ETag")).startsWith("\"2-");
  }
}
