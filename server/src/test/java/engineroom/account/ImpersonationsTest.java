package engineroom.account;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.account.Desk.Answer;
import engineroom.data.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImpersonationsTest {
  private static final String ANN = "ann@example.org";
  private static final String BOB = "bob@example.org";

  @TempDir Path folder;
  private Desk desk;
  private String ann = "";

  @BeforeEach
  void open() {
    desk = Desk.of(folder);
    desk.confirmed(ANN);
    desk.confirmed(BOB);
    administer(ANN, "administrator");
    ann = desk.signIn(ANN).text("accessToken");
  }

  private void administer(String email, String role) {
    var roles = new Value.ListOf(List.of(Value.of(role)));
    desk.records().change("user", desk.user("email", email).id(), Map.of("roles", roles));
    desk.later(Duration.ofSeconds(1));
  }

  private String id(String email) {
    return SessionWork.plain(desk.user("email", email).id());
  }

  private Answer as(String by, String email) {
    var body = "{\"user\":\"%s\"}".formatted(id(email));
    return desk.as(by, "POST", "/auth/impersonate", body);
  }

  private String bob() {
    var answer = as(ann, BOB);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.text("accessToken");
  }

  @Test
  void an_administrator_acts_in_the_name_of_a_user_for_everybody_to_see() {
    var own = desk.signIn(BOB).text("accessToken");
    var bob = bob();
    var me = desk.get(bob, "/auth/me");
    assertThat(me.text("user", "email")).isEqualTo(BOB);
    assertThat(me.text("impersonator")).isEqualTo(id(ANN));
    assertThat(desk.get(own, "/auth/sessions").body())
        .contains("\"impersonator\":\"" + id(ANN) + "\"");
    assertThat(desk.get(own, "/auth/me").body()).doesNotContain("impersonator");
    assertThat(desk.as(bob, "POST", "/api/notes", "{\"text\":\"a\"}").status()).isEqualTo(201);
    assertThat(desk.get(own, "/api/notes").body()).contains("\"text\":\"a\"");
  }

  @Test
  void it_changes_nothing_that_signs_in() {
    var made =
        desk.as(desk.signIn(BOB).text("accessToken"), "POST", "/auth/keys", "{\"name\":\"b\"}");
    var bob = bob();
    var password =
        "{\"current\":\"%s\",\"password\":\"%s\"}".formatted(Desk.PASSWORD, Desk.PASSWORD + "s");
    assertThat(desk.as(bob, "POST", "/auth/password", password).status()).isEqualTo(403);
    assertThat(desk.as(bob, "POST", "/auth/keys", "{\"name\":\"a\"}").status()).isEqualTo(403);
    assertThat(desk.as(bob, "POST", "/auth/mfa/totp", "").status()).isEqualTo(403);
    assertThat(desk.as(bob, "DELETE", "/auth/sessions", "").status()).isEqualTo(403);
    assertThat(desk.as(bob, "DELETE", "/auth/keys/" + made.text("id"), "").status()).isEqualTo(403);
    assertThat(desk.as(bob, "DELETE", "/api/apiKeys/" + made.text("id"), "").status())
        .isEqualTo(403);
    assertThat(as(bob, BOB).status()).isEqualTo(403);
    assertThat(desk.get(made.text("key"), "/auth/me").status()).isEqualTo(200);
  }

  @Test
  void it_ends_by_signing_out_and_leaves_the_users_own_sessions() {
    var own = desk.signIn(BOB).text("accessToken");
    var bob = bob();
    assertThat(desk.as(bob, "POST", "/auth/sign-out", "").status()).isEqualTo(204);
    assertThat(desk.get(bob, "/auth/me").status()).isEqualTo(401);
    assertThat(desk.get(own, "/auth/me").status()).isEqualTo(200);
    assertThat(desk.get(ann, "/auth/me").status()).isEqualTo(200);
  }

  @Test
  void it_ends_after_an_hour_however_often_it_is_refreshed() {
    var refresh = as(ann, BOB).text("refreshToken");
    desk.later(Duration.ofMinutes(59));
    var next = desk.refresh(refresh);
    assertThat(desk.get(next.text("accessToken"), "/auth/me").text("impersonator"))
        .isEqualTo(id(ANN));
    desk.later(Duration.ofMinutes(1));
    assertThat(desk.get(next.text("accessToken"), "/auth/me").status()).isEqualTo(401);
    assertThat(desk.refresh(next.text("refreshToken")).status()).isEqualTo(401);
  }

  @Test
  void it_ends_within_a_second_when_the_administrator_is_one_no_more() {
    var bob = bob();
    assertThat(desk.get(bob, "/auth/me").status()).isEqualTo(200);
    administer(ANN, "clerk");
    assertThat(desk.get(bob, "/auth/me").status()).isEqualTo(401);
  }

  @Test
  void the_user_can_end_it() {
    var own = desk.signIn(BOB).text("accessToken");
    var bob = bob();
    assertThat(desk.as(own, "DELETE", "/auth/sessions", "").status()).isEqualTo(204);
    assertThat(desk.get(bob, "/auth/me").status()).isEqualTo(401);
  }

  @Test
  void another_administrator_is_left_to_the_administrators_key() {
    administer(BOB, "chief");
    assertThat(as(ann, BOB).status()).isEqualTo(403);
    var bob = as(Desk.KEY, BOB);
    assertThat(bob.status()).isEqualTo(200);
    var token = bob.text("accessToken");
    assertThat(desk.get(token, "/auth/me").text("impersonator")).isEqualTo("administrator");
    assertThat(as(token, ANN).status()).isEqualTo(403);
    assertThat(desk.as(token, "POST", "/auth/keys", "{\"name\":\"a\"}").status()).isEqualTo(403);
  }

  @Test
  void nobody_else_does_and_nobody_without_a_fresh_sign_in() {
    var bob = desk.signIn(BOB).text("accessToken");
    assertThat(as(bob, ANN).status()).isEqualTo(403);
    assertThat(desk.post("/auth/impersonate", "{\"user\":\"x\"}").status()).isEqualTo(401);
    var key = desk.as(ann, "POST", "/auth/keys", "{\"name\":\"a\"}").text("key");
    assertThat(as(key, BOB).status()).isEqualTo(403);
    desk.later(Duration.ofMinutes(6));
    assertThat(as(ann, BOB).text("code")).isEqualTo("authorize/sign-in-again");
  }

  @Test
  void nobody_acts_in_the_name_of_who_is_suspended_or_not_there() {
    var id = desk.user("email", BOB).id();
    desk.records().change("user", id, Map.of("suspended", Value.of(true)));
    assertThat(as(Desk.KEY, BOB).status()).isEqualTo(403);
    var nobody = "{\"user\":\"00000000-0000-7000-8000-000000000000\"}";
    assertThat(desk.as(Desk.KEY, "POST", "/auth/impersonate", nobody).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "{}", "1", "true", "\"\"", "\"bob\""})
  void a_user_of_the_wrong_type_is_refused(String value) {
    var body = "{\"user\":%s}".formatted(value);
    assertThat(desk.as(Desk.KEY, "POST", "/auth/impersonate", body).status()).isIn(404, 422);
  }
}
