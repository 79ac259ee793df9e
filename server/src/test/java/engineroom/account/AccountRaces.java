package engineroom.account;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.account.Desk.Answer;
import engineroom.data.Value;
import engineroom.modelfile.ModelReader.Reading;
import engineroom.records.Where;
import engineroom.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Everything about accounts that is good once, raced for by 64 clients of two programs over one
/// store, round after round: one of them gets it.
///
/// `-Draces=1000` says how many rounds; without it there are few.
abstract class AccountRaces {
  private static final String ANN = "ann@example.org";
  private static final String NEXT_PASSWORD = "seven green boats at sea";
  private static final int CODES = 100_000_000;
  private static final String VERIFY = "/auth/mfa/verify";
  private static final String CODE = "{'mfaToken':'%s','code':'%s'}";

  private final int rounds;

  @TempDir Path folder;
  private List<Desk> desks = List.of();
  private Desk desk;

  /// @param rounds unless `-Draces` says how many
  AccountRaces(int rounds) {
    this.rounds = Integer.getInteger("races", rounds);
  }

  abstract Store store(Reading.Good good);

  @BeforeEach
  void open() {
    desks = Desk.pair(folder, "", this::store);
    desk = desks.getFirst();
    desk.confirmed(ANN);
  }

  private void rounds(IntConsumer round) {
    for (int i = 0; i < rounds; i++) {
      round.accept(i);
      desk.later(Duration.ofSeconds(1));
      desk.records().deleteWhere("attempt", Where.ALL, 10_000); // nobody is kept waiting
    }
  }

  /// What 64 clients of both programs get.
  ///
  /// @param request of a client by its number
  private List<Answer> race(BiFunction<Desk, Integer, Answer> request) {
    return Race.of(client -> request.apply(desks.get(client % desks.size()), client));
  }

