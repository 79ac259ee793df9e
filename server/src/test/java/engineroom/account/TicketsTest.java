package engineroom.account;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.account.Desk.Answer;
import engineroom.data.Value;
import engineroom.records.Where;
import engineroom.stores.sqlite.SqliteDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is good once is so for its own door alone, and for one of many who come at once.
class TicketsTest {
  private static final String ANN = "ann@example.org";
  private static final String NEW = "ann@example.net";
  private static final int CLIENTS = 64;
  private static final int ROUNDS = 4;

  /// The doors of tickets; %s stands for the token.
  private static final Map<String, String> DOORS =
      Map.of(
          "/auth/verify", "{\"token\":\"%s\"}",
          "/auth/password/reset/confirm",
              "{\"token\":\"%s\",\"password\":\"seven green boats at sea\"}",
          "/auth/magic-link/confirm", "{\"token\":\"%s\"}",
          "/auth/email-code/confirm", "{\"transaction\":\"%s\",\"code\":\"12345678\"}",
          "/auth/email/confirm", "{\"token\":\"%s\"}",
          "/auth/email/stop", "{\"token\":\"%s\"}",
          "/auth/refresh", "{\"refreshToken\":\"%s\"}");

  @TempDir Path folder;
  private Desk desk;

  @BeforeEach
  void open() {
    desk = Desk.of(folder);
    desk.confirmed(ANN);
  }

  private Answer asked(String path, String email) {
    return desk.post(path, "{\"email\":\"%s\"}".formatted(email));
  }

  private String mailed(String template, String value) {
    return desk.mails().reversed().stream()
        .filter(mail -> mail.template().equals(template))
        .findFirst()
        .orElseThrow()
        .values()
        .getOrDefault(value, "");
  }

  /// One good token of each kind, by the doors that take it.
  private Map<String, List<String>> tokens() {
    var in = desk.signIn(ANN);
    var tokens = new LinkedHashMap<String, List<String>>();
    desk.as(in.text("accessToken"), "POST", "/auth/email", "{\"email\":\"" + NEW + "\"}");
    tokens.put(mailed("email-change", "token"), List.of("/auth/email/confirm"));
    tokens.put(
        mailed("email-leaving", "token"), List.of("/auth/email/confirm", "/auth/email/stop"));
    desk.signUp("bob@example.org");
    tokens.put(mailed("confirm-email", "token"), List.of("/auth/verify"));
    asked("/auth/password/reset", ANN);
    tokens.put(mailed("reset-password", "token"), List.of("/auth/password/reset/confirm"));
    asked("/auth/magic-link", ANN);
    tokens.put(mailed("magic-link", "token"), List.of("/auth/magic-link/confirm"));
    var transaction = asked("/auth/email-code", ANN).text("transaction");
    tokens.put(transaction, List.of("/auth/email-code/confirm"));
    tokens.put(in.text("refreshToken"), List.of("/auth/refresh"));
    return tokens;
  }

  @Test
  void each_kind_is_refused_by_all_doors_but_its_own() {
    tokens()
        .forEach(
            (token, own) -> {
              assertThat(token).isNotEmpty();
              DOORS.forEach(
                  (door, body) -> {
                    if (!own.contains(door)) {
                      var answer = desk.post(door, body.formatted(token));
                      assertThat(answer.status()).as(token + " at " + door).isEqualTo(401);
                    }
                  });
              for (var path : List.of("/auth/me", "/api/notes", "/auth/sessions")) {
                assertThat(desk.get(token, path).status()).as(token + path).isEqualTo(401);
              }
              var cookie = Map.of("Cookie", "__Host-er_s=" + token);
              assertThat(desk.send("GET", "/api/notes", cookie, "").status()).isEqualTo(401);
            });
    var reset = mailed("reset-password", "token"); // none of all this has used it
    var body = "{\"token\":\"%s\",\"password\":\"a warm stone in the river\"}".formatted(reset);
    assertThat(desk.post("/auth/password/reset/confirm", body).status()).isEqualTo(204);
  }

  @Test
  void only_hashes_of_tokens_and_codes_are_kept() {
    var tokens = tokens();
    var code = mailed("email-code", "code");
    var kept = desk.records().all("accountTicket", Where.ALL, 100).toString();
    assertThat(kept).contains("OLD_ADDRESS", "MAGIC_LINK").doesNotContain("\"" + code + "\"", code);
    tokens.keySet().forEach(token -> assertThat(kept).doesNotContain(token));
  }

