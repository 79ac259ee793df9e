package engineroom.server;

import static engineroom.server.ReplicatedApp.NOTHING_WRITTEN;
import static engineroom.server.ReplicatedApp.answeredBy;
import static engineroom.server.ReplicatedApp.position;
import static engineroom.server.ReplicatedApp.within;
import static org.assertj.core.api.Assertions.assertThat;

import engineroom.app.App.Mode;
import engineroom.testkit.run.Alone;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two processes, a PostgreSQL server and a standby of it that answers reads. The standby is held
/// up where a test wants to know who answers: then it lacks what was written since, for as long as
/// the test likes.
@Alone
class ReplicasTest {
  private static final Duration STALENESS = Duration.ofSeconds(1);

  @TempDir static Path shared;
  private static OwnPostgres primary;
  private static OwnPostgres standby;

  @TempDir Path folder;
  private ReplicatedApp app;

  @BeforeAll
  static void startServers() throws Exception {
    primary = new OwnPostgres(shared.resolve("primary"));
    standby = OwnPostgres.standbyOf(primary, shared.resolve("standby"));
  }

  @AfterAll
  static void stopServers() throws Exception {
    standby.close();
    primary.close();
  }

  @BeforeEach
  void makeDatabase() {
    app = new ReplicatedApp(folder, primary);
  }

  @AfterEach
  void stop() {
    resume();
    app.close();
  }

  private static void pause() {
    standby.execute("postgres", "SELECT pg_wal_replay_pause()");
    within(
        () ->
            standby
                .asked("postgres", "SELECT pg_get_wal_replay_pause_state()")
                .equals(List.of("paused")));
  }

  private static void resume() {
    standby.execute("postgres", "SELECT pg_wal_replay_resume()");
  }

  @Test
  void who_brings_what_a_write_said_sees_it_at_any_process_while_the_replica_stands_still()
      throws Exception {
    var one = app.reading("one", standby.port(), "");
    var two = app.reading("two", standby.port(), "");
    pause();
    for (var at : List.of(one, two, one)) {
      var written = position(app.write(at, "held up"));
      assertThat(app.read(one, written).body()).contains("held up");
      var there = app.read(two, written);
      assertThat(there.body()).contains("held up");
      assertThat(answeredBy(there)).isEqualTo("primary");
    }
    var last = position(app.write(one, "last"));
    resume();
    within(() -> answeredBy(app.read(two, last)).equals("replica"));
    assertThat(app.read(two, last).body()).contains("last");
  }

  @Test
  void the_same_holds_for_graphql_single_rows_and_questions() throws Exception {
    var one = app.reading("one", standby.port(), "");
    var two = app.reading("two", standby.port(), "");
    within(() -> answeredBy(app.ask(two, "{ notes { text } }", "0")).equals("replica"));
    pause();
    var written =
        app.ask(one, "mutation { createNote(input: { text: \\\"graph\\\" }) { id } }", "");
    var after = position(written);
    assertThat(app.ask(two, "{ notes { text } }", after).body()).contains("graph");
    var matcher = Pattern.compile("\"id\":\"([^\"]+)\"").matcher(written.body());
    assertThat(matcher.find()).isTrue();
    var path = "/api/notes/" + matcher.group(1);
    assertThat(app.send(two, "GET", path, "", after).statusCode()).isEqualTo(200);
    assertThat(app.send(two, "POST", "/api/notes/query", "{}", after).body()).contains("graph");
    assertThat(app.send(two, "GET", "/api/notes/aggregate", "", after).body())
        .contains("\"count\":1");
    assertThat(app.send(two, "GET", "/api/notes/export", "", after).body()).contains("graph");
  }

  @Test
  void who_brings_nothing_reads_from_the_primary() throws Exception {
    var one = app.reading("one", standby.port(), "");
    var two = app.reading("two", standby.port(), "");
    pause();
    var _ = app.write(one, "untold");
    var there = app.read(two, "");
    assertThat(there.body()).contains("untold");
    assertThat(answeredBy(there)).isEqualTo("primary");
  }

