package engineroom.account.token;

import static engineroom.account.token.Issuing.ANNA;
import static engineroom.account.token.Issuing.json;
import static engineroom.account.token.Issuing.part;
import static engineroom.account.token.SigningAlgorithm.ED_DSA;
import static engineroom.account.token.SigningAlgorithm.ES256;
import static engineroom.account.token.SigningAlgorithm.RS256;
import static engineroom.account.token.TokenFault.ALGORITHM;
import static engineroom.account.token.TokenFault.AUDIENCE;
import static engineroom.account.token.TokenFault.CLAIMS;
import static engineroom.account.token.TokenFault.EXPIRED;
import static engineroom.account.token.TokenFault.HEADER;
import static engineroom.account.token.TokenFault.ISSUER;
import static engineroom.account.token.TokenFault.MALFORMED;
import static engineroom.account.token.TokenFault.SIGNATURE;
import static engineroom.account.token.TokenFault.TOO_LONG;
import static engineroom.account.token.TokenFault.TYPE;
import static engineroom.account.token.TokenFault.UNKNOWN_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What has been tried against verifiers of tokens: each must fail, and for its own reason.
final class AttackTest {
  private final Issuing here = new Issuing(ED_DSA);
  private final Map<String, Object> header = here.header();
  private final Map<String, Object> claims = here.claims();

