package engineroom.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.app.App.ConfigException;
import engineroom.app.App.Mode;
import engineroom.testkit.run.Alone;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two processes that serve one app on PostgreSQL are as one.
@Alone
class NodesTest {
  /// Within which they agree.
  private static final Duration SECOND = Duration.ofSeconds(1);

  /// Within which another takes over what one did.
  private static final Duration SOME_SECONDS = Duration.ofSeconds(60);

  private static final String NOTE =
      "note: { fields: { text: text%s }, access: { read: true, write: true } }";
  private static final String PLACE =
      "\n  place: { fields: { name: text }, access: { read: true, write: true } }";

  @TempDir Path folder;
  private String store = "";
  private Node one;
  private Node two;

  private String model(String entities) {
    return """
    engineroom: 1
    name: Notes
    store: %s
    roles: { clerk: {} }
    entities:
      %s
    """
        .formatted(store, entities);
  }

  @BeforeEach
  void start() throws Exception {
    store = PostgresServer.fresh().toString();
    one = new Node(folder.resolve("one")).with(model(NOTE.formatted(""))).start(Mode.PRODUCTION);
    two = new Node(folder.resolve("two")).with(model(NOTE.formatted("")));
    two.keysOf(one).start(Mode.PRODUCTION);
  }

  @AfterEach
  void stop() {
    one.close();
    two.close();
  }

  /// Waits until something is so, and not longer than it may take.
  private static void within(Duration time, Callable<Boolean> holds) throws Exception {
    var end = System.nanoTime() + time.toNanos();
    while (!holds.call()) {
      assertThat(System.nanoTime()).as("not so after " + time).isLessThan(end);
      Thread.sleep(20);
    }
  }

  private static String found(String pattern, String text) {
    var matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
    return matcher.group(1);
  }

  private static String note(Node at, String text) throws Exception {
    var made = at.send("POST", "/api/notes", "", "{\"text\":\"" + text + "\"}");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return found("\"id\":\"([^\"]+)\"", made.body());
  }

