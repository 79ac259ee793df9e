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

class FlowsTest {
  static final String ANN = "ann@example.org";
  static final String BOB = "bob@example.org";
  static final String NEXT = "seven green boats at sea";

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

  /// The value of the last mail.
  private String mailed(String template, String value) {
    var mail = desk.mails().getLast();
    assertThat(mail.template()).isEqualTo(template);
    return mail.values().getOrDefault(value, "");
  }

  private Answer reset(String token, String password) {
    return desk.post(
        "/auth/password/reset/confirm",
        "{\"token\":\"%s\",\"password\":\"%s\"}".formatted(token, password));
  }

  private Answer link(String token) {
    return desk.post("/auth/magic-link/confirm", "{\"token\":\"%s\"}".formatted(token));
  }

  private Answer code(String transaction, String code) {
    return desk.post(
        "/auth/email-code/confirm",
        "{\"transaction\":\"%s\",\"code\":\"%s\"}".formatted(transaction, code));
  }

  @Test
  void a_forgotten_password_is_set_anew_by_the_link_of_a_mail_once() {
    var before = desk.signIn(ANN);
    assertThat(asked("/auth/password/reset", ANN).status()).isEqualTo(202);
    var token = mailed("reset-password", "token");
    assertThat(mailed("reset-password", "minutes")).isEqualTo("60");
    assertThat(reset(token, "short").status()).isEqualTo(422);
    assertThat(reset(token, NEXT).status()).isEqualTo(204);
    assertThat(desk.mails().getLast().template()).isEqualTo("password-changed");
    assertThat(desk.get(before.text("accessToken"), "/auth/me").status()).isEqualTo(401);
    assertThat(desk.refresh(before.text("refreshToken")).status()).isEqualTo(401);
    assertThat(desk.signIn(ANN).status()).isEqualTo(401);
    assertThat(desk.signIn(ANN, NEXT).status()).isEqualTo(200);
    assertThat(reset(token, Desk.PASSWORD).status()).isEqualTo(401);
  }

  @Test
  void a_reset_ends_all_other_links_and_changes_of_the_account() {
    var in = desk.signIn(ANN).text("accessToken");
    desk.as(in, "POST", "/auth/email", "{\"email\":\"eve@example.org\"}");
    var hostile = mailed("email-change", "token");
    asked("/auth/magic-link", ANN);
    var magic = mailed("magic-link", "token");
    asked("/auth/password/reset", ANN);
    var first = mailed("reset-password", "token");
    asked("/auth/password/reset", ANN);
    assertThat(reset(mailed("reset-password", "token"), NEXT).status()).isEqualTo(204);
    assertThat(reset(first, Desk.PASSWORD).status()).isEqualTo(401);
    assertThat(link(magic).status()).isEqualTo(401);
    var agreed = desk.post("/auth/email/confirm", "{\"token\":\"" + hostile + "\"}");
    assertThat(agreed.status()).isEqualTo(401);
    assertThat(desk.user("email", ANN).value("newEmail")).isEqualTo(Value.NULL);
  }

  @Test
  void links_are_over_when_their_time_is() {
    asked("/auth/password/reset", ANN);
    var reset = mailed("reset-password", "token");
    asked("/auth/magic-link", ANN);
    var magic = mailed("magic-link", "token");
    var transaction = asked("/auth/email-code", ANN).text("transaction");
    var code = mailed("email-code", "code");
    desk.later(Duration.ofMinutes(10));
    assertThat(code(transaction, code).status()).isEqualTo(401);
    desk.later(Duration.ofMinutes(5));
    assertThat(link(magic).status()).isEqualTo(401);
    desk.later(Duration.ofMinutes(45));
    assertThat(reset(reset, NEXT).status()).isEqualTo(401);
  }

