package engineroom.account.password;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Random;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TotpTest {
  /// The secret of RFC 6238, appendix B: `12345678901234567890`.
  private static final String SECRET =
      Base32.text("12345678901234567890".getBytes(StandardCharsets.US_ASCII));

  private static final Instant AT = Instant.ofEpochSecond(1_111_111_109);
  private static final String CODE = "081804";
  private static final long STEP = 1_111_111_109 / 30;

  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037",
    "20000000000, 353130"
  })
  void takes_the_codes_of_the_rfc(long second, String code) {
    assertThat(Totp.verify(SECRET, code, Instant.ofEpochSecond(second), -1)).hasValue(second / 30);
  }

  @Test
  void takes_the_step_of_now_and_the_one_before_and_no_other() {
    assertThat(Totp.verify(SECRET, CODE, AT, -1)).hasValue(STEP);
    assertThat(Totp.verify(SECRET, CODE, AT.plusSeconds(30), -1)).hasValue(STEP);
    assertThat(Totp.verify(SECRET, CODE, AT.plusSeconds(60), -1)).isEmpty();
    assertThat(Totp.verify(SECRET, CODE, AT.minusSeconds(30), -1)).isEmpty();
  }

  @Test
  void a_code_counts_once_and_none_after_a_later_one() {
    assertThat(Totp.verify(SECRET, CODE, AT, STEP - 1)).hasValue(STEP);
    assertThat(Totp.verify(SECRET, CODE, AT, STEP)).isEmpty();
    assertThat(Totp.verify(SECRET, CODE, AT, STEP + 1)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"''", "08180", "0818040", "08180a", "０８１８０４", "-81804"})
  void anything_else_is_no_code(String code) {
    assertThat(Totp.verify(SECRET, code, AT, -1)).isEmpty();
  }

  @Test
  void spaces_in_a_code_do_not_count() {
    assertThat(Totp.verify(SECRET, "081 804", AT, -1)).hasValue(STEP);
  }

  @ParameterizedTest
  @CsvSource({"''", "A", "not base 32!", "GEZDGNBVGY3TQOJQ"})
  void a_secret_that_is_none_or_too_short_has_no_codes(String secret) {
    var anyCode = "000000";
    assertThat(Totp.verify(secret, anyCode, AT, -1)).isEmpty();
  }

  @Test
  void agrees_with_another_authenticator_on_any_secret_and_time() throws InvalidKeyException {
    var theirs = new TimeBasedOneTimePasswordGenerator();
    var totp = new Totp(new SecureRandom());
    var times = new Random(20261121);
    for (int i = 0; i < 200; i++) {
      var secret = totp.newSecret();
      var at = Instant.ofEpochSecond(times.nextLong(4_000_000_000L));
      var key = new SecretKeySpec(Base32.bytes(secret), theirs.getAlgorithm());
      var code = theirs.generateOneTimePasswordString(key, at);
      assertThat(Totp.verify(secret, code, at, -1)).as(secret + " " + at).isPresent();
    }
  }

  @Test
  void a_secret_has_160_bits_and_no_two_are_alike() {
    var totp = new Totp(new SecureRandom());
    assertThat(totp.newSecret()).matches("[A-Z2-7]{32}").isNotEqualTo(totp.newSecret());
  }

  @Test
  void the_address_for_authenticators_is_encoded() {
    assertThat(Totp.uri("Corner Shop: A&B", "anna@mail.example", "ABC234"))
        .isEqualTo(
            "otpauth://totp/Corner%20Shop%20%20A%26B:anna%40mail.example?secret=ABC234"
                + "&issuer=Corner%20Shop%20%20A%26B&algorithm=SHA1&digits=6&period=30");
  }

  @Test
  void base32_reads_what_it_writes() {
    // RFC 4648, section 10, without padding.
    assertThat(Base32.text("foobar".getBytes(StandardCharsets.US_ASCII))).isEqualTo("MZXW6YTBOI");
    assertThat(Base32.text("fooba".getBytes(StandardCharsets.US_ASCII))).isEqualTo("MZXW6YTB");
    assertThat(Base32.bytes("mzxw 6ytb-oi======"))
        .isEqualTo("foobar".getBytes(StandardCharsets.US_ASCII));
  }
}
