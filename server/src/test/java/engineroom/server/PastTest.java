package engineroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.operation.Caller;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is told of what rows were, and for how long.
class PastTest {
  private static final String TEA =
      """
      tea:
        history: { keep: 30d }
        fields: { name: text, grade: integer? }
        access: { read: "true", write: "true" }
      cup:
        history: true
        fields:
          tea: { type: tea, inverse: cups }
        access: { read: "true", write: "true" }
      """;

  @TempDir Path folder;
  private AppOnDisk app;

  @BeforeEach
  void with_teas_whose_past_is_kept_for_a_month() {
    app = new AppOnDisk(folder);
    app.start(TEA);
  }

  @AfterEach
  void stop() {
    app.close();
  }

  private String write(String method, String path, String body) {
    var answer = app.send(Caller.Administrator.ADMINISTRATOR, method, path, body);
    assertThat(answer).startsWith("20");
    return answer.replaceAll("(?s)^.*?\"id\":\"([^\"]+)\".*$", "$1");
  }

  private String tea(String name) {
    return write("POST", "/api/teas", "{\"name\":\"" + name + "\"}");
  }

  private void grade(String tea, int grade) {
    write("PATCH", "/api/teas/" + tea, "{\"grade\":" + grade + "}");
  }

  private void days(int days) {
    app.clock().advance(Duration.ofDays(days));
  }

  private String moment(int daysAgo) {
    Instant at = app.clock().instant().minus(Duration.ofDays(daysAgo));
    return at.toString();
  }

  private long versions(String tea) {
    var told = app.admin("GET", "/api/teas/" + tea + "/history");
    return told.split("\"kind\":", -1).length - 1L;
  }

  private int purge() {
    return app.engine().purgeVersions(app.clock().instant());
  }

  @Test
  void versions_that_were_over_longer_ago_are_forgotten_and_no_others() {
    var sencha = tea("Sencha");
    var steady = tea("Bancha");
    days(1);
    grade(sencha, 1);
    days(1);
    grade(sencha, 2);
    days(29);
    assertThat(purge()).isZero();
    days(1);
    app.clock().advance(Duration.ofSeconds(1));
    assertThat(purge()).isEqualTo(2);
    assertThat(versions(sencha)).isEqualTo(1);
    assertThat(versions(steady)).isEqualTo(1);
    days(1_000);
    assertThat(purge()).isZero();
    assertThat(app.admin("GET", "/api/teas/" + sencha + "?fields=grade"))
        .isEqualTo("200 {\"grade\":2}");
  }

  @Test
  void what_is_kept_answers_every_question_about_the_time_it_is_kept_for() {
    var sencha = tea("Sencha");
    for (int day = 1; day <= 60; day++) {
      days(1);
      grade(sencha, day);
      purge();
    }
    for (int ago = 0; ago <= 30; ago++) {
      assertThat(app.admin("GET", "/api/teas/" + sencha + "?fields=grade&asOf=" + moment(ago)))
          .as("%s days ago", ago)
          .isEqualTo("200 {\"grade\":" + (60 - ago) + "}");
    }
    assertThat(versions(sencha)).isEqualTo(32); // one ended at the very moment
  }

  @Test
  void a_moment_before_that_is_refused_wherever_the_question_goes_through_it() {
    tea("Sencha");
    days(60);
    for (var path :
        new String[] {
          "/api/teas?",
          "/api/teas/export?",
          "/api/teas/aggregate?count&",
          "/api/cups?expand=tea&",
          "/api/cups?tea.name=Sencha&",
          "/api/cups?sort=tea.name&",
          "/api/teas?explain=plan&"
        }) {
      assertThat(app.admin("GET", path + "asOf=" + moment(31)))
          .as(path)
          .startsWith("400 ")
          .contains("operation/past-forgotten", "The history of tea goes back 30 days");
      assertThat(app.admin("GET", path + "asOf=" + moment(30))).as(path).startsWith("200 ");
    }
    assertThat(app.admin("GET", "/api/cups?asOf=" + moment(31))).startsWith("200 ");
  }

  @Test
  void a_deleted_row_is_forgotten_with_its_deletion() {
    var sencha = tea("Sencha");
    days(1);
    write("DELETE", "/api/teas/" + sencha, "");
    days(30);
    assertThat(purge()).isZero();
    assertThat(versions(sencha)).isEqualTo(2);
    days(1);
    assertThat(purge()).isEqualTo(2);
    assertThat(app.admin("GET", "/api/teas/" + sencha + "/history")).startsWith("404 ");
  }

  @Test
  void many_are_forgotten_in_several_goes() {
    var sencha = tea("Sencha");
    for (int change = 0; change < 1_200; change++) {
      grade(sencha, change);
    }
    days(31);
    assertThat(purge()).isEqualTo(1_200);
    assertThat(purge()).isZero();
    assertThat(versions(sencha)).isEqualTo(1);
  }

  @Test
  void all_is_kept_where_the_owner_says_so() {
    var cup = write("POST", "/api/cups", "{\"tea\":\"" + tea("Sencha") + "\"}");
    write("PATCH", "/api/cups/" + cup, "{\"tea\":\"" + tea("Bancha") + "\"}");
    days(5_000);
    assertThat(purge()).isZero();
    assertThat(app.admin("GET", "/api/cups?asOf=" + moment(5_000))).startsWith("200 ");
  }

  @Test
  void an_export_gives_the_rows_as_they_were() {
    var sencha = tea("Sencha");
    days(1);
    grade(sencha, 1);
    tea("Bancha");
    assertThat(app.admin("GET", "/api/teas/export?fields=name,grade&asOf=" + moment(1)))
        .isEqualTo("200 [\n{\"name\":\"Sencha\",\"grade\":null}\n]");
    assertThat(app.admin("GET", "/api/teas/export?fields=name,grade&sort=name"))
        .isEqualTo(
            "200 [\n{\"name\":\"Bancha\",\"grade\":null},\n{\"name\":\"Sencha\",\"grade\":1}\n]");
    assertThat(app.admin("GET", "/api/teas/export?asOf=" + moment(-1))).startsWith("400 ");
  }

  @Test
  void a_long_export_of_a_moment_goes_on_behind_its_first_rows() {
    for (int number = 0; number < 1_100; number++) {
      tea("tea " + number);
    }
    var then = moment(0);
    days(1);
    tea("later");
    var told = app.admin("GET", "/api/teas/export?fields=name&asOf=" + then);
    assertThat(told.lines().filter(line -> line.contains("tea ")).count()).isEqualTo(1_100);
    assertThat(told).doesNotContain("later");
  }

  @Test
  void the_plan_of_a_read_as_of_a_moment_is_told() {
    assertThat(app.admin("GET", "/api/teas?explain=plan&asOf=" + moment(0)))
        .startsWith("200 ")
        .contains("tea__past");
    assertThat(app.send(Caller.Guest.GUEST, "GET", "/api/teas?explain=plan&asOf=" + moment(0), ""))
        .startsWith("403 ");
  }

  @Test
  void words_are_searched_as_of_today_only() {
    app.start(TEA.replace("name: text", "name: { type: text, search: true }"));
    assertThat(app.admin("GET", "/api/teas?search=sen&asOf=" + moment(0)))
        .startsWith("400 ")
        .contains("The words of rows are known only as they are today.", "Search without asOf");
  }
}
