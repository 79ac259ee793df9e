package engineroom.account;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.account.Desk.Answer;
import engineroom.account.token.OpaqueToken;
import engineroom.data.Value;
import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import engineroom.operation.Call;
import engineroom.stores.sqlite.SqliteDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecondFactorsTest {
  private static final String ANN = "ann@example.org";
  private static final String TOTP = "/auth/mfa/totp";
  private static final String VERIFY = "/auth/mfa/verify";

  @TempDir Path folder;
  private Desk desk;
  private String token = "";
  private Authenticator app = new Authenticator("");

  @BeforeEach
  void open() {
    desk = Desk.of(folder);
    desk.confirmed(ANN);
    token = desk.signIn(ANN).text("accessToken");
  }

  /// Turns the second factor on.
  private List<String> on() {
    app = new Authenticator(desk.as(token, "POST", TOTP, "").text("secret"));
    return codes(confirm(code()));
  }

  private Answer confirm(String code) {
    return desk.as(token, "POST", TOTP + "/confirm", "{\"code\":\"%s\"}".formatted(code));
  }

  private String code() {
    return app.code(desk.now());
  }

  /// A code that was not used.
  private String next() {
    desk.later(Duration.ofSeconds(30));
    return code();
  }

  private static List<String> codes(Answer answer) {
    var json =
        JsonReader.read(answer.body().getBytes(StandardCharsets.UTF_8), JsonLimits.defaults());
    return json instanceof Json.Obj(var members)
            && members.get("recoveryCodes") instanceof Json.Arr(var elements)
        ? elements.stream().map(e -> e instanceof Json.Text(var text) ? text : "").toList()
        : List.of();
  }

  private Answer verify(String step, String member, String code) {
    return desk.post(VERIFY, "{\"mfaToken\":\"%s\",\"%s\":\"%s\"}".formatted(step, member, code));
  }

  private String step() {
    return desk.signIn(ANN).text("mfaToken");
  }

  @Test
  void signing_in_takes_a_code_of_the_authenticator_once_it_is_on() {
    assertThat(on()).hasSize(10).doesNotHaveDuplicates();
    var first = desk.signIn(ANN);
    assertThat(first.status()).isEqualTo(202);
    assertThat(first.body())
        .contains("\"methods\":[\"totp\",\"recoveryCode\"]", "\"expiresIn\":600")
        .doesNotContain("accessToken", "user");
    var in = verify(first.text("mfaToken"), "code", next());
    assertThat(in.status()).isEqualTo(200);
    var me = desk.get(in.text("accessToken"), "/auth/me");
    assertThat(me.body()).contains("\"secondFactor\":true");
    assertThat(desk.mails().getLast().template()).isEqualTo("second-factor-on");
  }

  @Test
  void nothing_is_asked_for_before_a_first_code_confirms_the_secret() {
    assertThat(desk.as(token, "POST", TOTP, "").text("uri"))
        .startsWith("otpauth://totp/Shop:ann%40example.org?secret=");
    assertThat(desk.signIn(ANN).status()).isEqualTo(200);
    assertThat(confirm("000000").status()).isEqualTo(422);
    assertThat(desk.signIn(ANN).status()).isEqualTo(200);
  }

  @Test
  void the_secret_is_nowhere_in_the_database_as_it_is() {
    on();
    var user = desk.user("email", ANN);
    assertThat(user.toString()).doesNotContain(app.secret());
    assertThat(user.value("totpSecret").toString()).contains("v1.");
    assertThat(desk.get(Desk.KEY, "/api/users").body()).doesNotContain("totp", "v1.");
    assertThat(desk.get(Desk.KEY, "/api/recoveryCodes").status()).isIn(403, 404);
  }

  @Test
  void a_code_is_good_once_and_so_is_a_step() {
    on();
    var code = next();
    var step = step();
    assertThat(verify(step(), "code", code).status()).isEqualTo(200);
    assertThat(verify(step, "code", code).status()).isEqualTo(401);
    assertThat(verify(step, "code", next()).status()).isEqualTo(200);
    assertThat(verify(step, "code", next()).status()).isEqualTo(401);
  }

  @Test
  void the_code_that_turned_it_on_does_not_sign_in() {
    on();
    assertThat(verify(step(), "code", code()).status()).isEqualTo(401);
  }

  @Test
  void a_recovery_code_is_good_once_however_it_is_typed() {
    var codes = on();
    var typed = codes.getFirst().toLowerCase(Locale.ROOT).replace("-", " ");
    assertThat(verify(step(), "recoveryCode", typed).status()).isEqualTo(200);
    assertThat(verify(step(), "recoveryCode", codes.getFirst()).status()).isEqualTo(401);
    assertThat(verify(step(), "recoveryCode", codes.getLast()).status()).isEqualTo(200);
  }

  @Test
  void nobody_uses_the_recovery_code_of_another_user() {
    var codes = on();
    desk.confirmed("bob@example.org");
    token = desk.signIn("bob@example.org").text("accessToken");
    on();
    var step = desk.signIn("bob@example.org").text("mfaToken");
    assertThat(verify(step, "recoveryCode", codes.getFirst()).status()).isEqualTo(401);
  }

  @Test
  void a_step_ends_after_five_tries_even_where_the_sixth_is_right() {
    on();
    var step = step();
    for (int i = 0; i < 4; i++) {
      assertThat(verify(step, "code", "000000").status()).isEqualTo(401);
    }
    var other = step();
    assertThat(verify(step, "code", next()).status()).isEqualTo(200);
    for (int i = 0; i < 5; i++) {
      assertThat(verify(other, "code", "000000").status()).isEqualTo(401);
    }
    assertThat(verify(other, "code", next()).status()).isEqualTo(401);
  }

  @Test
  void a_step_ends_after_ten_minutes_and_when_the_password_changes() {
    on();
    var late = step();
    desk.later(Duration.ofMinutes(10));
    assertThat(verify(late, "code", next()).status()).isEqualTo(401);
    var in = verify(step(), "code", next()).text("accessToken");
    var open = step();
    var body = "{\"current\":\"%s\",\"password\":\"wQ4 zpmt\"}".formatted(Desk.PASSWORD);
    assertThat(desk.as(in, "POST", "/auth/password", body).status()).isEqualTo(204);
    assertThat(verify(open, "code", next()).status()).isEqualTo(401);
  }

  @Test
  void the_token_of_a_step_is_good_for_nothing_else() {
    on();
    var step = step();
    assertThat(desk.get(step, "/auth/me").status()).isEqualTo(401);
    assertThat(desk.get(step, "/api/notes").status()).isEqualTo(401);
    assertThat(desk.refresh(step).status()).isEqualTo(401);
    assertThat(desk.send("GET", "/auth/me", Map.of("Cookie", "__Host-er_s=" + step), "").status())
        .isEqualTo(401);
    assertThat(desk.accounts().signUps().confirm(step, Call.ofProgram(desk.now()))).isFalse();
  }

  @Test
  void no_other_token_is_good_for_the_second_step() {
    var refresh = desk.signIn(ANN).text("refreshToken");
    on();
    for (var other : List.of(token, refresh, Desk.KEY, "er_mf_", "")) {
      assertThat(verify(other, "code", next()).status()).as(other).isIn(401, 422);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "{}", "1", "true", "\"\"", "[\"a\"]"})
  void members_of_the_wrong_type_are_refused(String value) {
    var codes = on();
    var body = "{\"mfaToken\":\"%s\",\"%s\":%s}";
    assertThat(desk.post(VERIFY, body.formatted(step(), "code", value)).status()).isEqualTo(422);
    assertThat(desk.post(VERIFY, body.formatted(step(), "recoveryCode", value)).status())
        .isEqualTo(422);
    var token = "{\"mfaToken\":%s,\"recoveryCode\":\"%s\"}".formatted(value, codes.getFirst());
    assertThat(desk.post(VERIFY, token).status()).isEqualTo(422);
  }

  @Test
  void beginning_takes_a_fresh_sign_in() {
    desk.later(Duration.ofMinutes(5).plusSeconds(1));
    var refused = desk.as(token, "POST", TOTP, "");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text("code")).isEqualTo("authorize/sign-in-again");
    token = desk.signIn(ANN).text("accessToken");
    assertThat(desk.as(token, "POST", TOTP, "").status()).isEqualTo(200);
  }

  @Test
  void turning_it_on_ends_all_other_sessions_and_no_second_begins() {
    var other = desk.signIn(ANN).text("accessToken");
    on();
    assertThat(desk.get(other, "/auth/me").status()).isEqualTo(401);
    assertThat(desk.get(token, "/auth/me").status()).isEqualTo(200);
    assertThat(desk.as(token, "POST", TOTP, "").status()).isEqualTo(403);
    assertThat(confirm(next()).status()).isEqualTo(403);
  }

  private Answer remove(String password, String code) {
    var body = "{\"password\":\"%s\",\"code\":\"%s\"}".formatted(password, code);
    return desk.as(token, "DELETE", TOTP, body);
  }

  @Test
  void turning_it_off_takes_the_password_and_a_code() {
    var codes = on();
    assertThat(remove("not the password, no", next()).status()).isEqualTo(401);
    assertThat(remove(Desk.PASSWORD, "000000").status()).isEqualTo(401);
    var alone = "{\"code\":\"%s\"}".formatted(next());
    assertThat(desk.as(token, "DELETE", TOTP, alone).status()).isEqualTo(422);
    assertThat(remove(Desk.PASSWORD, next()).status()).isEqualTo(204);
    assertThat(desk.signIn(ANN).status()).isEqualTo(200);
    assertThat(desk.user("email", ANN).value("totpSecret")).isEqualTo(Value.NULL);
    assertThat(desk.mails().getLast().template()).isEqualTo("second-factor-off");
    assertThat(verify("er_mf_x", "recoveryCode", codes.getFirst()).status()).isEqualTo(401);
  }

  @Test
  void a_password_of_eight_characters_is_enough_with_it_and_keeps_it_on() {
    on();
    var body = "{\"current\":\"%s\",\"password\":\"%s\"}";
    var short7 = body.formatted(Desk.PASSWORD, "wQ4 zpm");
    assertThat(desk.as(token, "POST", "/auth/password", short7).status()).isEqualTo(422);
    var short8 = body.formatted(Desk.PASSWORD, "wQ4 zpmt");
    assertThat(desk.as(token, "POST", "/auth/password", short8).status()).isEqualTo(204);
    assertThat(remove("wQ4 zpmt", next()).status()).isEqualTo(422);
    assertThat(desk.signIn(ANN, "wQ4 zpmt").status()).isEqualTo(202);
  }

  @Test
  void new_recovery_codes_take_the_place_of_those_before() {
    var before = on();
    var proof =
        "{\"password\":\"%s\",\"recoveryCode\":\"%s\"}".formatted(Desk.PASSWORD, before.getFirst());
    var after = codes(desk.as(token, "POST", "/auth/mfa/recovery-codes", proof));
    assertThat(after).hasSize(10).doesNotContainAnyElementsOf(before);
    assertThat(verify(step(), "recoveryCode", before.getLast()).status()).isEqualTo(401);
    assertThat(verify(step(), "recoveryCode", after.getLast()).status()).isEqualTo(200);
  }

  @Test
  void a_suspended_user_does_not_come_in_by_the_second_step() {
    on();
    var step = step();
    var user = desk.user("email", ANN);
    desk.records().change("user", user.id(), Map.of("suspended", Value.of(true)));
    assertThat(verify(step, "code", next()).status()).isEqualTo(401);
  }

  @Test
  void of_many_at_once_one_uses_each_thing() {
    race(8);
  }

  @Test
  void of_many_at_once_one_uses_each_thing_on_disk_too() {
    try (var database = SqliteDatabase.open(folder.resolve("race.db"))) {
      desk = Desk.over(folder, "", good -> database.store(good.model()));
      desk.confirmed(ANN);
      token = desk.signIn(ANN).text("accessToken");
      race(2);
    }
  }

  /// Of those who come at once five are looked at, and those who lose have to wait.
  private static final Duration LOSERS_WAIT = Duration.ofSeconds(2);

  private void race(int rounds) {
    var codes = on();
    for (int round = 0; round < rounds; round++) {
      var spare = codes.get(round);
      var first = steps();
      assertThat(Race.won(() -> verify(first.remove(), "recoveryCode", spare))).isEqualTo(1);
      var second = steps();
      var code = next();
      assertThat(Race.won(() -> verify(second.remove(), "code", code))).isEqualTo(1);
      desk.later(LOSERS_WAIT);
      var step = step();
      var fresh = next();
      assertThat(Race.won(() -> verify(step, "code", fresh))).isEqualTo(1);
      desk.later(LOSERS_WAIT);
    }
  }

  @Test
  void of_many_at_once_one_turns_it_on_and_one_turns_it_off() {
    for (int round = 0; round < 3; round++) {
      app = new Authenticator(desk.as(token, "POST", TOTP, "").text("secret"));
      var first = code();
      var on = Race.of(() -> confirm(first));
      assertThat(on).filteredOn(answer -> answer.status() == 200).hasSize(1);
      var last = next();
      assertThat(Race.won(() -> remove(Desk.PASSWORD, last))).isEqualTo(1);
      desk.later(Duration.ofSeconds(30));
    }
  }

  /// A step for each client of a race, as signing in makes them.
  private Queue<String> steps() {
    var tickets = new Tickets(desk.records(), new SecureRandom(), desk.now());
    var purpose = new Tickets.Purpose(desk.user("email", ANN).id(), "", "");
    var steps = new ConcurrentLinkedQueue<String>();
    for (int i = 0; i < Race.CLIENTS; i++) {
      steps.add(tickets.make(OpaqueToken.Kind.SECOND_FACTOR, purpose, Entrance.STEP).text());
    }
    return steps;
  }
}