  @Test
  void a_link_signs_in_once_and_by_a_cookie_where_that_is_asked_for() {
    asked("/auth/magic-link", ANN);
    var token = mailed("magic-link", "token");
    var in = link(token);
    assertThat(in.status()).isEqualTo(200);
    assertThat(desk.get(in.text("accessToken"), "/auth/me").text("user", "email")).isEqualTo(ANN);
    assertThat(link(token).status()).isEqualTo(401);
    asked("/auth/magic-link", ANN);
    var cookie =
        desk.post(
            "/auth/magic-link/confirm",
            "{\"token\":\"%s\",\"session\":\"cookie\"}".formatted(mailed("magic-link", "token")));
    assertThat(cookie.headers().get("Set-Cookie")).startsWith("__Host-er_s=er_st_");
  }

  @Test
  void a_code_signs_in_for_its_own_transaction_once() {
    var first = asked("/auth/email-code", ANN).text("transaction");
    var code = mailed("email-code", "code");
    var second = asked("/auth/email-code", ANN).text("transaction");
    assertThat(code).matches("[0-9]{8}");
    assertThat(code(second, code).status()).isEqualTo(401);
    assertThat(code(first, code.substring(0, 4) + " " + code.substring(4)).status()).isEqualTo(200);
    assertThat(code(first, code).status()).isEqualTo(401);
  }

  @Test
  void five_tries_are_all_that_a_code_has() {
    var transaction = asked("/auth/email-code", ANN).text("transaction");
    var code = mailed("email-code", "code");
    for (int i = 0; i < 4; i++) {
      assertThat(code(transaction, "00000000").status()).isEqualTo(401);
    }
    assertThat(code(transaction, code).status()).isEqualTo(200);
    transaction = asked("/auth/email-code", ANN).text("transaction");
    for (int i = 0; i < 5; i++) {
      assertThat(code(transaction, "00000000").status()).isEqualTo(401);
    }
    desk.later(Duration.ofSeconds(2));
    assertThat(code(transaction, mailed("email-code", "code")).status()).isEqualTo(401);
  }

  @Test
  void what_is_asked_for_unknown_addresses_is_answered_and_counted_alike_and_mails_nobody() {
    int mails = desk.mails().size();
    for (var path : List.of("/auth/password/reset", "/auth/magic-link", "/auth/email-code")) {
      var unknown = asked(path, "nobody@example.org");
      assertThat(desk.mails()).as(path).hasSize(mails);
      var known = asked(path, ANN);
      assertThat(unknown.status()).as(path).isEqualTo(known.status()).isEqualTo(202);
      assertThat(plain(unknown)).as(path).isEqualTo(plain(known));
      assertThat(unknown.headers()).as(path).isEqualTo(known.headers());
      mails = desk.mails().size();
    }
    var transaction = asked("/auth/email-code", "nobody@example.org").text("transaction");
    assertThat(code(transaction, "12345678").body())
        .isEqualTo(code("er_et_nonsense", "12345678").body());
  }

  private static String plain(Answer answer) {
    return answer.body().replaceAll("er_et_[A-Za-z0-9_-]+", "transaction");
  }

  @Test
  void nobody_s_mailbox_is_filled() {
    int before = desk.mails().size();
    for (int i = 0; i < 8; i++) {
      assertThat(asked("/auth/magic-link", ANN).status()).isEqualTo(202);
    }
    assertThat(desk.mails()).hasSize(before + 5);
    desk.later(Duration.ofMinutes(15));
    asked("/auth/magic-link", ANN);
    assertThat(desk.mails()).hasSize(before + 6);
  }

