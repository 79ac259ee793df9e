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

class OwnAccountTest {
  private static final String ANN = "ann@example.org";
  private static final String NEW = "ann@example.net";
  private static final String BOB = "bob@example.org";
  private static final String ANONYMOUS = "accounts: { anonymous: true }";

  @TempDir Path folder;
  private Desk desk;

  @BeforeEach
  void open() {
    desk = Desk.of(folder, ANONYMOUS);
    desk.confirmed(ANN);
  }

  private String signedIn(String login) {
    return desk.signIn(login).text("accessToken");
  }

  private Answer change(String token, String address) {
    return desk.as(token, "POST", "/auth/email", "{\"email\":\"%s\"}".formatted(address));
  }

  private Answer with(String path, String token) {
    return desk.post(path, "{\"token\":\"%s\"}".formatted(token));
  }

  /// The token of the last mail of a template, and where it went.
  private String mailed(String template, String recipient) {
    var mail =
        desk.mails().reversed().stream()
            .filter(m -> m.template().equals(template))
            .findFirst()
            .orElseThrow();
    assertThat(mail.recipient()).isEqualTo(recipient);
    return mail.values().getOrDefault("token", "");
  }

  @Test
  void an_address_changes_when_both_have_agreed_in_any_order() {
    var here = signedIn(ANN);
    var there = signedIn(ANN);
    assertThat(change(here, NEW).status()).isEqualTo(202);
    var waits = with("/auth/email/confirm", mailed("email-change", NEW));
    assertThat(waits.body()).isEqualTo("{\"changed\":false}");
    assertThat(desk.user("email", ANN).id()).isNotNull();
    var done = with("/auth/email/confirm", mailed("email-leaving", ANN));
    assertThat(done.body()).isEqualTo("{\"changed\":true}");
    mailed("email-changed", ANN);
    assertThat(desk.get(here, "/auth/me").text("user", "email")).isEqualTo(NEW);
    assertThat(desk.get(there, "/auth/me").status()).isEqualTo(401);
    assertThat(desk.signIn(ANN).status()).isEqualTo(401);
    var again = signedIn(NEW);
    change(again, ANN);
    with("/auth/email/confirm", mailed("email-leaving", NEW));
    assertThat(with("/auth/email/confirm", mailed("email-change", ANN)).body())
        .isEqualTo("{\"changed\":true}");
    assertThat(desk.signIn(ANN).status()).isEqualTo(200);
  }

  @Test
  void one_address_alone_changes_nothing_however_often_it_agrees() {
    change(signedIn(ANN), NEW);
    var token = mailed("email-change", NEW);
    assertThat(with("/auth/email/confirm", token).status()).isEqualTo(200);
    assertThat(with("/auth/email/confirm", token).status()).isEqualTo(401);
    assertThat(with("/auth/email/stop", token).status()).isEqualTo(401);
    assertThat(with("/auth/verify", token).status()).isEqualTo(401);
    assertThat(desk.signIn(NEW).status()).isEqualTo(401);
  }

  @Test
  void the_old_address_stops_a_change_and_signs_everybody_out() {
    var hostile = signedIn(ANN);
    change(hostile, "eve@example.org");
    var stop = mailed("email-leaving", ANN);
    var agree = mailed("email-change", "eve@example.org");
    assertThat(with("/auth/email/stop", stop).status()).isEqualTo(204);
    assertThat(desk.get(hostile, "/auth/me").status()).isEqualTo(401);
    assertThat(with("/auth/email/confirm", agree).status()).isEqualTo(401);
    assertThat(with("/auth/email/confirm", stop).status()).isEqualTo(401);
    assertThat(desk.user("email", ANN).value("newEmail")).isEqualTo(Value.NULL);
  }

  @Test
  void tickets_of_two_changes_do_not_add_up() {
    var here = signedIn(ANN);
    change(here, NEW);
    var first = mailed("email-leaving", ANN);
    change(here, "eve@example.org");
    assertThat(with("/auth/email/confirm", first).status()).isEqualTo(401);
    assertThat(with("/auth/email/confirm", mailed("email-change", "eve@example.org")).body())
        .isEqualTo("{\"changed\":false}");
  }

  @Test
  void an_address_that_has_an_account_is_told_in_a_mail_to_it_alone() {
    desk.confirmed(BOB);
    var here = signedIn(ANN);
    var fresh = change(here, NEW);
    var known = change(here, BOB);
    assertThat(known).isEqualTo(fresh);
    mailed("account-exists", BOB);
    with("/auth/email/confirm", mailed("email-leaving", ANN));
    assertThat(signedIn(BOB)).isNotEmpty();
    assertThat(desk.user("email", ANN).id()).isNotEqualTo(desk.user("email", BOB).id());
  }

  @Test
  void grave_changes_take_a_fresh_sign_in_or_the_password() {
    var here = signedIn(ANN);
    desk.later(Duration.ofMinutes(5));
    assertThat(change(here, NEW).status()).isEqualTo(403);
    assertThat(desk.as(here, "DELETE", "/auth/me", "").status()).isEqualTo(403);
    var body = "{\"email\":\"%s\",\"password\":\"%s\"}";
    assertThat(desk.as(here, "POST", "/auth/email", body.formatted(NEW, "wrong")).status())
        .isEqualTo(401);
    assertThat(desk.as(here, "POST", "/auth/email", body.formatted(NEW, Desk.PASSWORD)).status())
        .isEqualTo(202);
    assertThat(change(Desk.KEY, NEW).status()).isEqualTo(403);
    assertThat(desk.post("/auth/email", "{\"email\":\"" + NEW + "\"}").status()).isEqualTo(401);
  }

