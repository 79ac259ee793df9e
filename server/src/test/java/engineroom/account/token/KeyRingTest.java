package engineroom.account.token;

import static engineroom.account.token.Issuing.ANNA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import engineroom.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class KeyRingTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Issuing here = new Issuing(SigningAlgorithm.ED_DSA);

  @Test
  void nothing_is_read_or_made_before_it_is_needed() {
    assertThat(here.store.asked).isZero();
    assertThat(here.store.kept).isEmpty();
    assertThat(here.ring.signing().kid()).hasSize(16);
    assertThat(here.store.kept).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(SigningAlgorithm.class)
  void a_key_survives_being_kept(SigningAlgorithm algorithm) {
    var before = new Issuing(algorithm);
    var token = before.tokens.issue(ANNA).text();
    var ring =
        new KeyRing(
            TokenKind.ACCESS, algorithm, before.store, before.master, before.clock, before.random);
    var after = new SignedTokens(ring, Issuing.ISSUER, before.clock, before.random);
    assertThat(after.verify(token).subject()).isEqualTo(ANNA);
    assertThat(ring.signing().kid()).isEqualTo(before.ring.signing().kid());
    assertThat(before.store.kept).hasSize(1);
  }

  @Test
  void a_kept_key_shows_nothing_of_itself() {
    here.ring.signing();
    var kept = here.store.kept.values().iterator().next();
    assertThat(kept.sealedJwk()).matches("v1\\.[A-Za-z0-9_-]{8}\\.[A-Za-z0-9_-]+");
    assertThat(here.ring.signing().toString()).doesNotContain("\"d\"");
  }

  @Test
  void a_kept_key_can_not_be_moved_changed_or_opened_by_another_master() {
    here.ring.signing();
    var kept = here.store.kept.values().iterator().next();
    var sealed = kept.sealedJwk();
    char other = sealed.charAt(40) == 'A' ? 'B' : 'A';
    var changed = sealed.substring(0, 40) + other + sealed.substring(41);
    for (var spoiled :
        List.of(
            with(kept, "another", kept.kind(), sealed),
            with(kept, kept.kid(), "mfa-step", sealed),
            with(kept, kept.kid(), kept.kind(), changed),
            with(kept, kept.kid(), kept.kind(), sealed.substring(0, sealed.length() - 4)),
            with(kept, kept.kid(), kept.kind(), ""),
            with(kept, kept.kid(), kept.kind(), "v1..AAAA"))) {
      assertThatThrownBy(() -> SigningKey.open(spoiled, TokenKind.ACCESS, here.master))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(spoiled.kid());
    }
    assertThatThrownBy(() -> SigningKey.open(kept, TokenKind.ACCESS, MasterKey.create(here.random)))
        .hasMessageContaining("was sealed under master key");
  }

  @Test
  void a_key_signs_for_90_days_and_its_successor_is_published_before_it_signs() {
    var first = here.ring.signing().kid();
    here.clock.advance(KeyRing.SIGNS_FOR.minusSeconds(1));
    assertThat(here.ring.signing().kid()).isEqualTo(first);
    assertThat(here.ring.all()).hasSize(1);
    here.clock.advance(Duration.ofSeconds(1));
    assertThat(here.ring.signing().kid()).isEqualTo(first);
    assertThat(here.ring.all()).hasSize(2);
    var second = here.ring.all().get(1).kid();
    here.clock.advance(KeyRing.PUBLISHED_AHEAD);
    assertThat(here.ring.signing().kid()).isEqualTo(second);
    here.clock.advance(KeyRing.SIGNS_FOR);
    here.ring.signing();
    assertThat(here.store.kept).hasSize(2).doesNotContainKey(first);
  }

  @Test
  void the_last_token_of_an_old_key_is_good_to_its_end() {
    here.ring.rotate();
    here.ring.rotate();
    here.clock.advance(KeyRing.PUBLISHED_AHEAD.minusSeconds(1));
    var tokens =
        new SignedTokens(here.ring, Issuing.ISSUER, KeyRing.LIFE_MAX, here.clock, here.random);
    var token = tokens.issue(ANNA).text();
    var signer = here.ring.signing().kid();
    here.clock.advance(Duration.ofSeconds(1));
    assertThat(here.ring.signing().kid()).isNotEqualTo(signer);
    here.clock.advance(KeyRing.LIFE_MAX.plus(SignedTokens.SKEW).minusSeconds(2));
    assertThat(tokens.verify(token).subject()).isEqualTo(ANNA);
    here.clock.advance(Duration.ofSeconds(2));
    assertThat(here.ring.find(signer)).isEmpty();
    assertThat(here.ring.all()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(SigningAlgorithm.class)
  void another_algorithm_signs_by_a_new_key_once_that_is_published(SigningAlgorithm other) {
    var token = here.tokens.issue(ANNA).text();
    var former = here.ring.signing();
    var ring =
        new KeyRing(TokenKind.ACCESS, other, here.store, here.master, here.clock, here.random);
    assertThat(ring.signing().kid()).isEqualTo(former.kid());
    here.clock.advance(KeyRing.PUBLISHED_AHEAD);
    assertThat(ring.signing().algorithm()).isEqualTo(other);
    assertThat(ring.signing().kid().equals(former.kid())).isEqualTo(former.algorithm() == other);
    assertThat(ring.all()).hasSize(former.algorithm() == other ? 1 : 2);
    var tokens = new SignedTokens(ring, Issuing.ISSUER, here.clock, here.random);
    assertThat(tokens.verify(tokens.issue(ANNA).text()).subject()).isEqualTo(ANNA);
    assertThat(tokens.verify(token).subject()).isEqualTo(ANNA);
  }

  @Test
  void a_revoked_key_is_gone_at_once_and_another_one_signs() {
    var first = here.ring.signing().kid();
    here.ring.revoke(first);
    assertThat(here.ring.find(first)).isEmpty();
    assertThat(here.ring.signing().kid()).isNotEqualTo(first);
    assertThat(here.store.kept).hasSize(1).doesNotContainKey(first);
  }

  @Test
  void another_program_learns_of_new_keys_in_seconds_and_of_revoked_ones_in_a_minute() {
    var there = here.ring(TokenKind.ACCESS, SigningAlgorithm.ED_DSA);
    var first = here.ring.signing().kid();
    assertThat(there.find(first)).isPresent();
    here.ring.revoke(first);
    here.clock.advance(Duration.ofSeconds(5));
    var second = here.ring.signing().kid();
    assertThat(there.find(second)).isPresent();
    here.ring.revoke(second);
    assertThat(there.find(second)).isPresent();
    here.clock.advance(MINUTE);
    assertThat(there.find(second)).isEmpty();
    assertThat(there.signing().kid()).isEqualTo(here.ring.signing().kid());
  }

  @Test
  void unknown_keys_do_not_make_us_ask_the_store_again_and_again() {
    here.ring.signing();
    int asked = here.store.asked;
    for (int i = 0; i < 1_000; i++) {
      assertThat(here.ring.find("unknown" + i)).isEmpty();
    }
    assertThat(here.store.asked).isEqualTo(asked);
    here.clock.advance(Duration.ofSeconds(5));
    for (int i = 0; i < 1_000; i++) {
      assertThat(here.ring.find("unknown" + i)).isEmpty();
    }
    assertThat(here.store.asked).isEqualTo(asked + 1);
  }

  @Test
  void each_kind_of_token_has_keys_of_its_own() {
    var steps = here.ring(TokenKind.MFA_STEP, SigningAlgorithm.HS256);
    assertThat(steps.find(here.ring.signing().kid())).isEmpty();
    assertThat(here.ring.find(steps.signing().kid())).isEmpty();
    assertThat(here.store.kept).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(SigningAlgorithm.class)
  void only_public_parts_are_published(SigningAlgorithm algorithm) {
    var issuing = new Issuing(algorithm);
    issuing.ring.signing();
    var text = new String(issuing.ring.jwks(), StandardCharsets.UTF_8);
    var keys = keys(text);
    if (algorithm == SigningAlgorithm.HS256) {
      assertThat(text).isEqualTo("{\"keys\":[]}");
      return;
    }
    assertThat(keys).hasSize(1);
    var members = ((Json.Obj) keys.getFirst()).members();
    assertThat(members).containsEntry("alg", new Json.Text(algorithm.header()));
    assertThat(members).containsEntry("use", new Json.Text("sig"));
    assertThat(members).doesNotContainKeys("d", "p", "q", "dp", "dq", "qi", "k");
    assertThat(KeyMaterial.read(json(members)).signing()).isNull();
  }

  @Test
  void many_at_once_make_one_key() throws Exception {
    var kids = ConcurrentHashMap.<String>newKeySet();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = IntStream.range(0, 200).mapToObj(_ -> signing(kids)).toList();
      for (var one : threads.invokeAll(all)) {
        one.get();
      }
    }
    assertThat(kids).hasSize(1);
    assertThat(here.store.kept).hasSize(1);
  }

  private Callable<Boolean> signing(Set<String> kids) {
    return () -> kids.add(here.ring.signing().kid());
  }

  private static List<Json> keys(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    var set = (Json.Obj) JsonReader.read(bytes, JsonLimits.defaults());
    return ((Json.Arr) Objects.requireNonNull(set.members().get("keys"))).elements();
  }

  private static String json(Map<String, Json> members) {
    return JsonWriter.text(new Json.Obj(members));
  }

  private static StoredKey with(StoredKey kept, String kid, String kind, String sealed) {
    return new StoredKey(kid, kind, sealed, kept.createdAt(), kept.notAfter(), kept.retiredAt());
  }
}
