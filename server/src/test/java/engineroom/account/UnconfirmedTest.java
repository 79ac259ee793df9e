package engineroom.account;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.Value;
import engineroom.records.Where;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of accounts whose address nobody confirms.
class UnconfirmedTest {
  private static final String REQUIRED = "accounts: { confirm: required }";
  private static final String OPTIONAL = "accounts: { unconfirmed: 7d }";
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration MOMENT = Duration.ofSeconds(1);

  @TempDir Path folder;

  private static int purge(Desk desk) {
    return desk.accounts().unconfirmed().purge(desk.now());
  }

  private static List<String> addresses(Desk desk) {
    return desk.records().all("user", Where.ALL, 500).stream()
        .map(row -> Fields.text(row, "email") + Fields.text(row, "newEmail"))
        .toList();
  }

  @Test
  void an_account_that_nobody_confirmed_goes_after_a_week_and_no_sooner() {
    var desk = Desk.of(folder, REQUIRED);
    desk.signUp("ann@mail.example");
    desk.later(WEEK);
    assertThat(purge(desk)).isZero();
    desk.later(MOMENT);
    assertThat(purge(desk)).isEqualTo(1);
    assertThat(addresses(desk)).isEmpty();
    assertThat(desk.records().all("accountTicket", Where.ALL, 10)).isEmpty();
    assertThat(purge(desk)).isZero();
  }

  @Test
  void the_audit_log_tells_that_it_went_and_why() {
    var desk = Desk.of(folder, REQUIRED);
    desk.audited();
    desk.signUp("ann@mail.example");
    desk.later(WEEK.plus(MOMENT));
    purge(desk);
    var told =
        desk.audited().stream()
            .filter(row -> Fields.text(row, "kind").equals("accountDeleted"))
            .toList();
    assertThat(told).hasSize(1);
    assertThat(told.getFirst().toString())
        .contains("neverConfirmed")
        .doesNotContain("ann@mail.example");
  }

  @Test
  void who_confirmed_stays() {
    var desk = Desk.of(folder, REQUIRED);
    desk.confirmed("ann@mail.example");
    desk.signUp("bob@mail.example");
    desk.later(WEEK.plus(MOMENT));
    assertThat(purge(desk)).isEqualTo(1);
    assertThat(addresses(desk)).containsExactly("ann@mail.example");
  }

  @Test
  void all_stay_where_the_owner_says_off_and_by_default_where_nobody_has_to_confirm() {
    for (var settings : List.of("accounts: { confirm: required, unconfirmed: off }", "")) {
      var desk = Desk.of(folder, settings);
      desk.signUp("ann@mail.example");
      desk.later(Duration.ofDays(3_000));
      assertThat(purge(desk)).as(settings).isZero();
    }
  }

  @Test
  void who_uses_an_account_keeps_it() {
    var desk = Desk.of(folder, OPTIONAL);
    desk.signUp("gone@mail.example");
    var tokens = desk.signUp("here@mail.example");
    desk.later(WEEK);
    assertThat(desk.refresh(tokens.text("refreshToken")).status()).isEqualTo(200);
    desk.later(MOMENT);
    assertThat(purge(desk)).isEqualTo(1);
    assertThat(addresses(desk)).containsExactly("here@mail.example");
    desk.later(WEEK.plus(MOMENT));
    assertThat(purge(desk)).isEqualTo(1);
  }

  @Test
  void roles_that_administrators_gave_keep_an_account() {
    var desk = Desk.of(folder, REQUIRED);
    desk.signUp("ann@mail.example");
    var clerk = new Value.ListOf(List.of(Value.of("clerk")));
    var id = desk.user("newEmail", "ann@mail.example").id();
    desk.records().change("user", id, Map.of("roles", clerk));
    desk.later(WEEK.plus(MOMENT));
    assertThat(purge(desk)).isZero();
  }

  @Test
  void anonymous_accounts_and_those_of_programs_stay() {
    var desk = Desk.of(folder, "accounts: { confirm: required, anonymous: true }");
    var anonymous = desk.post("/auth/anonymous", "{}").text("accessToken");
    var upgrade = "{\"email\":\"ann@mail.example\",\"password\":\"" + Desk.PASSWORD + "\"}";
    assertThat(desk.as(anonymous, "POST", "/auth/upgrade", upgrade).status()).isEqualTo(204);
    desk.as(Desk.KEY, "POST", "/api/users", "{\"name\":\"Till\"}");
    desk.later(WEEK.plus(MOMENT));
    assertThat(purge(desk)).isZero();
    assertThat(addresses(desk)).hasSize(2);
  }

  @Test
  void a_row_that_must_not_lose_its_user_keeps_it_and_the_others_go() {
    var desk = Desk.of(folder, REQUIRED);
    for (int number = 0; number < 120; number++) {
      desk.records().create("user", Map.of("newEmail", Value.of(number + "@mail.example")));
    }
    var named = desk.user("newEmail", "7@mail.example").id();
    desk.records().create("note", Map.of("text", Value.of("kept"), "by", named));
    desk.later(WEEK.plus(MOMENT));
    assertThat(purge(desk)).isEqualTo(119);
    assertThat(addresses(desk)).containsExactly("7@mail.example");
  }
}
