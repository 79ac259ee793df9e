package engineroom.account.password;

import static engineroom.account.password.BreachedPasswords.NONE;
import static engineroom.account.password.PasswordRules.Protection.PASSWORD_ALONE;
import static engineroom.account.password.PasswordRules.Protection.SECOND_FACTOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.account.password.PasswordRules.Protection;
import engineroom.problem.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PasswordRulesTest {
  private static final PasswordRules RULES = PasswordRules.defaults();
  private static final List<String> CONTEXT =
      List.of("Corner Shop", "anna.lindqvist@mail.example", "annalind", "Anna Lindqvist");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rusty anchor beneath gentle fog",
        "v8#Kq!m2zR$w9Lp",
        "a password is a long sentence",
        "日本語のパスワードはとても長いです",
        "🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵🐔🐧🐦🐤🦆",
        "anna likes to walk in the rain",
        "shop until the sun goes down",
        "        fifteen and spaces"
      })
  void takes_long_passwords_of_whatever_they_are_made(String password) {
    assertThat(codes(password, PASSWORD_ALONE)).isEmpty();
  }

  @Test
  void length_counts_in_characters_as_people_see_them_in_utf_8() {
    assertThat(codes("🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵🐔🐧🐦🐤", PASSWORD_ALONE)).containsExactly("min-length");
    assertThat(codes("🦊🐻🐼🐨🐯🦁🐮🐷", SECOND_FACTOR)).isEmpty();
    assertThat(codes("🦊🐻🐼🐨🐯🦁🐮", SECOND_FACTOR)).containsExactly("min-length");
  }

  @Test
  void fifteen_alone_and_eight_with_a_second_factor() {
    assertThat(codes("kvzmoqhwxtrbdn", PASSWORD_ALONE)).containsExactly("min-length");
    assertThat(codes("kvzmoqhwxtrbdnu", PASSWORD_ALONE)).isEmpty();
    assertThat(codes("kvzmoqh", SECOND_FACTOR)).containsExactly("min-length");
    assertThat(codes("kvzmoqhw", SECOND_FACTOR)).isEmpty();
  }

  @Test
  void up_to_256_characters_and_no_more() {
    var text = "kvzmoqhw xtrbdnu".repeat(16);
    assertThat(text).hasSize(256);
    assertThat(codes("x" + text.substring(1), PASSWORD_ALONE)).isEmpty();
    assertThat(codes("x" + text, PASSWORD_ALONE)).containsExactly("max-length");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "PassWord",
        "password12345678",
        "12345678password",
        "!!!Password!!!1",
        "passwordpassword",
        "Passwordpassword1",
        "letmein1234567890",
        "iloveyou",
        "correct horse battery staple",
        "football!!!!!!!!!!!!!!!!",
        "qwertyuiop",
        "monkeymonkeymonkey"
      })
  void refuses_common_passwords_padded_or_repeated_too(String password) {
    assertThat(codes(password, SECOND_FACTOR)).contains("common");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aaaaaaaaaaaaaaaa",
        "                ",
        "abababababababab",
        "12341234123412341234",
        "bcdefghijklmnopqrst",
        "ponmlkjihgfedcba",
        "qwertyuiopasdfghjkl",
        "98765432109876543210"
      })
  void refuses_what_only_repeats_or_counts(String password) {
    assertThat(codes(password, PASSWORD_ALONE)).containsAnyOf("pattern", "common");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "annalindqvist12",
        "ANNA.LINDQVIST!!",
        "xLindqvistLindqvist",
        "cornershop2026!",
        "Corner Shop 2026",
        "annalind-annalind"
      })
  void refuses_what_is_mostly_the_users_or_the_apps_name(String password) {
    assertThat(codes(password, PASSWORD_ALONE)).contains("context");
  }

  @Test
  void a_name_within_something_longer_is_no_mistake() {
    assertThat(codes("lindqvist kvzmoqhwxtrbd", PASSWORD_ALONE)).isEmpty();
  }

  @Test
  void words_of_three_letters_are_no_context() {
    assertThat(RULES.violations("eva, eva und eva", PASSWORD_ALONE, List.of("eva@mail.example")))
        .isEmpty();
  }

  @Test
  void names_the_rule_and_the_way_out() {
    assertThat(RULES.violations("kvzmo", PASSWORD_ALONE, List.of()))
        .extracting(violation -> violation.path() + " " + violation.message())
        .containsExactly(
            "password must have at least 15 characters: a sentence is easy to keep in mind");
  }

  @Test
  void refuses_half_of_a_surrogate_pair() {
    assertThat(codes("fifteen and more \ud83e", PASSWORD_ALONE)).containsExactly("text");
  }

  @Test
  void knows_more_than_three_thousand_common_passwords() {
    assertThat(CommonPasswords.count()).isGreaterThan(50_000);
  }

  @Test
  void the_rules_can_not_be_set_below_what_is_safe() {
    assertThatThrownBy(() -> new PasswordRules(15, 7, 256, NONE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PasswordRules(15, 8, 63, NONE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PasswordRules(100, 8, 64, NONE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new PasswordRules(8, 8, 64, NONE).lengthMax()).isEqualTo(64);
  }

  private static List<String> codes(String password, Protection protection) {
    return RULES.violations(password, protection, CONTEXT).stream().map(Violation::code).toList();
  }
}
