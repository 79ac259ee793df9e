package engineroom.account;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.account.Desk.Answer;
import engineroom.data.Value;
import engineroom.stores.sqlite.SqliteDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {
  private static final String ANN = "ann@example.org";
  private static final Map<String, String> MARKED =
      Map.of("X-Requested-With", "engineroom", "Sec-Fetch-Site", "same-origin");

  @TempDir Path folder;
  private Desk desk;

  @BeforeEach
  void open() {
    desk = Desk.of(folder);
    desk.confirmed(ANN);
  }

  @Test
  void a_refresh_token_is_followed_by_another_one() {
    var first = desk.signIn(ANN);
    var second = desk.refresh(first.text("refreshToken"));
    assertThat(second.text("refreshToken")).isNotEqualTo(first.text("refreshToken"));
    desk.later(Duration.ofMinutes(5));
    var third = desk.refresh(second.text("refreshToken"));
    assertThat(desk.get(third.text("accessToken"), "/auth/me").status()).isEqualTo(200);
  }

  @Test
  void an_answer_that_was_lost_can_be_had_again_for_five_seconds() {
    var first = desk.signIn(ANN).text("refreshToken");
    var second = desk.refresh(first).text("refreshToken");
    desk.later(Duration.ofSeconds(5));
    assertThat(desk.refresh(first).text("refreshToken")).isEqualTo(second);
    assertThat(desk.refresh(second).status()).isEqualTo(200);
  }

  @Test
  void an_old_refresh_token_ends_the_session_for_everybody() {
    var first = desk.signIn(ANN);
    var second = desk.refresh(first.text("refreshToken"));
    desk.later(Duration.ofSeconds(6));
    assertThat(desk.refresh(first.text("refreshToken")).status()).isEqualTo(401);
    assertThat(desk.refresh(second.text("refreshToken")).status()).isEqualTo(401);
    assertThat(desk.get(second.text("accessToken"), "/auth/me").status()).isEqualTo(401);
  }

  @Test
  void one_that_is_much_older_does_too_even_within_the_five_seconds() {
    var first = desk.signIn(ANN).text("refreshToken");
    var second = desk.refresh(first).text("refreshToken");
    var third = desk.refresh(second).text("refreshToken");
    assertThat(desk.refresh(first).status()).isEqualTo(401);
    assertThat(desk.refresh(third).status()).isEqualTo(401);
  }

  @Test
  void a_made_up_refresh_token_ends_nothing() {
    var first = desk.signIn(ANN).text("refreshToken");
    var last = first.charAt(first.length() - 8) == 'A' ? 'B' : 'A';
    var forged =
        first.substring(0, first.length() - 8) + last + first.substring(first.length() - 7);
    assertThat(desk.refresh(forged).status()).isEqualTo(401);
    assertThat(desk.refresh(first.replace("er_rt_", "er_st_")).status()).isEqualTo(401);
    assertThat(desk.refresh(first).status()).isEqualTo(200);
  }

  @Test
  void sixty_four_refreshes_at_once_give_one_successor() throws Exception {
    race();
  }

  @Test
  void sixty_four_refreshes_at_once_give_one_successor_on_disk() throws Exception {
    try (var database = SqliteDatabase.open(folder.resolve("app.db"))) {
      desk = Desk.over(folder, "", good -> database.store(good.model()));
      desk.confirmed(ANN);
      race();
    }
  }

  private void race() throws Exception {
    var token = desk.signIn(ANN).text("refreshToken");
    for (int round = 0; round < 20; round++) {
      var presented = token;
      var successors = new TreeSet<String>();
      for (var answer : atOnce(64, () -> desk.refresh(presented))) {
        assertThat(answer.status()).isEqualTo(200);
        successors.add(answer.text("refreshToken"));
      }
      assertThat(successors).hasSize(1);
      token = successors.getFirst();
    }
    assertThat(desk.refresh(token).status()).isEqualTo(200);
  }

  private static List<Answer> atOnce(int count, Callable<Answer> work) throws Exception {
    var ready = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<Answer>>();
      for (int i = 0; i < count; i++) {
        running.add(
            threads.submit(
                () -> {
                  ready.await();
                  return work.call();
                }));
      }
      ready.countDown();
      var answers = new ArrayList<Answer>();
      for (var one : running) {
        answers.add(one.get());
      }
      return answers;
    }
  }

  @Test
  void each_sign_in_is_a_session_of_its_own() {
    var one = desk.get(desk.signIn(ANN).text("accessToken"), "/auth/me").text("session");
    var other = desk.get(desk.signIn(ANN).text("accessToken"), "/auth/me").text("session");
    assertThat(one).isNotEmpty().isNotEqualTo(other);
  }

  @Test
  void signing_out_ends_the_session_at_once() {
    var in = desk.signIn(ANN);
    var token = in.text("accessToken");
    assertThat(desk.get(token, "/auth/me").status()).isEqualTo(200);
    assertThat(desk.as(token, "POST", "/auth/sign-out", "").status()).isEqualTo(204);
    assertThat(desk.get(token, "/auth/me").status()).isEqualTo(401);
    assertThat(desk.refresh(in.text("refreshToken")).status()).isEqualTo(401);
  }

  @Test
  void signing_out_by_the_refresh_token_alone_ends_the_session_too() {
    var in = desk.signIn(ANN);
    desk.later(Duration.ofMinutes(20));
    var body = "{\"refreshToken\":\"%s\"}".formatted(in.text("refreshToken"));
    assertThat(desk.post("/auth/sign-out", body).status()).isEqualTo(204);
    assertThat(desk.refresh(in.text("refreshToken")).status()).isEqualTo(401);
  }

  @Test
  void who_is_suspended_is_refused_within_a_second() {
    var in = desk.signIn(ANN);
    var cookie = cookie(ANN);
    assertThat(desk.get(in.text("accessToken"), "/auth/me").status()).isEqualTo(200);
    assertThat(browse(cookie, "GET", "/api/notes", Map.of(), "").status()).isEqualTo(200);
    var id = desk.user("email", ANN).id();
    desk.records().change("user", id, Map.of("suspended", Value.of(true)));
    desk.later(Duration.ofMillis(501));
    assertThat(desk.get(in.text("accessToken"), "/auth/me").status()).isEqualTo(401);
    assertThat(browse(cookie, "GET", "/api/notes", Map.of(), "").status()).isEqualTo(401);
    assertThat(desk.refresh(in.text("refreshToken")).status()).isEqualTo(401);
    assertThat(desk.signIn(ANN).status()).isEqualTo(401);
    desk.records().change("user", id, Map.of("suspended", Value.of(false)));
    assertThat(desk.refresh(in.text("refreshToken")).status()).isEqualTo(200);
  }

  @Test
  void a_session_that_another_node_ended_is_refused_within_a_second() {
    var token = desk.signIn(ANN).text("accessToken");
    var session = desk.get(token, "/auth/me").text("session");
    var ended = Map.<String, Value>of("endedAt", new Value.Timestamp(Desk.START));
    desk.records().change("session", new Value.Uuid(UUID.fromString(session)), ended);
    desk.later(Duration.ofMillis(501));
    assertThat(desk.get(token, "/auth/me").status()).isEqualTo(401);
  }

  @Test
  void a_deleted_user_is_refused_within_a_second() {
    var in = desk.signIn(ANN);
    assertThat(desk.get(in.text("accessToken"), "/auth/me").status()).isEqualTo(200);
    desk.as(Desk.KEY, "DELETE", "/api/users/" + in.text("user", "id"), "");
    desk.later(Duration.ofMillis(501));
    assertThat(desk.get(in.text("accessToken"), "/auth/me").status()).isEqualTo(401);
    assertThat(desk.refresh(in.text("refreshToken")).status()).isEqualTo(401);
  }

  @Test
  void a_token_is_over_when_its_time_is_however_often_it_was_seen() {
    var token = desk.signIn(ANN).text("accessToken");
    for (int i = 0; i < 10; i++) {
      assertThat(desk.get(token, "/auth/me").status()).isEqualTo(200);
      desk.later(Duration.ofMinutes(1));
    }
    desk.later(Duration.ofSeconds(60));
    assertThat(desk.get(token, "/auth/me").status()).isEqualTo(401);
  }

  @Test
  void the_owner_says_how_long_an_access_token_is_good() {
    desk = Desk.of(folder, "accounts: { accessMinutes: 2 }");
    desk.confirmed(ANN);
    var in = desk.signIn(ANN);
    assertThat(in.body()).contains("\"expiresIn\":120");
    desk.later(Duration.ofMinutes(3));
    assertThat(desk.get(in.text("accessToken"), "/auth/me").status()).isEqualTo(401);
  }

  @Test
  void a_session_ends_where_it_is_not_used_and_where_it_is_used_for_long() {
    var idle = desk.signIn(ANN).text("refreshToken");
    desk.later(Duration.ofDays(14));
    assertThat(desk.refresh(idle).status()).isEqualTo(401);
    var used = desk.signIn(ANN).text("refreshToken");
    for (int day = 0; day < 29; day++) {
      desk.later(Duration.ofDays(1));
      used = desk.refresh(used).text("refreshToken");
    }
    desk.later(Duration.ofDays(1));
    assertThat(desk.refresh(used).status()).isEqualTo(401);
  }

  @Test
  void a_cookie_carries_a_session_and_no_script_reads_it() {
    var in = desk.post("/auth/sign-in?cookie=true", credentials(ANN));
    assertThat(in.headers().get("Set-Cookie"))
        .startsWith("__Host-er_s=er_st_")
        .contains("; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure");
    assertThat(in.body()).doesNotContain("er_st_", "accessToken", "refreshToken");
    var cookie = cookie(ANN);
    assertThat(browse(cookie, "GET", "/auth/me", Map.of(), "").text("user", "email"))
        .isEqualTo(ANN);
    assertThat(browse(cookie, "POST", "/auth/sign-out", MARKED, "").status()).isEqualTo(204);
    assertThat(browse(cookie, "GET", "/api/notes", Map.of(), "").status()).isEqualTo(401);
    assertThat(browse(cookie, "POST", "/auth/sign-in", Map.of(), credentials(ANN)).status())
        .isEqualTo(200);
  }

  @Test
  void on_this_machine_a_cookie_does_without_tls_and_elsewhere_it_is_not_taken() {
    var local = Map.of("Host", "localhost:8080");
    var in = desk.send("POST", "/auth/sign-in?cookie=true", local, credentials(ANN));
    var set = in.headers().getOrDefault("Set-Cookie", "");
    assertThat(set).startsWith("er_s=").doesNotContain("Secure");
    var cookie = set.substring(0, set.indexOf(';'));
    assertThat(browse(cookie, "GET", "/auth/me", local, "").status()).isEqualTo(200);
    assertThat(browse(cookie, "GET", "/auth/me", Map.of(), "").status()).isEqualTo(401);
    var proxied = Map.of("Host", "localhost:8080", "X-Forwarded-Proto", "https");
    assertThat(browse(cookie, "GET", "/auth/me", proxied, "").status()).isEqualTo(401);
    assertThat(browse(cookie + "; " + cookie, "GET", "/auth/me", local, "").status())
        .isEqualTo(401);
  }

  @Test
  void a_cookie_changes_nothing_without_the_mark_of_our_own_pages() {
    var cookie = cookie(ANN);
    var note = "{\"text\":\"hello\"}";
    var mark = Map.of("X-Requested-With", "engineroom");
    var foreign = Map.of("X-Requested-With", "engineroom", "Sec-Fetch-Site", "cross-site");
    var sibling = Map.of("X-Requested-With", "engineroom", "Sec-Fetch-Site", "same-site");
    var other = Map.of("X-Requested-With", "engineroom", "Origin", "https://evil.example");
    var own = Map.of("X-Requested-With", "engineroom", "Origin", "https://shop.example");
    var unmarked = Map.of("Sec-Fetch-Site", "same-origin");
    for (var headers : List.of(mark, foreign, sibling, other, unmarked, Map.<String, String>of())) {
      assertThat(browse(cookie, "POST", "/api/notes", headers, note).status())
          .as(headers.toString())
          .isEqualTo(403);
    }
    assertThat(browse(cookie, "POST", "/api/notes", own, note).status()).isEqualTo(201);
    assertThat(browse(cookie, "POST", "/api/notes", MARKED, note).status()).isEqualTo(201);
  }

  @Test
  void each_credential_is_taken_in_its_own_place_only() {
    var in = desk.signIn(ANN);
    var session = cookie(ANN).substring("__Host-er_s=".length());
    var access = in.text("accessToken");
    var refresh = in.text("refreshToken");
    var mailed = desk.mails().getFirst().values().getOrDefault("token", "");
    for (var credential : List.of(access, refresh, session, mailed, Desk.KEY)) {
      boolean bearer = credential.equals(access) || credential.equals(Desk.KEY);
      assertThat(desk.get(credential, "/api/notes").status() == 200)
          .as(credential)
          .isEqualTo(bearer);
      assertThat(browse("__Host-er_s=" + credential, "GET", "/api/notes", Map.of(), "").status())
          .as(credential)
          .isEqualTo(credential.equals(session) ? 200 : 401);
      assertThat(desk.refresh(credential).status())
          .as(credential)
          .isEqualTo(credential.equals(refresh) ? 200 : 401);
    }
  }

  private static String credentials(String login) {
    return "{\"login\":\"%s\",\"password\":\"%s\"}".formatted(login, Desk.PASSWORD);
  }

  private String cookie(String login) {
    var set =
        desk.post("/auth/sign-in?cookie=true", credentials(login))
            .headers()
            .getOrDefault("Set-Cookie", "");
    return set.substring(0, set.indexOf(';'));
  }

  private Answer browse(
      String cookie, String method, String target, Map<String, String> headers, String body) {
    var all = new HashMap<>(headers);
    all.put("Cookie", cookie);
    return desk.send(method, target, all, body);
  }
}