  @Test
  void suspended_users_get_nothing_and_a_second_factor_is_not_passed_by_a_mail() {
    asked("/auth/magic-link", ANN);
    var token = mailed("magic-link", "token");
    set(Map.of("secondFactor", Value.of(true)));
    var answer = link(token);
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.text("mfaToken")).startsWith("er_mf_");
    assertThat(answer.body()).doesNotContain("accessToken");
    asked("/auth/password/reset", ANN);
    var reset = mailed("reset-password", "token");
    assertThat(reset(reset, NEXT).status()).isEqualTo(204);
    assertThat(Fields.yes(desk.user("email", ANN), "secondFactor")).isTrue();
    set(Map.of("secondFactor", Value.of(false)));
    asked("/auth/magic-link", ANN);
    var last = mailed("magic-link", "token");
    set(Map.of("suspended", Value.of(true)));
    assertThat(link(last).status()).isEqualTo(401);
    int mails = desk.mails().size();
    assertThat(asked("/auth/magic-link", ANN).status()).isEqualTo(202);
    assertThat(desk.mails()).hasSize(mails);
  }

  private void set(Map<String, Value> values) {
    desk.records().change("user", desk.user("email", ANN).id(), values);
  }

  @Test
  void a_link_is_for_the_address_it_was_sent_to_and_not_for_the_next_one() {
    asked("/auth/password/reset", ANN);
    var reset = mailed("reset-password", "token");
    asked("/auth/magic-link", ANN);
    var magic = mailed("magic-link", "token");
    set(Map.of("email", Value.of("ann@example.net")));
    assertThat(reset(reset, NEXT).status()).isEqualTo(401);
    assertThat(link(magic).status()).isEqualTo(401);
  }

  @Test
  void the_mail_to_confirm_is_sent_again_and_its_link_confirms_once() {
    desk = Desk.of(folder, "accounts: { confirm: required }");
    desk.signUp(BOB);
    var first = mailed("confirm-email", "token");
    assertThat(again(BOB, NEXT)).isEqualTo(again("nobody@example.org", Desk.PASSWORD));
    assertThat(mailed("confirm-email", "token")).isEqualTo(first);
    assertThat(again(BOB, Desk.PASSWORD)).isEqualTo(again("nobody@example.org", Desk.PASSWORD));
    var second = mailed("confirm-email", "token");
    assertThat(second).isNotEqualTo(first);
    assertThat(desk.signIn(BOB).status()).isEqualTo(401);
    assertThat(verified(second).status()).isEqualTo(204);
    assertThat(verified(second).status()).isEqualTo(401);
    assertThat(verified(first).status()).isEqualTo(401);
    assertThat(desk.signIn(BOB).status()).isEqualTo(200);
    int mails = desk.mails().size();
    assertThat(again(BOB, Desk.PASSWORD).status()).isEqualTo(202);
    assertThat(desk.mails()).hasSize(mails);
  }

  private Answer again(String email, String password) {
    return desk.post(
        "/auth/verify", "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password));
  }

  @Test
  void who_is_signed_in_asks_for_the_mail_without_saying_more_and_nobody_for_anothers() {
    var bob = desk.signUp(BOB).text("accessToken");
    int mails = desk.mails().size();
    assertThat(desk.as(bob, "POST", "/auth/verify", "{}").status()).isEqualTo(202);
    assertThat(verified(mailed("confirm-email", "token")).status()).isEqualTo(204);
    assertThat(desk.get(bob, "/auth/me").text("user", "email")).isEqualTo(BOB);
    assertThat(desk.as(bob, "POST", "/auth/verify", "{}").status()).isEqualTo(202);
    assertThat(desk.mails()).hasSize(mails + 1);
    assertThat(desk.post("/auth/verify", "{}").status()).isEqualTo(422);
  }

  private Answer verified(String token) {
    return desk.post("/auth/verify", "{\"token\":\"%s\"}".formatted(token));
  }

  @Test
  void who_can_not_sign_in_yet_can_not_do_so_by_mail_either() {
    desk = Desk.of(folder, "accounts: { confirm: required }");
    desk.signUp(BOB);
    int mails = desk.mails().size();
    asked("/auth/magic-link", BOB);
    asked("/auth/email-code", BOB);
    asked("/auth/password/reset", BOB);
    assertThat(desk.mails()).hasSize(mails);
  }
}