  @Test
  void with_a_staleness_nobody_reads_what_is_older_and_writers_see_their_own_at_once()
      throws Exception {
    var one = app.reading("one", standby.port(), "&staleness=1s");
    var two = app.reading("two", standby.port(), "&staleness=1s");
    within(() -> answeredBy(app.read(two, "")).equals("replica"));
    pause();
    var _ = app.write(one, "bounded");
    var acknowledged = System.nanoTime();
    assertThat(app.read(one, "").body()).contains("bounded");
    while (System.nanoTime() - acknowledged < 3 * STALENESS.toNanos()) {
      var sent = System.nanoTime();
      var answer = app.read(two, "");
      if (sent - acknowledged > STALENESS.toNanos() || answeredBy(answer).equals("primary")) {
        assertThat(answer.body()).contains("bounded");
      }
    }
    assertThat(answeredBy(app.read(two, ""))).isEqualTo("primary");
    assertThat(app.send(two, "GET", "/ready", "", "").body())
        .contains("\"status\":\"ready\"", "\"replicas\":false", "behind by more than 1000 ms");
    resume();
    within(() -> answeredBy(app.read(two, "")).equals("replica"));
    within(() -> app.send(two, "GET", "/ready", "", "").body().contains("\"replicas\":true"));
  }

  @Test
  void a_browser_with_a_cookie_sees_what_it_wrote_at_any_process() throws Exception {
    var one = app.reading("one", standby.port(), "&staleness=10s");
    var two = app.reading("two", standby.port(), "&staleness=10s");
    var session = app.signedUp(one);
    pause();
    var before = app.browse(two, "GET", "", session);
    assertThat(before.body()).doesNotContain("by a browser");
    var written = app.browse(one, "POST", "{\"text\":\"by a browser\"}", session);
    assertThat(written.statusCode()).as(written.body()).isEqualTo(201);
    var cookie = written.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).startsWith("er_p=").contains("HttpOnly", "SameSite=Lax", "Max-Age=11");
    var both = session + "; " + cookie.substring(0, cookie.indexOf(';'));
    var read = app.browse(two, "GET", "", both);
    assertThat(read.body()).contains("by a browser");
    assertThat(answeredBy(read)).isEqualTo("primary");
  }

  @Test
  void what_was_migrated_is_read_from_a_replica_only_when_it_has_the_tables() throws Exception {
    var one = app.reading("one", standby.port(), "");
    var _ = app.write(one, "before");
    pause();
    var newer = app.model(standby.port(), "", ", place: text?");
    var three = app.node("three", Mode.MIGRATION, newer);
    var first = app.read(three, NOTHING_WRITTEN);
    assertThat(answeredBy(first)).isEqualTo("primary");
    assertThat(first.body()).contains("before", "\"place\":null");
    resume();
    within(() -> answeredBy(app.read(three, NOTHING_WRITTEN)).equals("replica"));
    assertThat(app.read(three, NOTHING_WRITTEN).body()).contains("\"place\":null");
  }

  @Test
  void an_export_is_read_from_a_replica_that_keeps_what_it_reads() throws Exception {
    var one = app.reading("one", standby.port(), "");
    assertThat(answeredBy(app.send(one, "GET", "/api/notes/export", "", NOTHING_WRITTEN)))
        .isEqualTo("primary");
    standby.execute("postgres", "ALTER SYSTEM SET hot_standby_feedback = on");
    standby.execute("postgres", "SELECT pg_reload_conf()");
    within(
        () ->
            answeredBy(app.send(one, "GET", "/api/notes/export", "", NOTHING_WRITTEN))
                .equals("replica"));
  }

  @Test
  void a_plan_says_which_server_it_is_of_and_a_position_that_is_none_is_refused() throws Exception {
    var one = app.reading("one", standby.port(), "");
    within(() -> app.explained(one, "/api/notes?explain=plan").contains("Server: replica"));
    var refused = app.send(one, "GET", "/api/notes", "", "soon");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("Engineroom-After is no position");
    var late = app.read(one, "ffffffffffffffff");
    assertThat(answeredBy(late)).isEqualTo("primary");
  }
}