  @Test
  void who_acts_in_the_name_of_a_user_changes_no_credentials() {
    var here = signedIn(ANN);
    var session = Where.is("endedAt", Value.NULL);
    desk.records()
        .changeWhere("session", session, Map.of("impersonator", Value.of("administrator")), 10);
    assertThat(change(here, NEW).status()).isEqualTo(403);
    assertThat(desk.as(here, "DELETE", "/auth/me", password()).status()).isEqualTo(403);
  }

  private static String password() {
    return "{\"password\":\"" + Desk.PASSWORD + "\"}";
  }

  @Test
  void an_account_is_deleted_by_who_has_it_with_its_sessions() {
    var here = signedIn(ANN);
    desk.later(Duration.ofMinutes(6));
    var wrong = desk.as(here, "DELETE", "/auth/me", "{\"password\":\"wrong\"}");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(desk.as(here, "DELETE", "/auth/me", password()).status()).isEqualTo(204);
    mailed("account-deleted", ANN);
    assertThat(desk.get(here, "/auth/me").status()).isEqualTo(401);
    assertThat(desk.signIn(ANN).status()).isEqualTo(401);
    assertThat(desk.records().count("user", Where.ALL)).isZero();
    assertThat(desk.records().count("session", Where.ALL)).isZero();
    assertThat(desk.records().count("accountTicket", Where.is("usedAt", Value.NULL))).isZero();
  }

  @Test
  void rows_that_must_not_lose_their_user_keep_the_account() {
    var here = signedIn(ANN);
    assertThat(desk.as(here, "POST", "/api/notes", "{\"text\":\"mine\"}").status()).isEqualTo(201);
    var refused = desk.as(here, "DELETE", "/auth/me", "");
    assertThat(refused.status()).as(refused.body()).isEqualTo(409);
    assertThat(desk.get(here, "/auth/me").status()).isEqualTo(200);
    assertThat(desk.mails().getLast().template()).isNotEqualTo("account-deleted");
  }

  private String stranger() {
    var in = desk.post("/auth/anonymous", "{}");
    assertThat(in.status()).as(in.body()).isEqualTo(201);
    return in.text("accessToken");
  }

  private Answer upgrade(String token, String email) {
    var body = "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, Desk.PASSWORD);
    return desk.as(token, "POST", "/auth/upgrade", body);
  }

  @Test
  void an_anonymous_account_becomes_somebody_s_and_stays_the_same() {
    var token = stranger();
    var id = desk.get(token, "/auth/me").text("user", "id");
    assertThat(change(token, BOB).status()).isEqualTo(403);
    assertThat(upgrade(token, BOB).status()).isEqualTo(204);
    assertThat(upgrade(token, BOB).status()).isEqualTo(403);
    assertThat(with("/auth/verify", mailed("confirm-email", BOB)).status()).isEqualTo(204);
    var in = desk.signIn(BOB);
    assertThat(in.text("user", "id")).isEqualTo(id);
    assertThat(Fields.yes(desk.user("email", BOB), "anonymous")).isFalse();
    assertThat(upgrade(in.text("accessToken"), NEW).status()).isEqualTo(403);
  }

  @Test
  void an_upgrade_never_takes_over_an_account_that_is_there() {
    var known = upgrade(stranger(), ANN);
    var fresh = upgrade(stranger(), BOB);
    assertThat(known).isEqualTo(fresh);
    mailed("account-exists", ANN);
    assertThat(desk.get(signedIn(ANN), "/auth/me").text("user", "email")).isEqualTo(ANN);
    assertThat(desk.records().count("user", Where.is("email", Value.of(ANN)))).isEqualTo(1);
  }

  @Test
  void where_addresses_are_confirmed_first_an_account_stays_anonymous_until_then() {
    desk = Desk.of(folder, "accounts: { anonymous: true, confirm: required }");
    var token = stranger();
    assertThat(upgrade(token, BOB).status()).isEqualTo(204);
    assertThat(Fields.yes(desk.user("newEmail", BOB), "anonymous")).isTrue();
    assertThat(desk.signIn(BOB).status()).isEqualTo(401);
    with("/auth/verify", mailed("confirm-email", BOB));
    assertThat(Fields.yes(desk.user("email", BOB), "anonymous")).isFalse();
    assertThat(desk.signIn(BOB).status()).isEqualTo(200);
  }

  @Test
  void anonymous_accounts_are_there_where_the_owner_wants_them_only_and_can_be_deleted() {
    var token = stranger();
    desk.later(Duration.ofMinutes(6));
    assertThat(desk.as(token, "DELETE", "/auth/me", "").status()).isEqualTo(204);
    desk = Desk.of(folder);
    assertThat(desk.post("/auth/anonymous", "{}").status()).isEqualTo(403);
  }
}
