package engineroom.account;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.account.Desk.Answer;
import engineroom.data.Value;
import engineroom.records.Where;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvitationsTest {
  private static final String BOB = "bob@example.org";
  private static final String INVITATIONS = "/auth/invitations";
  private static final String SETTINGS = "accounts: { signUp: invited, confirm: required }";

  @TempDir Path folder;
  private Desk desk;

  @BeforeEach
  void open() {
    desk = Desk.of(folder, SETTINGS);
  }

  private Answer invite(String by, String email, String roles) {
    var body = "{\"email\":\"%s\",\"roles\":[%s]}".formatted(email, roles);
    return desk.as(by, "POST", INVITATIONS, body);
  }

  private String invited(String email, String roles) {
    var answer = invite(Desk.KEY, email, roles);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    assertThat(answer.body()).doesNotContain("hash", "er_in_");
    return desk.mails().getLast().values().getOrDefault("token", "");
  }

  private Answer signUp(String email, String token) {
    return desk.post(
        "/auth/sign-up",
        "{\"email\":\"%s\",\"password\":\"%s\",\"invitation\":\"%s\"}"
            .formatted(email, Desk.PASSWORD, token));
  }

  @Test
  void who_signs_up_by_the_link_of_the_mail_has_the_roles_and_a_confirmed_address() {
    var token = invited(BOB, "\"clerk\"");
    var mail = desk.mails().getLast();
    assertThat(mail.template()).isEqualTo("invitation");
    assertThat(mail.recipient()).isEqualTo(BOB);
    assertThat(mail.values()).containsEntry("days", "7").containsEntry("inviter", "");
    var in = signUp("bob@EXAMPLE.org", token);
    assertThat(in.status()).isEqualTo(201);
    var me = desk.get(in.text("accessToken"), "/auth/me");
    assertThat(me.text("user", "email")).isEqualTo(BOB);
    assertThat(me.body()).contains("\"emailVerified\":true", "\"roles\":[\"clerk\"]");
    assertThat(desk.mails()).hasSize(1);
    assertThat(desk.signIn(BOB).status()).isEqualTo(200);
  }

  @Test
  void nobody_signs_up_without_one_where_it_takes_one() {
    assertThat(desk.signUp(BOB).status()).isEqualTo(403);
    assertThat(signUp(BOB, "er_in_" + "A".repeat(43)).status()).isEqualTo(403);
    assertThat(desk.as(Desk.KEY, "GET", "/api/users", "").body()).contains("\"data\":[]");
  }

  @Test
  void nobody_signs_up_by_one_where_nobody_signs_up() {
    desk = Desk.of(folder, "accounts: { signUp: closed }");
    assertThat(signUp(BOB, invited(BOB, "")).status()).isEqualTo(403);
  }

  @Test
  void one_where_anybody_signs_up_still_gives_its_roles() {
    desk = Desk.of(folder);
    var in = signUp(BOB, invited(BOB, "\"clerk\""));
    assertThat(desk.get(in.text("accessToken"), "/auth/me").body())
        .contains("\"roles\":[\"clerk\"]");
  }

  @Test
  void an_invitation_is_for_its_address_alone() {
    var token = invited(BOB, "");
    assertThat(signUp("eve@example.org", token).status()).isEqualTo(403);
    assertThat(signUp(BOB, token).status()).isEqualTo(201);
  }

  @Test
  void an_invitation_is_good_once_and_for_seven_days() {
    var token = invited(BOB, "");
    assertThat(signUp(BOB, token).status()).isEqualTo(201);
    assertThat(signUp(BOB, token).status()).isEqualTo(403);
    var late = invited("eve@example.org", "");
    desk.later(Duration.ofDays(7));
    assertThat(signUp("eve@example.org", late).status()).isEqualTo(403);
  }

  @Test
  void an_invitation_that_was_taken_back_or_followed_by_another_is_no_longer_good() {
    var first = invited(BOB, "");
    var second = invited(BOB, "");
    assertThat(signUp(BOB, first).status()).isEqualTo(403);
    var listed = desk.get(Desk.KEY, INVITATIONS);
    assertThat(listed.body()).containsOnlyOnce(BOB).doesNotContain("hash");
    var id = listed.body().replaceAll("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
    assertThat(desk.as(Desk.KEY, "DELETE", INVITATIONS + "/" + id, "").status()).isEqualTo(204);
    assertThat(desk.as(Desk.KEY, "DELETE", INVITATIONS + "/" + id, "").status()).isEqualTo(404);
    assertThat(signUp(BOB, second).status()).isEqualTo(403);
  }

  @Test
  void who_has_an_account_is_told_so_by_mail_alone() {
    signUp(BOB, invited(BOB, ""));
    var known = invite(Desk.KEY, BOB, "");
    var fresh = invite(Desk.KEY, "eve@example.org", "");
    assertThat(known.status()).isEqualTo(fresh.status());
    assertThat(desk.mails().get(1).template()).isEqualTo("account-exists");
    assertThat(desk.mails().get(1).values()).doesNotContainKey("token");
  }

  private String userWith(String role) {
    signUp(BOB, invited(BOB, "\"" + role + "\""));
    return desk.signIn(BOB).text("accessToken");
  }

  @Test
  void users_without_the_right_invite_nobody_and_see_no_invitation() {
    var bob = userWith("clerk");
    assertThat(invite(bob, "eve@example.org", "").status()).isEqualTo(403);
    assertThat(desk.get(bob, INVITATIONS).status()).isEqualTo(403);
    assertThat(desk.post(INVITATIONS, "{\"email\":\"eve@example.org\"}").status()).isEqualTo(401);
  }

  @Test
  void administrators_give_any_role_that_there_is() {
    var bob = userWith("chief");
    assertThat(invite(bob, "eve@example.org", "\"administrator\",\"staff\"").status())
        .isEqualTo(201);
    assertThat(invite(bob, "eve@example.org", "\"stuff\"").body()).contains("Did you mean staff?");
  }

  @Test
  void its_token_is_good_for_nothing_else() {
    var token = invited(BOB, "");
    assertThat(desk.get(token, "/auth/me").status()).isEqualTo(401);
    assertThat(desk.refresh(token).status()).isEqualTo(401);
    var verify = "{\"mfaToken\":\"%s\",\"code\":\"123456\"}".formatted(token);
    assertThat(desk.post("/auth/mfa/verify", verify).status()).isEqualTo(401);
    var cookie = Map.of("Cookie", "__Host-er_s=" + token);
    assertThat(desk.send("GET", "/auth/me", cookie, "").status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "{}", "1", "true", "\"\""})
  void members_of_the_wrong_type_are_refused(String value) {
    var email = "{\"email\":%s}".formatted(value);
    assertThat(desk.as(Desk.KEY, "POST", INVITATIONS, email).status()).isEqualTo(422);
    var up =
        "{\"email\":\"%s\",\"password\":\"%s\",\"invitation\":%s}"
            .formatted(BOB, Desk.PASSWORD, value);
    assertThat(desk.post("/auth/sign-up", up).status()).isBetween(400, 499);
    if (!value.equals("null") && !value.equals("[]")) {
      var roles = "{\"email\":\"%s\",\"roles\":%s}".formatted(BOB, value);
      assertThat(desk.as(Desk.KEY, "POST", INVITATIONS, roles).status()).isEqualTo(422);
    }
  }

  @Test
  void of_many_at_once_one_signs_up_by_it() {
    for (int round = 0; round < 3; round++) {
      var email = "bob" + round + "@example.org";
      var token = invited(email, "");
      assertThat(Race.won(() -> signUp(email, token))).isEqualTo(1);
      assertThat(desk.records().count("user", Where.ALL)).isEqualTo(round + 1);
    }
  }

  @Test
  void a_suspended_administrator_invites_nobody() {
    var bob = userWith("chief");
    var id = desk.user("email", BOB).id();
    desk.records().change("user", id, Map.of("suspended", Value.of(true)));
    desk.later(Duration.ofSeconds(1));
    assertThat(invite(bob, "eve@example.org", "").status()).isEqualTo(401);
  }
}
