package engineroom.account;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.account.Desk.Answer;
import engineroom.data.Value;
import engineroom.operation.Call;
import engineroom.stores.sqlite.SqliteDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountsTest {
  private static final String ANN = "ann@example.org";

  @TempDir Path folder;
  private Desk desk;

  @BeforeEach
  void open() {
    desk = Desk.of(folder);
  }

  @Test
  void signs_up_and_in_and_tells_who_is_calling() {
    assertThat(desk.signUp(ANN).status()).isEqualTo(201);
    var in = desk.signIn(ANN);
    assertThat(in.status()).isEqualTo(200);
    assertThat(in.body()).contains("\"expiresIn\":600").doesNotContain(Desk.PASSWORD, "$argon2");
    var me = desk.get(in.text("accessToken"), "/auth/me");
    assertThat(me.text("user", "newEmail")).isEqualTo(ANN);
    assertThat(me.headers()).containsEntry("Cache-Control", "no-store");
  }

  @Test
  void signs_in_by_user_name_in_any_case_of_letters() {
    desk.post("/auth/sign-up", signUpWith("\"userName\":\"Ann\""));
    assertThat(desk.signIn("aNN").status()).isEqualTo(200);
    assertThat(desk.signIn("ANN@Example.ORG").status()).isEqualTo(200);
  }

  private static String signUpWith(String more) {
    return "{\"email\":\"%s\",\"password\":\"%s\",%s}".formatted(ANN, Desk.PASSWORD, more);
  }

  @Test
  void a_known_address_can_not_be_told_from_a_new_one() {
    desk.confirmed(ANN);
    var known = desk.signUp(ANN);
    var fresh = desk.signUp("bob@example.org");
    assertThat(plain(known)).isEqualTo(plain(fresh).replace("bob@example.org", ANN));
    assertThat(known.status()).isEqualTo(fresh.status());
    assertThat(plain(desk.signIn(ANN, "wrong password, I fear")))
        .isEqualTo(plain(desk.signIn("nobody@example.org", "wrong password, I fear")));
    assertThat(desk.mails().stream().map(Desk.Mail::template))
        .containsExactly("confirm-email", "account-exists", "confirm-email");
    assertThat(desk.mails().get(1).values()).doesNotContainKey("token");
  }

  /// Without what differs from one account to the next anyway.
  private static String plain(Answer answer) {
    return answer
        .body()
        .replaceAll("\"(accessToken|refreshToken)\":\"[^\"]+\"", "$1")
        .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "id");
  }

  @Test
  void who_signed_up_with_anothers_address_is_let_in_to_their_own_account_only() {
    var first = desk.confirmed(ANN);
    desk.post(
        "/auth/sign-up",
        "{\"email\":\"%s\",\"password\":\"seven green boats at sea\"}".formatted(ANN));
    var other = desk.signIn(ANN, "seven green boats at sea");
    assertThat(other.status()).isEqualTo(200);
    assertThat(other.text("user", "id")).isNotEqualTo(first.text("user", "id"));
    assertThat(desk.get(other.text("accessToken"), "/auth/me").body())
        .contains("\"email\":null", "\"emailVerified\":false");
    assertThat(desk.signIn(ANN).text("user", "id")).isEqualTo(first.text("user", "id"));
  }

  @Test
  void where_addresses_are_confirmed_first_nobody_is_signed_in_before() {
    desk = Desk.of(folder, "accounts: { confirm: required }");
    var answer = desk.signUp(ANN);
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.body()).isEmpty();
    var unconfirmed = desk.signIn(ANN);
    assertThat(unconfirmed.status()).isEqualTo(401);
    assertThat(plain(unconfirmed)).isEqualTo(plain(desk.signIn("nobody@example.org")));
    desk.confirmed("bob@example.org");
    assertThat(desk.signIn("bob@example.org").status()).isEqualTo(200);
  }

  @Test
  void nobody_signs_up_where_it_is_closed() {
    desk = Desk.of(folder, "accounts: { signUp: closed }");
    assertThat(desk.signUp(ANN).status()).isEqualTo(403);
  }

  @Test
  void what_a_user_may_not_give_is_refused_by_name() {
    var fields = desk.accounts().signUps().fields(Call.ofProgram(Desk.START));
    assertThat(fields).containsExactlyInAnyOrder("name", "userName", "locale", "nick");
    var model = List.of("id", "version", "createdAt", "roles", "suspended", "anonymous", "rank");
    var more = List.of("emailVerified", "newEmail", "passwordAt", "totpSecret", "secondFactor");
    for (var name : Stream.concat(model.stream(), more.stream()).toList()) {
      var answer = desk.post("/auth/sign-up", signUpWith("\"" + name + "\":null"));
      assertThat(answer.status()).as(name).isEqualTo(422);
      assertThat(answer.body()).contains("\"path\":\"" + name + "\"");
    }
    assertThat(desk.post("/auth/sign-up", signUpWith("\"nick\":\"A\"")).status()).isEqualTo(201);
  }

  @Test
  void every_mistake_of_a_sign_up_is_told_at_once() {
    var answer = desk.post("/auth/sign-up", "{\"email\":\"no\",\"password\":\"short\",\"nick\":7}");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body())
        .contains("\"path\":\"email\"", "\"path\":\"password\"", "\"path\":\"nick\"")
        .doesNotContain("newEmail");
  }

  @Test
  void other_types_in_the_place_of_credentials_are_refused() {
    desk.signUp(ANN);
    for (var wrong : List.of("null", "\"\"", "[]", "{}", "7", "true", "[\"" + ANN + "\"]")) {
      for (var body :
          List.of(
              "{\"login\":%s,\"password\":\"%s\"}".formatted(wrong, Desk.PASSWORD),
              "{\"login\":\"%s\",\"password\":%s}".formatted(ANN, wrong))) {
        assertThat(desk.post("/auth/sign-in", body).status()).as(body).isEqualTo(422);
      }
      var up = "{\"email\":%s,\"password\":%s}".formatted(wrong, wrong);
      assertThat(desk.post("/auth/sign-up", up).status()).as(up).isEqualTo(422);
      var refresh = "{\"refreshToken\":%s}".formatted(wrong);
      assertThat(desk.post("/auth/refresh", refresh).status()).as(refresh).isEqualTo(422);
    }
    assertThat(desk.post("/auth/sign-in", "[]").status()).isEqualTo(400);
    var form = Map.of("Content-Type", "text/plain");
    assertThat(desk.send("POST", "/auth/sign-in", form, "{}").status()).isEqualTo(415);
  }

  @Test
  void a_changed_password_ends_the_other_sessions_and_needs_the_present_one() {
    desk.confirmed(ANN);
    var here = desk.signIn(ANN).text("accessToken");
    var there = desk.signIn(ANN);
    var next = "{\"current\":\"%s\",\"password\":\"seven green boats at sea\"}";
    assertThat(desk.as(here, "POST", "/auth/password", next.formatted("wrong")).status())
        .isEqualTo(401);
    assertThat(desk.as(here, "POST", "/auth/password", next.formatted(Desk.PASSWORD)).status())
        .isEqualTo(204);
    assertThat(desk.get(here, "/auth/me").status()).isEqualTo(200);
    assertThat(desk.get(there.text("accessToken"), "/auth/me").status()).isEqualTo(401);
    assertThat(desk.refresh(there.text("refreshToken")).status()).isEqualTo(401);
    assertThat(desk.signIn(ANN).status()).isEqualTo(401);
    assertThat(desk.signIn(ANN, "seven green boats at sea").status()).isEqualTo(200);
    assertThat(desk.mails().getLast().template()).isEqualTo("password-changed");
  }

  @Test
  void passwords_of_seeds_are_verified_and_hashed_better() {
    desk.as(
        Desk.KEY,
        "POST",
        "/api/users",
        "{\"email\":\"%s\",\"emailVerified\":true,\"password\":\"%s\"}"
            .formatted(ANN, Desk.PASSWORD));
    assertThat(hash()).startsWith("$pbkdf2-sha256$");
    assertThat(desk.signIn(ANN).status()).isEqualTo(200);
    assertThat(hash()).startsWith("$argon2id$");
    assertThat(desk.signIn(ANN).status()).isEqualTo(200);
  }

  private String hash() {
    return Fields.text(desk.user("email", ANN), "password");
  }

  @Test
  void only_the_rules_of_the_model_and_administrators_give_roles() {
    desk.confirmed("eve@shop.example");
    desk.signUp("eve2@shop.example");
    var staff = desk.signIn("eve@shop.example").text("accessToken");
    var claiming = desk.signIn("eve2@shop.example").text("accessToken");
    assertThat(desk.get(staff, "/auth/me").body()).contains("\"roles\":[\"staff\"]");
    assertThat(desk.get(staff, "/api/ledger").status()).isEqualTo(200);
    assertThat(desk.get(claiming, "/auth/me").body()).contains("\"roles\":[]");
    assertThat(desk.get(claiming, "/api/ledger").status()).isIn(403, 404);
    var id = desk.get(claiming, "/auth/me").text("user", "id");
    var roles = "{\"roles\":[\"administrator\",\"nonsense\"]}";
    assertThat(desk.as(claiming, "PATCH", "/api/users/" + id, roles).status()).isEqualTo(422);
    assertThat(desk.as(Desk.KEY, "PATCH", "/api/users/" + id, roles).status()).isEqualTo(422);
    var known = roles.replace(",\"nonsense\"", "");
    assertThat(desk.as(Desk.KEY, "PATCH", "/api/users/" + id, known).status()).isEqualTo(200);
    desk.later(Duration.ofSeconds(1));
    assertThat(desk.get(claiming, "/auth/me").body()).contains("\"roles\":[\"administrator\"]");
    assertThat(desk.get(claiming, "/api/ledger").status()).isEqualTo(200);
  }

  @Test
  void who_administers_an_entity_has_every_right_on_it_and_none_elsewhere() {
    desk.confirmed(ANN);
    desk.records().change("user", desk.user("email", ANN).id(), roles("clerk"));
    var clerk = desk.signIn(ANN).text("accessToken");
    desk.as(Desk.KEY, "POST", "/api/notes", "{\"text\":\"of the administrator\"}");
    assertThat(desk.get(clerk, "/api/notes").body()).contains("of the administrator");
    assertThat(desk.get(clerk, "/api/ledger").status()).isIn(403, 404);
    desk.records().change("user", desk.user("email", ANN).id(), roles("chief"));
    desk.later(Duration.ofSeconds(1));
    assertThat(desk.get(clerk, "/api/ledger").status()).isEqualTo(200);
  }

  private static Map<String, Value> roles(String role) {
    return Map.of("roles", new Value.ListOf(List.of(Value.of(role))));
  }

  @Test
  void users_see_and_delete_their_own_sessions_only() {
    desk.signUp(ANN);
    desk.signUp("bob@example.org");
    var ann = desk.signIn(ANN).text("accessToken");
    var bob = desk.signIn("bob@example.org").text("accessToken");
    var session = desk.get(ann, "/auth/me").text("session");
    assertThat(desk.get(ann, "/auth/sessions").body()).contains(session, "\"current\":true");
    assertThat(desk.get(bob, "/auth/sessions").body()).doesNotContain(session);
    assertThat(desk.as(bob, "DELETE", "/auth/sessions/" + session, "").status()).isEqualTo(404);
    assertThat(desk.as(bob, "DELETE", "/api/sessions/" + session, "").status()).isEqualTo(404);
    assertThat(desk.as(ann, "PATCH", "/api/sessions/" + session, "{\"kind\":\"app\"}").status())
        .isIn(403, 404, 422);
    assertThat(desk.as(ann, "DELETE", "/api/sessions/" + session, "").status()).isEqualTo(204);
    desk.later(Duration.ofSeconds(1));
    assertThat(desk.get(ann, "/auth/me").status()).isEqualTo(401);
  }

  @Test
  void the_store_on_disk_gives_the_same_answers() {
    try (var database = SqliteDatabase.open(folder.resolve("app.db"))) {
      desk = Desk.over(folder, "", good -> database.store(good.model()));
      desk.confirmed(ANN);
      var in = desk.signIn(ANN);
      assertThat(desk.get(in.text("accessToken"), "/auth/me").text("user", "email")).isEqualTo(ANN);
      var next = desk.refresh(in.text("refreshToken"));
      assertThat(next.status()).isEqualTo(200);
      desk.later(Duration.ofSeconds(6));
      assertThat(desk.refresh(in.text("refreshToken")).status()).isEqualTo(401);
      assertThat(desk.refresh(next.text("refreshToken")).status()).isEqualTo(401);
    }
  }
}
