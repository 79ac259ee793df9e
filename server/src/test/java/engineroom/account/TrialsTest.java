package engineroom.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import engineroom.account.Desk.Answer;
import engineroom.data.Value;
import engineroom.door.auth.AuthDoor;
import engineroom.records.Where;
import engineroom.stores.sqlite.SqliteDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Guessing at every door, and what becomes of the account.
class TrialsTest {
  private static final String ANN = "ann@example.org";
  private static final String NOBODY = "nobody@example.org";
  private static final String WRONG = "wrong password, I fear";
  private static final String GUESSER = "203.0.113.9";
  private static final int FREE = 5;
  private static final int RATE = 8;
  private static final String LIMITED =
      "accounts: { anonymous: true }\nsettings: { rates: { credentials: " + RATE + "/1m } }";

  @TempDir Path folder;
  private Desk desk;

  @BeforeEach
  void open() {
    desk = Desk.of(folder);
  }

  /// Each route of the door, once at least: what a new one counts has to be said here.
  @Test
  void every_route_says_what_it_counts() {
    var routes = new TreeSet<String>();
    AuthDoor.ROUTES.forEach(route -> routes.add(route.method() + " " + route.path()));
    var said = new TreeSet<>(GuessedDoor.NOT_COUNTED.keySet());
    GuessedDoor.ALL.forEach(door -> said.add(door.method() + " " + door.path()));
    assertThat(said).isEqualTo(routes);
  }

  @TestFactory
  Stream<DynamicTest> every_door_that_can_be_guessed_at_counts_for_the_account() {
    return GuessedDoor.of(GuessedDoor.Counts.ACCOUNT)
        .map(door -> dynamicTest(door.toString(), () -> sharesTheCount(door)));
  }

  /// Five guesses from five addresses, and no door looks at a sixth, from wherever it comes.
  private void sharesTheCount(GuessedDoor door) {
    desk = Desk.of(folder);
    var guess = door.opened(desk);
    var user = desk.records().first("user", Where.ALL).orElseThrow();
    desk.records().change("user", user.id(), Map.of("userName", Value.of("somebody")));
    for (int i = 0; i < FREE; i++) {
      assertThat(guess.from("198.51.100." + i).status()).isNotEqualTo(429);
    }
    var sixth = guess.from("198.51.100.77");
    assertThat(sixth.status()).as(sixth.body()).isEqualTo(429);
    assertThat(sixth.headers()).containsEntry("Retry-After", "1");
    assertThat(signIn("198.51.100.78", "somebody", Desk.PASSWORD).status()).isEqualTo(429);
    desk.later(Duration.ofSeconds(1));
    assertThat(signIn("198.51.100.79", "somebody", Desk.PASSWORD).status()).isLessThan(300);
  }

  @TestFactory
  Stream<DynamicTest> every_door_counts_for_the_address() {
    return GuessedDoor.ALL.stream()
        .map(door -> dynamicTest(door.toString(), () -> countsForTheAddress(door)));
  }

  private void countsForTheAddress(GuessedDoor door) {
    desk = Desk.of(folder, LIMITED);
    var guess = door.opened(desk);
    desk.later(Duration.ofMinutes(1));
    for (int i = 0; i < RATE; i++) {
      assertThat(guess.from(GUESSER).status()).as("attempt " + i).isNotEqualTo(429);
      desk.later(i < FREE - 1 ? Duration.ZERO : Duration.ofMillis(1_000L << (i - FREE + 1)));
    }
    assertThat(guess.from(GUESSER).status()).isEqualTo(429);
    desk.later(Duration.ofMinutes(1));
    assertThat(guess.from(GUESSER).status()).isNotEqualTo(429);
  }

  @TestFactory
  Stream<DynamicTest> what_is_asked_for_by_an_address_is_counted_for_it_in_any_spelling() {
    return GuessedDoor.of(GuessedDoor.Counts.TYPED)
        .map(door -> dynamicTest(door.toString(), () -> countsForWhatIsTyped(door)));
  }

  private void countsForWhatIsTyped(GuessedDoor door) {
    desk = Desk.of(folder, LIMITED);
    var guess = door.opened(desk);
    desk.later(Duration.ofMinutes(1));
    for (int i = 0; i < RATE; i++) {
      assertThat(guess.from("198.51.100." + i).status()).isNotEqualTo(429);
    }
    assertThat(guess.from("198.51.100.77").status()).isEqualTo(429);
  }

  private Answer signIn(String address, String login, String password) {
    var body = "{\"login\":\"%s\",\"password\":\"%s\"}".formatted(login, password);
    return desk.from(address, "POST", "/auth/sign-in", Map.of(), body);
  }