  @Test
  void a_row_written_at_one_is_read_at_the_other_at_once() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(two.status("GET", "/api/notes/" + note(one, "a" + i), "", "")).isEqualTo(200);
      assertThat(one.status("GET", "/api/notes/" + note(two, "b" + i), "", "")).isEqualTo(200);
    }
  }

  @Test
  void a_process_with_other_keys_is_refused() throws Exception {
    var third = new Node(folder.resolve("three")).with(model(NOTE.formatted("")));
    assertThatThrownBy(() -> third.start(Mode.PRODUCTION))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("accounts.key, audit.key, cursor.key")
        .hasMessageContaining("ENGINEROOM_SECRET");
    third.keysOf(two).start(Mode.PRODUCTION).close();
  }

  private static String signedUp(Node at) throws Exception {
    var up = "{\"email\":\"bob@example.org\",\"password\":\"quiet river under it\"}";
    var answer = at.send("POST", "/auth/sign-up", "", up);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return answer.body();
  }

  @Test
  void a_session_ended_at_one_is_over_at_the_other_within_a_second() throws Exception {
    var token = found("\"accessToken\":\"([^\"]+)\"", signedUp(one));
    assertThat(two.status("GET", "/auth/me", token, "")).isEqualTo(200);
    assertThat(one.status("POST", "/auth/sign-out", token, "")).isEqualTo(204);
    within(SECOND, () -> two.status("GET", "/auth/me", token, "") == 401);
  }

  @Test
  void roles_and_suspensions_given_at_one_hold_at_the_other_within_a_second() throws Exception {
    var answer = signedUp(one);
    var token = found("\"accessToken\":\"([^\"]+)\"", answer);
    var user = "/api/users/" + found("\"user\":\\{\"id\":\"([^\"]+)\"", answer);
    assertThat(two.send("GET", "/auth/me", token, "").body()).contains("\"roles\":[]");
    assertThat(one.status("PATCH", user, Node.KEY, "{\"roles\":[\"clerk\"]}")).isEqualTo(200);
    within(SECOND, () -> two.send("GET", "/auth/me", token, "").body().contains("clerk"));
    assertThat(two.status("PATCH", user, Node.KEY, "{\"suspended\":true}")).isEqualTo(200);
    within(SECOND, () -> one.status("GET", "/auth/me", token, "") == 401);
  }

  private static long entries(Node at) throws Exception {
    var listed = at.send("GET", "/api/auditEntries?count=exact&limit=1", Node.KEY, "").body();
    return Long.parseLong(found("\"count\":([0-9]+)", listed));
  }

  private static void verified(Node at) throws Exception {
    var report = at.send("GET", "/admin/audit/verify", Node.KEY, "").body();
    assertThat(report).contains("\"good\":true");
  }

  @Test
  void what_both_do_is_in_one_audit_log_and_goes_on_when_one_ends() throws Exception {
    var id = found("\"user\":\\{\"id\":\"([^\"]+)\"", signedUp(one));
    var before = entries(two);
    var body = "{\"login\":\"nobody@example.org\",\"password\":\"wrong\"}";
    assertThat(one.status("POST", "/auth/sign-in", "", body)).isEqualTo(401);
    assertThat(two.status("POST", "/auth/sign-in", "", body)).isEqualTo(401);
    within(SOME_SECONDS, () -> entries(two) >= before + 2);
    verified(one);
    verified(two);
    one.close();
    var known = entries(two);
    assertThat(two.status("PATCH", "/api/users/" + id, Node.KEY, "{\"roles\":[\"clerk\"]}"))
        .isEqualTo(200);
    within(SOME_SECONDS, () -> entries(two) > known);
    verified(two);
  }

  @Test
  void the_audit_log_tells_how_requests_came_to_any_process() throws Exception {
    var id = found("\"user\":\\{\"id\":\"([^\"]+)\"", signedUp(one));
    for (var node : List.of(one, two, one, two)) {
      var roles = node == one ? "[\"clerk\"]" : "[]";
      var change = "{\"roles\":" + roles + "}";
      assertThat(node.status("PATCH", "/api/users/" + id, Node.KEY, change)).isEqualTo(200);
    }
    var asked = "/api/auditEntries?filter=kind=='changed'%20%26%26%20entity=='user'";
    within(SOME_SECONDS, () -> count("\"kind\":\"changed\"", asked) >= 4);
    assertThat(count("\"path\":\"/api/users/\\{id\\}\"", asked)).isEqualTo(4);
    assertThat(count("\"address\":\"127.0.0.1\"", asked)).isGreaterThanOrEqualTo(4);
    verified(two);
  }

  private long count(String pattern, String path) throws Exception {
    return Pattern.compile(pattern)
        .matcher(two.send("GET", path, Node.KEY, "").body())
        .results()
        .count();
  }

  @Test
  void what_a_guest_used_at_one_is_used_at_the_other_a_second_later() throws Exception {
    one.close();
    two.close();
    var limited = model(NOTE.formatted("")) + "\nsettings: { rates: { guests: 20/1h } }\n";
    one = new Node(folder.resolve("one")).with(limited).start(Mode.PRODUCTION);
    two = new Node(folder.resolve("two")).with(limited).start(Mode.PRODUCTION);
    for (int i = 0; i < 15; i++) {
      assertThat(one.status("GET", "/api/notes", "", "")).isEqualTo(200);
    }
    Thread.sleep(2_200); // one tells within a second, and two hears within another
    var taken = 0;
    while (two.status("GET", "/api/notes", "", "") == 200) {
      taken++;
    }
    assertThat(taken).isEqualTo(5);
  }

  @Test
  void who_has_former_files_refuses_once_another_has_migrated() throws Exception {
    var newer = model(NOTE.formatted("\n      , place: text?"));
    note(two, "before");
    var three = new Node(folder.resolve("three")).with(newer).keysOf(one).start(Mode.MIGRATION);
    within(SECOND, () -> two.status("GET", "/api/notes", "", "") == 503);
    var refused = two.send("POST", "/api/notes", "", "{\"text\":\"late\"}");
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    within(SOME_SECONDS, () -> two.status("GET", "/ready", "", "") == 503);
    assertThat(two.send("GET", "/ready", "", "").body()).contains("another model", "drop note.pl");
    assertThat(three.status("GET", "/ready", "", "")).isEqualTo(200);
    note(three, "meanwhile");
    two.with(newer);
    within(SOME_SECONDS, () -> two.status("GET", "/ready", "", "") == 200);
    assertThat(two.send("GET", "/api/notes", "", "").body()).contains("before", "meanwhile");
    three.close();
  }

  @Test
  void who_has_former_files_goes_on_beside_new_entities_that_refer_to_none_of_theirs()
      throws Exception {
    var three = new Node(folder.resolve("three")).with(model(NOTE.formatted("") + PLACE));
    three.keysOf(one).start(Mode.MIGRATION);
    assertThat(three.status("POST", "/api/places", "", "{\"name\":\"here\"}")).isEqualTo(201);
    for (int i = 0; i < 60; i++) {
      note(two, "n" + i);
      Thread.sleep(20);
    }
    assertThat(two.status("GET", "/ready", "", "")).isEqualTo(200);
    assertThat(two.status("GET", "/api/places", "", "")).isEqualTo(404);
    one.close();
    one = new Node(folder.resolve("one")).start(Mode.MIGRATION);
    note(one, "started again with former files");
    assertThat(three.status("GET", "/ready", "", "")).isEqualTo(200);
    assertThat(three.send("GET", "/api/places", "", "").body()).contains("here");
    three.close();
  }

  @Test
  void who_is_started_again_with_former_files_does_not_undo_a_migration() throws Exception {
    var newer = model(NOTE.formatted("\n      , place: text?"));
    var three = new Node(folder.resolve("three")).with(newer).keysOf(one).start(Mode.MIGRATION);
    one.close();
    one = new Node(folder.resolve("one"));
    assertThatThrownBy(() -> one.start(Mode.MIGRATION))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("to a newer one")
        .hasMessageContaining("drop note.place");
    assertThat(three.status("GET", "/ready", "", "")).isEqualTo(200);
    three.close();
  }
}