  /// One client wins, and all others are refused, or are to wait.
  private static void one(List<Answer> answers, Integer... refusals) {
    assertThat(answers).hasSize(Race.CLIENTS);
    assertThat(answers).filteredOn(AccountRaces::won).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> !won(answer))
        .allMatch(answer -> refused(answer, refusals));
  }

  private static boolean refused(Answer answer, Integer... refusals) {
    return answer.status() == 429 || Set.of(refusals).contains(answer.status());
  }

  private static boolean won(Answer answer) {
    return answer.status() < 300;
  }

  /// One client wins who sends the same as all.
  private void one(String path, String body) {
    one(race((any, _) -> any.post(path, body)), 401);
  }

  private static String body(String json, Object... values) {
    return json.replace('\'', '"').formatted(values);
  }

  private void asked(String path) {
    assertThat(desk.post(path, body("{'email':'%s'}", ANN)).status()).isEqualTo(202);
  }

  private String mailed(String template, String value) {
    return desk.mails().reversed().stream()
        .filter(mail -> mail.template().equals(template))
        .findFirst()
        .orElseThrow()
        .values()
        .getOrDefault(value, "");
  }

  @Test
  void a_refresh_token_has_one_successor() {
    var in = desk.signIn(ANN);
    var session = desk.records().last("session", Where.ALL, "createdAt", 1).getFirst().id();
    var token = new String[] {in.text("refreshToken")};
    rounds(
        round -> {
          var answers = race((any, _) -> any.refresh(token[0]));
          assertThat(answers).allMatch(AccountRaces::won);
          var next = successors(answers);
          assertThat(next).hasSize(1).doesNotContain(token[0]);
          var row = desk.records().find("session", session).orElseThrow();
          assertThat(Fields.number(row, "refreshes")).isEqualTo(round + 1);
          token[0] = next.iterator().next();
          desk.later(Sessions.GRACE);
        });
  }

  private static Set<String> successors(List<Answer> answers) {
    return answers.stream()
        .filter(AccountRaces::won)
        .map(answer -> answer.text("refreshToken"))
        .collect(Collectors.toSet());
  }

  @Test
  void a_refresh_token_that_two_hold_ends_the_session_for_both() {
    rounds(
        _ -> {
          var old = desk.signIn(ANN).text("refreshToken");
          var good = desk.refresh(old).text("refreshToken");
          desk.later(Sessions.GRACE.plusMillis(1));
          var answers = race((any, client) -> any.refresh(client % 4 < 2 ? old : good));
          var next = successors(answers);
          assertThat(next).hasSizeLessThanOrEqualTo(1).doesNotContain(old, good);
          next.forEach(token -> assertThat(desk.refresh(token).status()).isEqualTo(401));
          assertThat(desk.refresh(good).status()).isEqualTo(401);
        });
  }

  @Test
  void a_magic_link_signs_in_once() {
    rounds(
        _ -> {
          asked("/auth/magic-link");
          var token = mailed("magic-link", "token");
          one("/auth/magic-link/confirm", body("{'token':'%s'}", token));
        });
  }

  private String transaction() {
    return desk.post("/auth/email-code", body("{'email':'%s'}", ANN)).text("transaction");
  }

  private static String codeBody(String transaction, String code) {
    return body("{'transaction':'%s','code':'%s'}", transaction, code);
  }

  @Test
  void a_code_of_a_mail_signs_in_once() {
    rounds(
        _ -> {
          var body = codeBody(transaction(), mailed("email-code", "code"));
          one("/auth/email-code/confirm", body);
        });
  }

  private static String wrong(String code, int client) {
    return "%08d".formatted((Integer.parseInt(code) + 1 + client) % CODES);
  }

  private long tries(String kind) {
    var tickets =
        desk.records().last("accountTicket", Where.is("kind", Value.of(kind)), "createdAt", 1);
    return Fields.number(tickets.getFirst(), "tries");
  }

  @Test
  void five_guesses_of_a_mails_code_are_looked_at_however_many_come() {
    rounds(
        _ -> {
          var transaction = transaction();
          var code = mailed("email-code", "code");
          var path = "/auth/email-code/confirm";
          var answers = race((any, n) -> any.post(path, codeBody(transaction, wrong(code, n))));
          assertThat(answers).allMatch(answer -> refused(answer, 401));
          assertThat(tries("EMAIL_CODE")).isBetween(1L, (long) Tickets.TRIES_MAX);
          assertThat(refused(desk.post(path, codeBody(transaction, code)), 401)).isTrue();
          desk.later(Duration.ofMinutes(10)); // only a few can be open at a time
        });
  }

  @Test
  void a_right_code_among_many_guesses_signs_in_once_at_most() {
    rounds(
        _ -> {
          var transaction = transaction();
          var code = mailed("email-code", "code");
          var answers =
              race(
                  (any, n) ->
                      any.post(
                          "/auth/email-code/confirm",
                          codeBody(transaction, n % 4 == 0 ? code : wrong(code, n))));
          assertThat(answers).filteredOn(AccountRaces::won).hasSizeLessThanOrEqualTo(1);
          assertThat(tries("EMAIL_CODE")).isBetween(1L, (long) Tickets.TRIES_MAX);
          desk.later(Duration.ofMinutes(10));
        });
  }

  @Test
  void a_reset_sets_one_password() {
    rounds(
        _ -> {
          asked("/auth/password/reset");
          var token = mailed("reset-password", "token");
          int mails = desk.mails().size();
          var body = "{'token':'%s','password':'%s %d'}";
          var path = "/auth/password/reset/confirm";
          var answers = race((any, n) -> any.post(path, body(body, token, NEXT_PASSWORD, n)));
          one(answers, 401);
          var winner =
              answers.indexOf(answers.stream().filter(AccountRaces::won).findFirst().get());
          assertThat(desk.signIn(ANN, NEXT_PASSWORD + " " + winner).status()).isEqualTo(200);
          assertThat(desk.mails()).hasSize(mails + 1);
        });
  }

  @Test
  void a_link_confirms_an_address_once() {
    rounds(
        round -> {
          desk.signUp("bob%d@example.org".formatted(round));
          one("/auth/verify", body("{'token':'%s'}", mailed("confirm-email", "token")));
        });
  }

  @Test
  void of_many_who_sign_up_with_one_address_one_has_it() {
    rounds(
        round -> {
          var address = "bob%d@example.org".formatted(round);
          int mails = desk.mails().size();
          var up = race((any, _) -> any.signUp(address));
          assertThat(up).allMatch(answer -> answer.status() == 201);
          var links = desk.mails().subList(mails, mails + Race.CLIENTS);
          var confirmed =
              race(
                  (any, n) ->
                      any.post(
                          "/auth/verify",
                          body("{'token':'%s'}", links.get(n).values().getOrDefault("token", ""))));
          one(confirmed, 401);
          var holders = Where.is("email", Value.of(address));
          assertThat(desk.records().count("user", holders)).isEqualTo(1);
        });
  }

  @Test
  void of_many_who_want_a_user_name_one_gets_it() {
    rounds(
        round -> {
          var wish = "{'email':'n%d.%d@example.org','userName':'bob%d','password':'%s'}";
          one(
              race(
                  (any, n) ->
                      any.post("/auth/sign-up", body(wish, n, round, round, Desk.PASSWORD))),
              409,
              422);
        });
  }

  @Test
  void an_invitation_lets_in_one() {
    rounds(
        round -> {
          var address = "bob%d@example.org".formatted(round);
          var asked = body("{'email':'%s','roles':['clerk']}", address);
          desk.as(Desk.KEY, "POST", "/auth/invitations", asked);
          var token = mailed("invitation", "token");
          var up = "{'email':'%s','password':'%s','invitation':'%s'}";
          var body = body(up, address, Desk.PASSWORD, token);
          one(race((any, _) -> any.post("/auth/sign-up", body)), 403, 409, 422);
        });
  }

  /// Asks for a change of the address.
  private void leave(String present, String next) {
    var in = desk.signIn(present).text("accessToken");
    var body = body("{'email':'%s','password':'%s'}", next, Desk.PASSWORD);
    assertThat(desk.as(in, "POST", "/auth/email", body).status()).isEqualTo(202);
  }

  @Test
  void each_address_agrees_once_and_both_together_change_it_once() {
    var present = new String[] {ANN};
    rounds(
        round -> {
          var next = "ann%d@example.net".formatted(round);
          leave(present[0], next);
          var links = List.of(mailed("email-leaving", "token"), mailed("email-change", "token"));
          var answers =
              race(
                  (any, n) ->
                      any.post(
                          "/auth/email/confirm", body("{'token':'%s'}", links.get(n / 2 % 2))));
          assertThat(answers).filteredOn(AccountRaces::won).hasSize(2);
          assertThat(answers).filteredOn(a -> a.body().contains("\"changed\":true")).hasSize(1);
          assertThat(answers).filteredOn(a -> a.body().contains("\"changed\":false")).hasSize(1);
          assertThat(desk.user("email", next).value("newEmail")).isEqualTo(Value.NULL);
          present[0] = next;
        });
  }

  @Test
  void the_old_address_agrees_or_stops_and_does_so_once() {
    rounds(
        round -> {
          leave(ANN, "ann%d@example.net".formatted(round));
          var body = body("{'token':'%s'}", mailed("email-leaving", "token"));
          var doors = List.of("/auth/email/confirm", "/auth/email/stop");
          one(race((any, n) -> any.post(doors.get(n / 2 % 2), body)), 401);
          leave(ANN, "anna%d@example.net".formatted(round));
          var stop = body("{'token':'%s'}", mailed("email-leaving", "token"));
          one("/auth/email/stop", stop);
          assertThat(desk.user("email", ANN).value("newEmail")).isEqualTo(Value.NULL);
        });
  }

  /// What signing in leads to in place of a session, for each client.
  private List<String> steps() {
    return IntStream.range(0, Race.CLIENTS)
        .mapToObj(_ -> desk.signIn(ANN).text("mfaToken"))
        .toList();
  }

  @Test
  void a_step_leads_to_one_session() {
    var holder = Holder.of(desk, ANN);
    rounds(
        _ -> {
          var step = desk.signIn(ANN).text("mfaToken");
          one(VERIFY, body(CODE, step, holder.next()));
        });
  }

  @Test
  void a_code_of_the_authenticator_is_good_for_one_step_of_many() {
    var holder = Holder.of(desk, ANN);
    rounds(
        _ -> {
          var steps = steps();
          var code = holder.next();
          one(race((any, n) -> any.post(VERIFY, body(CODE, steps.get(n), code))), 401);
        });
  }

  @Test
  void a_recovery_code_is_good_for_one_step_of_many() {
    var holder = Holder.of(desk, ANN);
    rounds(
        _ -> {
          var spare = holder.spare();
          var steps = steps();
          var way = "{'mfaToken':'%s','recoveryCode':'%s'}";
          one(race((any, n) -> any.post(VERIFY, body(way, steps.get(n), spare))), 401);
        });
  }

  @Test
  void five_codes_of_a_step_are_looked_at_however_many_come() {
    var holder = Holder.of(desk, ANN);
    rounds(
        _ -> {
          var step = desk.signIn(ANN).text("mfaToken");
          var code = holder.next();
          var answers =
              race(
                  (any, n) -> {
                    var guess = (Integer.parseInt(code) + 1 + n) % 1_000_000;
                    return any.post(VERIFY, body(CODE, step, "%06d".formatted(guess)));
                  });
          assertThat(answers).filteredOn(AccountRaces::won).hasSizeLessThanOrEqualTo(1);
          assertThat(tries("SECOND_FACTOR")).isBetween(1L, (long) Tickets.TRIES_MAX);
          assertThat(refused(desk.post(VERIFY, body(CODE, step, code)), 401)).isTrue();
        });
  }

  @Test
  void a_second_factor_is_turned_on_once_and_off_once() {
    rounds(
        _ -> {
          var in = desk.signIn(ANN).text("accessToken");
          var app = new Authenticator(desk.as(in, "POST", "/auth/mfa/totp", "").text("secret"));
          var first = body("{'code':'%s'}", app.code(desk.now()));
          one(race((any, _) -> any.as(in, "POST", "/auth/mfa/totp/confirm", first)), 403, 422);
          desk.later(Duration.ofSeconds(30));
          var last = body("{'password':'%s','code':'%s'}", Desk.PASSWORD, app.code(desk.now()));
          one(race((any, _) -> any.as(in, "DELETE", "/auth/mfa/totp", last)), 401, 403);
          desk.later(Duration.ofSeconds(30));
        });
  }
}
