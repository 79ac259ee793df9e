package engineroom.account.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.account.token.OpaqueToken.Kind;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Random tokens, API keys and codes by e-mail.
final class OpaqueTokenTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  @ParameterizedTest
  @EnumSource(Kind.class)
  void a_token_is_read_as_its_own_kind_only(Kind kind) {
    var token = OpaqueToken.create(kind, RANDOM);
    assertThat(token.text()).matches(kind.prefix() + "[A-Za-z0-9_-]{43}");
    for (var other : Kind.values()) {
      assertThat(OpaqueToken.parse(other, token.text()).isPresent()).isEqualTo(other == kind);
    }
    assertThat(OpaqueToken.parse(kind, token.text()).orElseThrow().hash())
        .isEqualTo(token.hash())
        .hasSize(43);
    assertThat(ApiKey.parse(token.text())).isEmpty();
  }

  @Test
  void a_token_has_256_random_bits_and_none_comes_twice() {
    var seen = new HashSet<String>();
    for (var kind : Kind.values()) {
      for (int i = 0; i < 1_000; i++) {
        var secret = OpaqueToken.create(kind, RANDOM).text().substring(kind.prefix().length());
        assertThat(Base64.getUrlDecoder().decode(secret)).hasSize(32);
        assertThat(seen.add(secret)).isTrue();
      }
    }
  }

  @Test
  void a_spoiled_token_is_none() {
    var text = OpaqueToken.create(Kind.REFRESH, RANDOM).text();
    var spoiled =
        List.of(
            "",
            "er_rt_",
            text + "A",
            text.substring(0, text.length() - 1),
            text + "=",
            text + " ",
            " " + text,
            text.substring(6),
            "er_RT_" + text.substring(6),
            text.substring(0, text.length() - 1) + "B",
            text.substring(0, 10) + "+" + text.substring(11));
    for (var one : spoiled) {
      assertThat(OpaqueToken.parse(Kind.REFRESH, one)).as(one).isEmpty();
    }
  }

  @Test
  void no_token_shows_its_secret_in_a_log() {
    assertThat(OpaqueToken.create(Kind.SESSION, RANDOM)).hasToString("er_st_…");
    var key = ApiKey.create("live", UUID.randomUUID(), RANDOM);
    assertThat(key.text()).startsWith(key.toString().replace("…", ""));
    assertThat(key.toString().length()).isLessThan(key.text().length() - 40);
  }

  @Test
  void an_api_key_carries_its_environment_and_id() {
    var id = UUID.fromString("0190c5a2-7b1e-7fff-bfff-ffffffffffff");
    var key = ApiKey.create("live", id, RANDOM);
    assertThat(key.text()).matches("er_live_[A-Za-z0-9_-]{22}_[A-Za-z0-9_-]{43}");
    var read = ApiKey.parse(key.text()).orElseThrow();
    assertThat(read.id()).isEqualTo(id);
    assertThat(read.environment()).isEqualTo("live");
    assertThat(read.matches(key.hash())).isTrue();
    assertThat(read.matches(ApiKey.create("live", id, RANDOM).hash())).isFalse();
    assertThat(read.matches("")).isFalse();
  }

  @Test
  void every_id_survives_whatever_letters_it_gives() {
    for (int i = 0; i < 1_000; i++) {
      var id = new UUID(RANDOM.nextLong(), RANDOM.nextLong());
      var key = ApiKey.create("t1", id, RANDOM);
      assertThat(ApiKey.parse(key.text()).orElseThrow().id()).isEqualTo(id);
    }
  }

  @Test
  void a_spoiled_api_key_is_none() {
    var text = ApiKey.create("live", UUID.randomUUID(), RANDOM).text();
    var spoiled =
        List.of(
            "",
            "er_admin_0123456789abcdef",
            text + "A",
            text.substring(1),
            text.replace("er_live", "er_LIVE"),
            text.replace("er_live", "er_"),
            text.substring(0, text.length() - 1),
            text.replace("live_", "live."));
    for (var one : spoiled) {
      assertThat(ApiKey.parse(one)).as(one).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Live", "a_b", "1a", "abcdefghijklmnopq", "lïve"})
  void an_environment_is_a_short_lower_case_word(String environment) {
    assertThatThrownBy(() -> ApiKey.create(environment, UUID.randomUUID(), RANDOM))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_code_is_good_for_its_transaction_under_its_master_key() {
    var codes = new EmailCodes(MasterKey.create(RANDOM), RANDOM);
    var code = codes.create(6);
    var stored = codes.hash("t1", code);
    assertThat(stored).hasSize(43);
    assertThat(codes.matches("t1", code, stored)).isTrue();
    var spaced = " " + code.substring(0, 3) + "-" + code.substring(3);
    assertThat(codes.matches("t1", spaced, stored)).isTrue();
    assertThat(codes.matches("t2", code, stored)).isFalse();
    assertThat(codes.matches("t1", code + "0", stored)).isFalse();
    assertThat(codes.matches("t1", "", stored)).isFalse();
    var others = new EmailCodes(MasterKey.create(RANDOM), RANDOM);
    assertThat(others.matches("t1", code, stored)).isFalse();
    assertThat(codes.hash("t1:", "23456")).isNotEqualTo(codes.hash("t1", ":23456"));
  }

  @Test
  void codes_have_6_to_8_digits_and_use_all_of_them() {
    var codes = new EmailCodes(MasterKey.create(RANDOM), RANDOM);
    for (int digits = 6; digits <= 8; digits++) {
      assertThat(codes.create(digits)).matches("[0-9]{" + digits + "}");
    }
    var first = IntStream.range(0, 2_000).mapToObj(_ -> codes.create(6).charAt(0)).distinct();
    assertThat(first).hasSize(10);
    assertThatThrownBy(() -> codes.create(5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> codes.create(9)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_master_key_has_256_bits() {
    assertThatThrownBy(() -> MasterKey.of(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
    var master = MasterKey.of(new byte[32]);
    var sealed = master.seal("secret".getBytes(StandardCharsets.UTF_8), "here", RANDOM);
    assertThat(MasterKey.of(new byte[32]).open(sealed, "here")).asString().isEqualTo("secret");
    assertThatThrownBy(() -> master.open(sealed, "there"))
        .isInstanceOf(IllegalStateException.class);
  }
}