  @Test
  void other_types_in_the_place_of_each_member_are_refused() {
    var in = desk.signIn(ANN).text("accessToken");
    var bodies =
        Map.of(
            "/auth/verify", List.of("token"),
            "/auth/password/reset", List.of("email"),
            "/auth/password/reset/confirm", List.of("token", "password"),
            "/auth/magic-link", List.of("email"),
            "/auth/magic-link/confirm", List.of("token"),
            "/auth/email-code", List.of("email"),
            "/auth/email-code/confirm", List.of("transaction", "code"),
            "/auth/email", List.of("email", "password"),
            "/auth/upgrade", List.of("email", "password"));
    bodies.forEach(
        (path, members) -> {
          for (var wrong : List.of("null", "\"\"", "[]", "{}", "7", "true", "[\"a@b.c\"]")) {
            for (var member : members) {
              var body = "{\"%s\":%s}".formatted(member, wrong);
              var answer = desk.as(in, "POST", path, body);
              assertThat(answer.status()).as(path + body).isEqualTo(422);
              assertThat(answer.body()).contains("\"path\":\"" + member + "\"");
            }
          }
          assertThat(desk.as(in, "POST", path, "{\"nonsense\":1}").status()).isEqualTo(422);
          assertThat(desk.as(in, "POST", path, "[]").status()).isEqualTo(400);
          assertThat(desk.as(in, "PUT", path, "{}").status()).isEqualTo(405);
        });
    assertThat(desk.post("/auth/verify", "{\"email\":null}").status()).isEqualTo(422);
    assertThat(desk.post("/auth/verify", "{\"email\":\"a@b.c\",\"token\":\"x\"}").status())
        .isEqualTo(422);
    assertThat(asked("/auth/magic-link", "x".repeat(300) + "@b.c").status()).isEqualTo(422);
    assertThat(asked("/auth/magic-link", "no address").status()).isEqualTo(422);
    assertThat(desk.as(in, "DELETE", "/auth/me", "{\"password\":[]}").status()).isEqualTo(422);
  }

  @Test
  void of_many_who_come_at_once_one_succeeds() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      race();
    }
  }

  @Test
  void of_many_who_come_at_once_one_succeeds_on_the_store_on_disk() throws Exception {
    try (var database = SqliteDatabase.open(folder.resolve("app.db"))) {
      desk = Desk.over(folder, "", good -> database.store(good.model()));
      desk.confirmed(ANN);
      race();
    }
  }

  private void race() throws Exception {
    asked("/auth/magic-link", ANN);
    one("/auth/magic-link/confirm", "{\"token\":\"%s\"}".formatted(mailed("magic-link", "token")));
    var transaction = asked("/auth/email-code", ANN).text("transaction");
    var code = mailed("email-code", "code");
    one(
        "/auth/email-code/confirm",
        "{\"transaction\":\"%s\",\"code\":\"%s\"}".formatted(transaction, code));
    desk.later(Duration.ofSeconds(2)); // those who lost have to wait
    var in = desk.signIn(ANN).text("accessToken");
    desk.as(in, "POST", "/auth/email", "{\"email\":\"" + NEW + "\"}");
    one("/auth/email/confirm", "{\"token\":\"%s\"}".formatted(mailed("email-change", "token")));
    one("/auth/email/stop", "{\"token\":\"%s\"}".formatted(mailed("email-leaving", "token")));
    desk.signUp("bob@example.org");
    one("/auth/verify", "{\"token\":\"%s\"}".formatted(mailed("confirm-email", "token")));
    desk.records().deleteWhere("user", Where.is("email", Value.of("bob@example.org")), 1);
  }

  /// Asks the same of the program many times at once: one is let in, the others are refused.
  private void one(String path, String body) throws Exception {
    assertThat(statuses(path, body).stream().filter(status -> status < 300)).as(path).hasSize(1);
  }

  private List<Integer> statuses(String path, String body) throws Exception {
    var start = new CountDownLatch(1);
    var results = new ArrayList<Future<Integer>>();
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CLIENTS; i++) {
        Callable<Integer> client =
            () -> {
              start.await();
              return desk.post(path, body).status();
            };
        results.add(clients.submit(client));
      }
      start.countDown();
    }
    var statuses = new ArrayList<Integer>();
    for (var result : results) {
      statuses.add(result.get());
    }
    assertThat(statuses)
        .as(path)
        .allMatch(status -> status < 300 || status == 401 || status == 429);
    return statuses;
  }

  @Test
  void of_many_guesses_at_once_five_are_looked_at() throws Exception {
    var transaction = asked("/auth/email-code", ANN).text("transaction");
    var wrong =
        "{\"transaction\":\"%s\",\"code\":\"%s\"}"
            .formatted(transaction, mailed("email-code", "code").equals("00000000") ? "1" : "0");
    assertThat(statuses("/auth/email-code/confirm", wrong))
        .contains(401, 429)
        .allMatch(status -> status > 400);
    var ticket = desk.records().first("accountTicket", Where.is("kind", Value.of("EMAIL_CODE")));
    assertThat(Fields.number(ticket.orElseThrow(), "tries")).isEqualTo(5);
  }

  @Test
  void a_reset_that_is_raced_for_sets_one_password() throws Exception {
    asked("/auth/password/reset", ANN);
    var token = mailed("reset-password", "token");
    var body = "{\"token\":\"%s\",\"password\":\"seven green boats at sea\"}".formatted(token);
    long changed = desk.mails().size();
    var done = new ArrayList<Future<Integer>>();
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CLIENTS; i++) {
        done.add(clients.submit(() -> desk.post("/auth/password/reset/confirm", body).status()));
      }
    }
    int successes = 0;
    for (var result : done) {
      successes += result.get() == 204 ? 1 : 0;
    }
    assertThat(successes).isEqualTo(1);
    assertThat(desk.mails()).hasSize((int) changed + 1);
  }
}
