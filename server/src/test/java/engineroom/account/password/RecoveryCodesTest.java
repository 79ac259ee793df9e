package engineroom.account.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class RecoveryCodesTest {
  private final RecoveryCodes codes = new RecoveryCodes(new SecureRandom());

  @Test
  void ten_different_codes_of_120_bits_in_groups() {
    var ten = codes.create();
    assertThat(ten).hasSize(10).doesNotHaveDuplicates();
    assertThat(ten).allMatch(code -> code.matches("([A-Z2-7]{4}-){5}[A-Z2-7]{4}"));
  }

  @Test
  void a_code_is_known_however_it_is_typed() {
    var code = codes.create().getFirst();
    var stored = RecoveryCodes.hash(code);
    assertThat(stored).hasSize(43);
    assertThat(RecoveryCodes.hash(code.toLowerCase(Locale.ROOT))).isEqualTo(stored);
    assertThat(RecoveryCodes.hash(" " + code.replace('-', ' ') + "\n")).isEqualTo(stored);
    assertThat(RecoveryCodes.hash(code.replace("-", ""))).isEqualTo(stored);
    assertThat(RecoveryCodes.hash(code.replace('-', '\u2013'))).isEqualTo(stored);
  }

  @Test
  void digits_that_look_like_letters_are_read_as_those() {
    assertThat(RecoveryCodes.hash("0188-ABCD")).isEqualTo(RecoveryCodes.hash("OIBB-ABCD"));
  }

  @Test
  void another_code_has_another_hash() {
    var two = codes.create();
    assertThat(RecoveryCodes.hash(two.get(0))).isNotEqualTo(RecoveryCodes.hash(two.get(1)));
  }
}