  @Test
  void the_token_that_the_attacks_spoil_is_good() {
    assertThat(here.tokens.read(here.signed(header, claims)).subject()).isEqualTo(ANNA);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "NONE", "nOnE", "", "HS256", "ES256", "EdDSA ", "eddsa"})
  void the_keys_algorithm_counts_whatever_the_header_says(String algorithm) {
    header.put("alg", algorithm);
    assertThat(here.fault(here.signed(header, claims))).isEqualTo(ALGORITHM);
    assertThat(here.fault(part(json(header)) + "." + part(json(claims)) + "."))
        .isEqualTo(ALGORITHM);
  }

  @Test
  void no_signature_is_no_signature() {
    var good = here.signed(header, claims);
    assertThat(here.fault(good.substring(0, good.lastIndexOf('.') + 1))).isEqualTo(SIGNATURE);
    assertThat(here.fault(good.substring(0, good.lastIndexOf('.')))).isEqualTo(MALFORMED);
  }

  @ParameterizedTest
  @EnumSource(
      value = SigningAlgorithm.class,
      names = {"RS256", "ES256", "ED_DSA"})
  void a_public_key_is_no_shared_secret(SigningAlgorithm algorithm) {
    var there = new Issuing(algorithm);
    var verifying = there.ring.signing().material().verifying();
    var pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(verifying.getEncoded())
            + "\n-----END PUBLIC KEY-----\n";
    var jwk = new String(there.ring.jwks(), StandardCharsets.UTF_8);
    var spoiled = there.header();
    spoiled.put("alg", "HS256");
    var text = part(json(spoiled)) + "." + part(json(there.claims()));
    for (var secret : List.of(verifying.getEncoded(), bytes(pem), bytes(pem.strip()), bytes(jwk))) {
      var mac = Hashing.hmac(new SecretKeySpec(secret, "HmacSHA256"), bytes(text));
      assertThat(there.fault(text + "." + Base64Url.text(mac))).isEqualTo(ALGORITHM);
      assertThat(there.ring.signing().material().verify(bytes(text), mac)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "unknown",
        "../../../../dev/null",
        "/dev/null",
        "' or '1'='1",
        "x' union select 'AAAA",
        "file:///etc/passwd",
        "https://evil.example/key",
        "\u0000",
        "$(id)"
      })
  void a_key_id_is_looked_up_and_nothing_else(String kid) {
    header.put("kid", kid);
    assertThat(here.fault(here.signed(header, claims))).isEqualTo(UNKNOWN_KEY);
    header.put("kid", here.ring.signing().kid() + kid + " ");
    assertThat(here.fault(here.signed(header, claims))).isEqualTo(UNKNOWN_KEY);
  }

  @Test
  void a_token_names_its_key_as_a_text() {
    header.remove("kid");
    assertThat(here.fault(here.signed(header, claims))).isEqualTo(HEADER);
    header.put("kid", List.of(here.ring.signing().kid()));
    assertThat(here.fault(here.signed(header, claims))).isEqualTo(HEADER);
    header.put("kid", 1);
    assertThat(here.fault(here.signed(header, claims))).isEqualTo(HEADER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"jku", "x5u", "jwk", "x5c", "x5t", "x5t#S256", "crit", "b64", "zip", "cty", "exp"})
  void a_header_that_brings_keys_or_changes_the_meaning_is_refused(String name) {
    header.put(name, "https://evil.example/keys.json");
    assertThat(here.fault(here.signed(header, claims))).isEqualTo(HEADER);
    header.put(name, List.of(name));
    assertThat(here.fault(here.signed(header, claims))).isEqualTo(HEADER);
    header.put(name, Map.of("kty", "oct", "k", "AAAA"));
    assertThat(here.fault(here.signed(header, claims))).isEqualTo(HEADER);
  }

  @Test
  void a_key_that_comes_along_is_not_used() {
    var evil = new Issuing(ED_DSA);
    header.put("jwk", new HashMap<>(evil.ring.signing().material().published()));
    assertThat(here.fault(evil.signed(header, claims))).isEqualTo(HEADER);
    header.remove("jwk");
    assertThat(here.fault(evil.signed(header, claims))).isEqualTo(SIGNATURE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"JWT", "jwt", "AT+JWT", "application/at+jwt", "er-mfa+jwt", "at+jwt ", ""})
  void another_type_is_refused(String type) {
    header.put("typ", type);
    assertThat(here.fault(here.signed(header, claims))).isEqualTo(TYPE);
  }

  @Test
  void a_token_without_a_type_is_refused() {
    header.remove("typ");
    assertThat(here.fault(here.signed(header, claims))).isEqualTo(TYPE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"iss", "aud", "sub", "client_id", "iat", "nbf", "exp", "jti", "sid", "ver"})
  void every_claim_is_needed_and_has_its_type(String name) {
    var refused = name.equals("aud") ? AUDIENCE : CLAIMS;
    claims.remove(name);
    assertThat(here.fault(here.signed(header, claims))).isEqualTo(refused);
    for (Object other : List.of(Map.of(), List.of(), true, "", 1.5, -1)) {
      claims.put(name, other);
      assertThat(here.fault(here.signed(header, claims))).as(name + other).isEqualTo(refused);
    }
    var withNull = json(claims).replaceFirst("\"" + name + "\":[^,}]*", "\"" + name + "\":null");
    assertThat(here.fault(here.signed(json(header), withNull))).isEqualTo(refused);
  }

  @Test
  void another_issuer_or_audience_is_refused() {
    claims.put("iss", "https://shop.example/");
    assertThat(here.fault(here.signed(header, claims))).isEqualTo(ISSUER);
    claims.put("iss", Issuing.ISSUER.issuer());
    claims.put("aud", "https://api.example.evil.example");
    assertThat(here.fault(here.signed(header, claims))).isEqualTo(AUDIENCE);
    claims.put("aud", List.of("https://other.example"));
    assertThat(here.fault(here.signed(header, claims))).isEqualTo(AUDIENCE);
  }

  @ParameterizedTest
  @CsvSource({
    "-661, -661, -61, EXPIRED",
    "-660, -660, -60, EXPIRED",
    "61, 61, 661, TOO_EARLY",
    "0, 61, 600, TOO_EARLY",
    "0, 0, 601, CLAIMS",
    "0, 0, 999999999, CLAIMS",
    "10, 10, 9, CLAIMS"
  })
  void a_token_is_good_in_its_time_only(long issued, long begin, long end, TokenFault fault) {
    long now = here.clock.instant().getEpochSecond();
    claims.put("iat", now + issued);
    claims.put("nbf", now + begin);
    claims.put("exp", now + end);
    assertThat(here.fault(here.signed(header, claims))).isEqualTo(fault);
  }

  @Test
  void clocks_may_be_a_minute_apart() {
    long now = here.clock.instant().getEpochSecond();
    claims.put("iat", now + 60);
    claims.put("nbf", now + 60);
    assertThat(here.tokens.read(here.signed(header, claims)).subject()).isEqualTo(ANNA);
    claims.put("iat", now - 659);
    claims.put("nbf", now - 659);
    claims.put("exp", now - 59);
    assertThat(here.tokens.read(here.signed(header, claims)).subject()).isEqualTo(ANNA);
    claims.put("exp", now - 60);
    assertThat(here.fault(here.signed(header, claims))).isEqualTo(EXPIRED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1e18", "99999999999999999999", "01", "1795262400.0", "-0", "\"1795262400\""})
  void times_are_whole_numbers(String time) {
    var spoiled = json(claims).replaceFirst("\"exp\":\\d+", "\"exp\":" + time);
    assertThat(here.fault(here.signed(json(header), spoiled))).isIn(CLAIMS, MALFORMED);
  }

  @Test
  void no_member_is_there_twice() {
    var twice = json(claims).replace("{\"iss\"", "{\"sub\":\"admin\",\"iss\"");
    assertThat(here.fault(here.signed(json(header), twice))).isEqualTo(MALFORMED);
    var escaped = json(claims).replace("{\"iss\"", "{\"\\u0073ub\":\"admin\",\"iss\"");
    assertThat(here.fault(here.signed(json(header), escaped))).isEqualTo(MALFORMED);
    var algorithms = json(header).replace("{\"typ\"", "{\"alg\":\"none\",\"typ\"");
    assertThat(here.fault(here.signed(algorithms, json(claims)))).isEqualTo(MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "1", "{", "{}{}", "{\"a\":1,}", "\ufeff{}", "foo"})
  void header_and_claims_are_json_objects(String text) {
    assertThat(here.fault(here.signed(text, json(claims)))).isEqualTo(MALFORMED);
    assertThat(here.fault(here.signed(json(header), text))).isEqualTo(MALFORMED);
  }

  @Test
  void deep_and_wide_json_is_refused() {
    var deep =
        json(claims)
            .replace("{\"iss\"", "{\"x\":" + "[".repeat(500) + "]".repeat(500) + ",\"iss\"");
    assertThat(here.fault(here.signed(json(header), deep))).isEqualTo(MALFORMED);
  }

  @Test
  void a_token_may_have_8_kib_and_no_more() {
    var good = here.signed(header, claims);
    assertThat(here.fault(good + "A".repeat(8_193 - good.length()))).isEqualTo(TOO_LONG);
    assertThat(here.fault("A".repeat(50_000_000))).isEqualTo(TOO_LONG);
    claims.put("x", "y".repeat(2_000));
    claims.put("z", "y".repeat(2_000));
    assertThat(here.tokens.read(here.signed(header, claims)).subject()).isEqualTo(ANNA);
  }

  @Test
  void every_cut_and_every_changed_character_is_refused() {
    var good = here.signed(header, claims);
    for (int i = 0; i < good.length(); i++) {
      here.fault(good.substring(0, i));
      char other = good.charAt(i) == 'A' ? 'B' : 'A';
      here.fault(good.substring(0, i) + other + good.substring(i + 1));
    }
  }

  @Test
  void base64_is_written_in_one_way_only() {
    var good = here.signed(header, claims);
    var parts = good.split("\\.", -1);
    for (int i = 0; i < parts.length; i++) {
      for (var spoiled :
          List.of(parts[i] + "=", parts[i] + "==", parts[i] + "\n", " " + parts[i])) {
        var all = parts.clone();
        all[i] = spoiled;
        assertThat(here.fault(String.join(".", all))).isEqualTo(MALFORMED);
      }
    }
    char last = good.charAt(good.length() - 1);
    var letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    char sameBits = letters.charAt(letters.indexOf(last) + 1);
    assertThat(here.fault(good.substring(0, good.length() - 1) + sameBits)).isEqualTo(MALFORMED);
    assertThat(here.fault(good + ".")).isEqualTo(MALFORMED);
    assertThat(here.fault("." + good)).isEqualTo(MALFORMED);
    assertThat(here.fault(good + ".AAAA.AAAA")).isEqualTo(MALFORMED);
    assertThat(here.fault("Bearer " + good)).isEqualTo(MALFORMED);
  }

  @Test
  void json_serialisation_is_no_token() {
    var parts = here.signed(header, claims).split("\\.", -1);
    assertThat(
            here.fault(
                "{\"protected\":\"%s\",\"payload\":\"%s\",\"signature\":\"%s\"}"
                    .formatted(parts[0], parts[1], parts[2])))
        .isEqualTo(MALFORMED);
  }

  @Test
  void zeros_and_numbers_beyond_the_order_are_no_signature_of_es256() {
    var there = new Issuing(ES256);
    var text = part(json(there.header())) + "." + part(json(there.claims())) + ".";
    var order =
        new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
    var ordered = Arrays.copyOfRange(order.toByteArray(), 1, 33);
    var zero = new byte[32];
    var one = new byte[32];
    one[31] = 1;
    for (var r : List.of(zero, one, ordered)) {
      for (var s : List.of(zero, one, ordered)) {
        assertThat(there.fault(text + Base64Url.text(joined(r, s)))).isEqualTo(SIGNATURE);
      }
    }
  }

  @Test
  void a_signature_of_es256_is_raw_and_not_der() throws Exception {
    var there = new Issuing(ES256);
    var text = part(json(there.header())) + "." + part(json(there.claims()));
    var signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign((PrivateKey) there.ring.signing().material().signing());
    signer.update(bytes(text));
    assertThat(there.fault(text + "." + Base64Url.text(signer.sign()))).isEqualTo(SIGNATURE);
    var raw = there.ring.signing().material().sign(bytes(text));
    assertThat(raw).hasSize(64);
    assertThat(there.fault(text + "." + Base64Url.text(joined(raw, new byte[1]))))
        .isEqualTo(SIGNATURE);
  }

  @Test
  void a_signature_of_ed25519_has_one_form() {
    var text = part(json(header)) + "." + part(json(claims));
    var good = here.ring.signing().material().sign(bytes(text));
    var order =
        BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    var scalar = littleEndian(Arrays.copyOfRange(good, 32, 64)).add(order);
    var malleable = joined(Arrays.copyOf(good, 32), littleEndian(scalar));
    assertThat(malleable).hasSize(64);
    assertThat(here.fault(text + "." + Base64Url.text(malleable))).isEqualTo(SIGNATURE);
    assertThat(here.fault(text + "." + Base64Url.text(new byte[64]))).isEqualTo(SIGNATURE);
    var identity = new byte[64];
    identity[0] = 1;
    assertThat(here.fault(text + "." + Base64Url.text(identity))).isEqualTo(SIGNATURE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "00"
      })
  void a_point_of_small_order_is_no_key(String point) {
    var x = Base64Url.text(HexFormat.of().parseHex(point));
    var jwk =
        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"alg\":\"EdDSA\",\"kid\":\"k\",\"x\":\"" + x + "\"}";
    assertThatThrownBy(() -> KeyMaterial.read(jwk)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_signature_of_another_length_or_text_is_none_of_rs256() {
    var there = new Issuing(RS256);
    var text = part(json(there.header())) + "." + part(json(there.claims()));
    var good = there.ring.signing().material().sign(bytes(text));
    assertThat(there.fault(text + "." + Base64Url.text(joined(good, new byte[1]))))
        .isEqualTo(SIGNATURE);
    assertThat(there.fault(text + "." + Base64Url.text(joined(new byte[1], good))))
        .isEqualTo(SIGNATURE);
    assertThat(there.fault(text + "." + Base64Url.text(new byte[good.length])))
        .isEqualTo(SIGNATURE);
  }

  private static BigInteger littleEndian(byte[] bytes) {
    var reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return new BigInteger(1, reversed);
  }

  private static byte[] littleEndian(BigInteger number) {
    var bytes = new byte[32];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = number.shiftRight(Byte.SIZE * i).byteValue();
    }
    return bytes;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    var all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
