package engineroom.account.token;

import static engineroom.account.token.Issuing.ANNA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.http.Problems;
import engineroom.problem.AuthorizeProblem.BadCredentials;
import engineroom.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SignedTokensTest {
  private static final Duration TO_THE_END = Duration.ofMinutes(11);

  @ParameterizedTest
  @EnumSource(SigningAlgorithm.class)
  void a_token_says_whom_it_speaks_for(SigningAlgorithm algorithm) {
    var here = new Issuing(algorithm);
    var issued = here.tokens.issue(ANNA);
    assertThat(here.tokens.verify(issued.text())).isEqualTo(issued.claims());
    assertThat(issued.claims().subject()).isEqualTo(ANNA);
    assertThat(issued.claims().expiresAt()).isEqualTo(here.clock.instant().plusSeconds(600));
  }

  @Test
  void a_token_has_the_header_and_claims_of_rfc_9068() {
    var here = new Issuing(SigningAlgorithm.ED_DSA);
    var issued = here.tokens.issue(ANNA);
    var parts = issued.text().split("\\.", -1);
    assertThat(decoded(parts[0]))
        .isEqualTo(
            "{\"typ\":\"at+jwt\",\"alg\":\"EdDSA\",\"kid\":\"" + here.ring.signing().kid() + "\"}");
    assertThat(decoded(parts[1]))
        .isEqualTo(
            "{\"iss\":\"https://shop.example\",\"aud\":\"https://api.example\",\"sub\":\"u1\","
                + "\"client_id\":\"web\",\"iat\":1795262400,\"nbf\":1795262400,"
                + "\"exp\":1795263000,\"jti\":\""
                + issued.claims().id()
                + "\",\"sid\":\"s1\",\"ver\":7}");
  }

  @Test
  void two_tokens_are_never_alike() {
    var here = new Issuing(SigningAlgorithm.ED_DSA);
    assertThat(here.tokens.issue(ANNA).text()).isNotEqualTo(here.tokens.issue(ANNA).text());
  }

  @Test
  void every_bad_token_gets_one_and_the_same_answer() {
    var here = new Issuing(SigningAlgorithm.ED_DSA);
    var late = here.tokens.issue(ANNA).text();
    here.clock.advance(TO_THE_END);
    var cut = here.tokens.issue(ANNA).text().substring(5);
    var answers =
        List.of("", "a.b.c", late, cut).stream().map(token -> answer(here, token)).distinct();
    assertThat(answers).hasSize(1);
  }

  @Test
  void a_token_is_good_until_a_minute_after_its_end_also_when_remembered() {
    var here = new Issuing(SigningAlgorithm.ED_DSA);
    var text = here.tokens.issue(ANNA).text();
    here.tokens.verify(text);
    here.clock.advance(TO_THE_END.minusMillis(1));
    assertThat(here.tokens.verify(text).subject()).isEqualTo(ANNA);
    here.clock.advance(Duration.ofMillis(1));
    assertThat(here.fault(text)).isEqualTo(TokenFault.EXPIRED);
  }

  @Test
  void a_revoked_key_ends_its_tokens_at_once_also_remembered_ones() {
    var here = new Issuing(SigningAlgorithm.ED_DSA);
    var text = here.tokens.issue(ANNA).text();
    here.tokens.verify(text);
    here.ring.revoke(here.ring.signing().kid());
    assertThat(here.fault(text)).isEqualTo(TokenFault.UNKNOWN_KEY);
    assertThat(here.tokens.verify(here.tokens.issue(ANNA).text()).subject()).isEqualTo(ANNA);
  }

  @Test
  void a_token_of_one_kind_is_no_token_of_another() {
    var here = new Issuing(SigningAlgorithm.ED_DSA);
    var mfa =
        new SignedTokens(
            here.ring(TokenKind.MFA_STEP, SigningAlgorithm.HS256),
            Issuing.ISSUER,
            here.clock,
            here.random);
    var step = mfa.issue(ANNA).text();
    assertThat(mfa.verify(step).subject()).isEqualTo(ANNA);
    assertThat(here.fault(step)).isEqualTo(TokenFault.TYPE);
    assertThatThrownBy(() -> mfa.verify(here.tokens.issue(ANNA).text()))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void a_token_for_several_apis_is_taken_where_ours_is_among_them() {
    var here = new Issuing(SigningAlgorithm.ES256);
    var claims = here.claims();
    claims.put("aud", List.of("https://other.example", Issuing.ISSUER.audience()));
    assertThat(here.tokens.read(here.signed(here.header(), claims)).subject()).isEqualTo(ANNA);
  }

  @Test
  void remembers_a_bounded_number_of_tokens_and_those_in_use_the_longest() {
    var cache = new VerifiedTokens(100);
    var entry =
        new VerifiedTokens.Entry(
            "k", new Issuing(SigningAlgorithm.HS256).tokens.issue(ANNA).claims());
    cache.remember("in use", entry);
    for (int i = 0; i < 1_000; i++) {
      cache.remember("t" + i, entry);
      assertThat(cache.find("in use")).isNotNull();
      assertThat(cache.size()).isLessThanOrEqualTo(101);
    }
    assertThat(cache.find("t1")).isNull();
    assertThat(cache.find("t999")).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE})
  void a_subject_must_be_whole(long version) {
    assertThatThrownBy(() -> new TokenSubject("u", "c", "s", version))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TokenSubject("", "c", "s", 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TokenSubject("u".repeat(256), "c", "s", 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String answer(Issuing here, String token) {
    try {
      here.tokens.verify(token);
    } catch (ProblemException refused) {
      assertThat(refused.problem()).isInstanceOf(BadCredentials.class);
      var response = Problems.response(refused.problem(), "r1");
      return response.status() + " " + response.headers() + refused.problem().title();
    }
    throw new AssertionError("accepted: " + token);
  }

  private static String decoded(String part) {
    return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
  }
}