  private List<Integer> atOnce(int clients, IntFunction<Answer> guess) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Callable<Answer>>();
      IntStream.range(0, clients).forEach(i -> all.add(() -> guess.apply(i)));
      var statuses = new ArrayList<Integer>();
      for (var future : threads.invokeAll(all)) {
        statuses.add(future.get().status());
      }
      return statuses;
    }
  }

  @Test
  void of_200_wrong_passwords_at_once_five_are_looked_at() throws Exception {
    try (var database = SqliteDatabase.open(folder.resolve("app.db"))) {
      desk = Desk.over(folder, "", good -> database.store(good.model()));
      desk.confirmed(ANN);
      for (var login : List.of(ANN, NOBODY)) {
        var statuses = atOnce(200, i -> signIn("198.51.100." + i % 250, login, WRONG));
        assertThat(statuses).as(login).isSubsetOf(401, 429, 503); // or too many at this moment
        assertThat(statuses.stream().filter(s -> s == 401)).as(login).hasSize(FREE);
      }
    }
  }

  @Test
  void no_spelling_of_a_request_escapes_the_count() {
    desk.confirmed(ANN);
    var body = "{\"login\":\"%s\",\"password\":\"" + WRONG + "\"}";
    var looked = new ArrayList<Integer>();
    for (int i = 0; i < 40; i++) {
      var login = List.of(ANN, "ANN@EXAMPLE.ORG", "ann@Example.org", "aNN@example.ORG").get(i % 4);
      var target =
          List.of(
                  "/auth/sign-in",
                  "/auth/sign-in?cookie=true",
                  "/auth/sign-in/",
                  "/auth//sign-in",
                  "/Auth/Sign-In",
                  "/auth/sign-in?x=1",
                  "/auth/sign-in#a")
              .get(i % 7);
      var headers =
          List.of(
                  Map.<String, String>of(),
                  Map.of("X-Forwarded-For", "192.0.2." + i),
                  Map.of("X-HTTP-Method-Override", "PUT"),
                  Map.of("User-Agent", "agent " + i),
                  Map.of("Origin", "https://shop.example"))
              .get(i % 5);
      looked.add(desk.from(GUESSER, "POST", target, headers, body.formatted(login)).status());
    }
    assertThat(looked).doesNotContain(200).contains(429);
    assertThat(looked.stream().filter(s -> s == 401)).hasSize(FREE);
  }

  @Test
  void a_restart_forgets_no_attempt() {
    try (var database = SqliteDatabase.open(folder.resolve("app.db"))) {
      desk = Desk.over(folder, "", good -> database.store(good.model()));
      desk.confirmed(ANN);
      for (int i = 0; i < FREE; i++) {
        assertThat(signIn(GUESSER, ANN, WRONG).status()).isEqualTo(401);
      }
      desk = Desk.over(folder, "", good -> database.store(good.model()));
      assertThat(signIn(GUESSER, ANN, Desk.PASSWORD).status()).isEqualTo(429);
    }
  }

  @Test
  void who_signed_in_from_here_before_comes_in_while_others_guess() {
    desk.confirmed(ANN);
    assertThat(desk.signIn(ANN).status()).isEqualTo(200);
    for (int i = 0; i < 20; i++) {
      var _ = signIn("198.51.100." + i, ANN, WRONG);
    }
    assertThat(signIn(GUESSER, ANN, Desk.PASSWORD).status()).isEqualTo(429);
    assertThat(desk.signIn(ANN).status()).isEqualTo(200);
  }

  @Test
  void an_own_account_that_claims_an_address_helps_nobody_to_guess_at_it() {
    desk.confirmed(ANN);
    var own = "seven green boats at sea";
    desk.post("/auth/sign-up", "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(ANN, own));
    for (int i = 0; i < FREE; i++) {
      assertThat(signIn(GUESSER, ANN, WRONG).status()).isEqualTo(401);
      assertThat(signIn(GUESSER, ANN, own).status()).isEqualTo(200);
    }
    assertThat(signIn(GUESSER, ANN, Desk.PASSWORD).status()).as("not looked at").isEqualTo(401);
    assertThat(signIn(GUESSER, ANN, own).status()).as("their own is").isEqualTo(200);
    desk.later(Duration.ofMinutes(1));
    assertThat(signIn(GUESSER, ANN, Desk.PASSWORD).status()).isEqualTo(200);
  }

  /// What a guesser sees who also signs up with the address.
  private List<String> guessed(String login) {
    var seen = new ArrayList<String>();
    for (int i = 0; i < 8; i++) {
      seen.add(plain(signIn(GUESSER, login, WRONG)));
    }
    desk.later(Duration.ofSeconds(1));
    seen.add(plain(signIn(GUESSER, login, WRONG)));
    seen.add(plain(signIn(GUESSER, login, WRONG)));
    desk.signUp(login);
    for (int i = 0; i < 8; i++) {
      seen.add(plain(signIn(GUESSER, login, WRONG)));
    }
    desk.nearlyLocked();
    seen.add(plain(signIn(GUESSER, login, WRONG)));
    seen.add(plain(signIn(GUESSER, login, WRONG)));
    return seen;
  }

  private static String plain(Answer answer) {
    return answer.status() + " " + answer.headers() + " " + answer.body();
  }

  @Test
  void an_unknown_login_can_not_be_told_from_a_known_one_by_guessing() {
    desk.confirmed(ANN);
    var known = guessed(ANN);
    desk = Desk.of(folder);
    desk.confirmed("bob@example.org");
    assertThat(guessed(ANN)).isEqualTo(known);
    assertThat(known).anyMatch(seen -> seen.startsWith("429"));
    assertThat(known.getLast()).startsWith("403").contains("account-locked", "reset");
  }

  private void locked() {
    desk.confirmed(ANN);
    var _ = signIn(GUESSER, ANN, WRONG);
    desk.nearlyLocked();
    assertThat(signIn(GUESSER, ANN, WRONG).status()).isEqualTo(401);
    desk.later(Duration.ofHours(1));
    assertThat(signIn(GUESSER, ANN, Desk.PASSWORD).status()).isEqualTo(403);
    assertThat(desk.signIn(ANN).status()).as("from anywhere").isEqualTo(403);
  }

  private String mailed(String template) {
    var mail = desk.mails().getLast();
    assertThat(mail.template()).isEqualTo(template);
    return mail.values().getOrDefault("token", "");
  }

  @Test
  void a_locked_account_is_unlocked_by_the_link_of_its_mail_once() {
    locked();
    var mails = desk.mails().size();
    var token = "{\"token\":\"%s\"}".formatted(mailed("unlock"));
    assertThat(desk.post("/auth/unlock", token).status()).isEqualTo(204);
    assertThat(desk.signIn(ANN).status()).isEqualTo(200);
    assertThat(desk.post("/auth/unlock", token).status()).isEqualTo(401);
    assertThat(desk.mails()).as("one mail, however often it was tried").hasSize(mails);
  }

  @Test
  void a_locked_account_is_unlocked_by_a_new_password() {
    locked();
    desk.post("/auth/password/reset", "{\"email\":\"%s\"}".formatted(ANN));
    var next = "seven green boats at sea";
    var token = mailed("reset-password");
    var reset = "{\"token\":\"%s\",\"password\":\"%s\"}".formatted(token, next);
    assertThat(desk.post("/auth/password/reset/confirm", reset).status()).isEqualTo(204);
    assertThat(signIn(GUESSER, ANN, next).status()).isEqualTo(200);
  }

  @Test
  void a_link_that_nobody_can_guess_signs_in_to_a_locked_account_and_unlocks_it() {
    locked();
    desk.post("/auth/magic-link", "{\"email\":\"%s\"}".formatted(ANN));
    var token = "{\"token\":\"%s\"}".formatted(mailed("magic-link"));
    assertThat(signIn(GUESSER, ANN, Desk.PASSWORD).status()).isEqualTo(403);
    assertThat(desk.post("/auth/magic-link/confirm", token).status()).isEqualTo(200);
    assertThat(signIn(GUESSER, ANN, Desk.PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void a_locked_account_is_unlocked_by_administrators_alone() {
    locked();
    var user = "{\"user\":\"%s\"}".formatted(SessionWork.plain(desk.user("email", ANN).id()));
    assertThat(desk.post("/auth/unlock", user).status()).isEqualTo(401);
    var other = desk.signUp("bob@example.org").text("accessToken");
    assertThat(desk.as(other, "POST", "/auth/unlock", user).status()).isEqualTo(403);
    assertThat(desk.signIn(ANN).status()).isEqualTo(403);
    assertThat(desk.as(Desk.KEY, "POST", "/auth/unlock", user).status()).isEqualTo(204);
    assertThat(desk.signIn(ANN).status()).isEqualTo(200);
    var none = "{\"user\":\"01a1fdfa-4600-7000-aec6-b55cc66e0000\"}";
    assertThat(desk.as(Desk.KEY, "POST", "/auth/unlock", none).status()).isEqualTo(404);
  }

  @Test
  void nobody_is_told_about_an_account_that_is_not_there() {
    var _ = signIn(GUESSER, NOBODY, WRONG);
    desk.nearlyLocked();
    var _ = signIn(GUESSER, NOBODY, WRONG);
    desk.later(Duration.ofHours(1));
    assertThat(signIn(GUESSER, NOBODY, WRONG).status()).isEqualTo(403);
    assertThat(desk.mails()).isEmpty();
  }
}
