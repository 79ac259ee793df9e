package engineroom.account;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.account.Desk.Answer;
import engineroom.data.JsonText;
import engineroom.data.Value;
import engineroom.operation.Call;
import engineroom.records.Where;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {
  private static final String ANN = "ann@example.org";
  private static final String KEYS = "/auth/keys";

  @TempDir Path folder;
  private Desk desk;
  private String token = "";

  @BeforeEach
  void open() {
    desk = Desk.of(folder);
    desk.confirmed(ANN);
    token = desk.signIn(ANN).text("accessToken");
  }

  private Answer make(String more) {
    return desk.as(token, "POST", KEYS, "{\"name\":\"robot\"" + more + "}");
  }

  private String key(String more) {
    var made = make(more);
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made.text("key");
  }

  private void administer() {
    var roles = new Value.ListOf(List.of(Value.of("administrator")));
    desk.records().change("user", desk.user("email", ANN).id(), Map.of("roles", roles));
    desk.later(Duration.ofSeconds(1));
  }

  @Test
  void a_key_calls_in_the_name_of_its_user_and_is_told_once() {
    var made = make("");
    var key = made.text("key");
    assertThat(key).startsWith("er_live_").hasSize(8 + 22 + 1 + 43);
    assertThat(desk.as(key, "POST", "/api/notes", "{\"text\":\"a\"}").status()).isEqualTo(201);
    assertThat(desk.get(key, "/api/notes").body()).contains("\"text\":\"a\"");
    assertThat(desk.get(key, "/auth/me").text("user", "email")).isEqualTo(ANN);
    var listed = desk.get(token, KEYS).body();
    assertThat(listed).contains("\"name\":\"robot\"").doesNotContain(key, "hash");
    assertThat(desk.get(token, KEYS + "/" + made.text("id")).text("name")).isEqualTo("robot");
    assertThat(desk.records().first("apiKey", Where.ALL).toString())
        .doesNotContain(key.substring(31));
  }

  @Test
  void a_key_that_is_not_quite_right_is_none() {
    var key = key("");
    var other = key.substring(0, key.length() - 1) + (key.endsWith("A") ? "B" : "A");
    for (var wrong : List.of(other, key + "A", key.substring(1), key.replace("live", "test"))) {
      assertThat(desk.get(wrong, "/auth/me").status()).as(wrong).isEqualTo(401);
    }
  }

  @Test
  void a_key_counts_in_the_header_alone() {
    var key = key("");
    assertThat(desk.send("GET", "/api/notes?access_token=" + key, Map.of(), "").status())
        .isIn(400, 401);
    assertThat(desk.send("GET", "/api/notes?key=" + key, Map.of(), "").status()).isIn(400, 401);
    var cookie = Map.of("Cookie", "__Host-er_s=" + key);
    assertThat(desk.send("GET", "/auth/me", cookie, "").status()).isEqualTo(401);
    assertThat(desk.refresh(key).status()).isEqualTo(401);
    assertThat(desk.accounts().signUps().confirm(key, Call.ofProgram(desk.now()))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "note:read,200,403",
    "note:write,403,201",
    "*:read,200,403",
    "*:write,403,201",
    "user:read,403,403"
  })
  void scopes_are_a_ceiling(String scope, int reads, int writes) {
    var key = key(",\"scopes\":[\"" + scope + "\"]");
    assertThat(desk.get(key, "/api/notes").status()).isEqualTo(reads);
    assertThat(desk.as(key, "POST", "/api/notes", "{\"text\":\"a\"}").status()).isEqualTo(writes);
  }

  @Test
  void scopes_never_add_to_what_the_user_may() {
    var key = key(",\"scopes\":[\"*:read\",\"*:write\"]");
    assertThat(desk.get(key, "/api/ledger").status()).isEqualTo(403);
    assertThat(desk.as(key, "PATCH", "/api/users/" + desk.user("email", ANN).id(), "{}").status())
        .isNotEqualTo(200);
  }

  @Test
  void a_key_with_scopes_of_an_administrator_is_good_for_those_alone() {
    administer();
    var key = key(",\"scopes\":[\"ledger:read\"]");
    assertThat(desk.get(key, "/api/ledger").status()).isEqualTo(200);
    assertThat(desk.get(key, "/api/notes").status()).isEqualTo(403);
    assertThat(desk.as(key, "POST", "/api/ledger", "{\"text\":\"a\"}").status()).isEqualTo(403);
    assertThat(desk.get(key, "/api/ledger?explain=plan").status()).isIn(400, 403);
    assertThat(desk.get(key, "/auth/me").body()).doesNotContain(ANN);
  }

  @Test
  void a_batch_does_not_get_past_the_ceiling() {
    var key = key(",\"scopes\":[\"note:read\"]");
    var one = "{\"method\":\"POST\",\"path\":\"/api/notes\",\"body\":{\"text\":\"a\"}}";
    var batch = "{\"operations\":[" + one + "]}";
    desk.as(key, "POST", "/api/batch", batch);
    assertThat(desk.get(key, "/api/notes").body()).contains("\"data\":[]");
  }

  @Test
  void keys_change_nothing_that_signs_in() {
    var key = key("");
    assertThat(desk.as(key, "POST", KEYS, "{\"name\":\"b\"}").status()).isEqualTo(403);
    assertThat(desk.get(key, KEYS).status()).isEqualTo(403);
    assertThat(desk.as(key, "POST", "/auth/mfa/totp", "").status()).isEqualTo(403);
    var password =
        "{\"current\":\"%s\",\"password\":\"%s\"}".formatted(Desk.PASSWORD, Desk.PASSWORD + "s");
    assertThat(desk.as(key, "POST", "/auth/password", password).status()).isEqualTo(403);
    assertThat(desk.as(key, "DELETE", "/auth/sessions", "").status()).isEqualTo(403);
    assertThat(desk.get(token, "/auth/me").status()).isEqualTo(200);
  }

  @Test
  void making_a_key_takes_a_fresh_sign_in() {
    desk.later(Duration.ofMinutes(5).plusSeconds(1));
    assertThat(make("").text("code")).isEqualTo("authorize/sign-in-again");
    assertThat(desk.post(KEYS, "{\"name\":\"b\"}").status()).isEqualTo(401);
  }

  @Test
  void a_revoked_key_is_refused_within_a_second() {
    var made = make("");
    var own = KEYS + "/" + made.text("id");
    assertThat(desk.get(made.text("key"), "/auth/me").status()).isEqualTo(200);
    desk.confirmed("bob@example.org");
    var bob = desk.signIn("bob@example.org").text("accessToken");
    assertThat(desk.as(bob, "DELETE", own, "").status()).isEqualTo(404);
    assertThat(desk.get(bob, own).status()).isEqualTo(404);
    assertThat(desk.as(token, "DELETE", own, "").status()).isEqualTo(204);
    assertThat(desk.get(made.text("key"), "/auth/me").status()).isEqualTo(401);
    assertThat(desk.as(token, "DELETE", own, "").status()).isEqualTo(404);
  }

  @Test
  void a_key_that_is_deleted_elsewhere_or_whose_user_is_suspended_is_refused_within_a_second() {
    var first = make("");
    var second = key("");
    assertThat(desk.get(first.text("key"), "/auth/me").status()).isEqualTo(200);
    assertThat(desk.as(Desk.KEY, "DELETE", "/api/apiKeys/" + first.text("id"), "").status())
        .isEqualTo(204);
    desk.later(Duration.ofSeconds(1));
    assertThat(desk.get(first.text("key"), "/auth/me").status()).isEqualTo(401);
    assertThat(desk.get(second, "/auth/me").status()).isEqualTo(200);
    var user = desk.user("email", ANN).id();
    desk.records().change("user", user, Map.of("suspended", Value.of(true)));
    desk.later(Duration.ofSeconds(1));
    assertThat(desk.get(second, "/auth/me").status()).isEqualTo(401);
  }

  @Test
  void a_key_ends_at_its_end() {
    var end = desk.now().plus(Duration.ofHours(1));
    var key = key(",\"expiresAt\":\"" + end + "\"");
    desk.later(Duration.ofMinutes(59));
    assertThat(desk.get(key, "/auth/me").status()).isEqualTo(200);
    desk.later(Duration.ofMinutes(1));
    assertThat(desk.get(key, "/auth/me").status()).isEqualTo(401);
  }

  @Test
  void a_key_is_good_from_its_networks_alone() {
    var inside = key(",\"addresses\":[\"2001:db8::/32\",\"192.0.2.0/24\"]");
    var outside = key(",\"addresses\":[\"192.0.2.8\",\"198.51.100.0/24\"]");
    assertThat(desk.get(inside, "/auth/me").status()).isEqualTo(200);
    assertThat(desk.get(outside, "/auth/me").status()).isEqualTo(401);
  }

  @Test
  void last_use_is_kept_and_written_once_a_minute_at_most() {
    var made = make("");
    var id = new Value.Uuid(UUID.fromString(made.text("id")));
    desk.get(made.text("key"), "/auth/me");
    var first = desk.now();
    assertThat(used(id)).isEqualTo(new Value.Timestamp(first));
    desk.later(Duration.ofSeconds(59));
    desk.get(made.text("key"), "/auth/me");
    assertThat(used(id)).isEqualTo(new Value.Timestamp(first));
    desk.later(Duration.ofSeconds(1));
    desk.get(made.text("key"), "/auth/me");
    assertThat(used(id)).isEqualTo(new Value.Timestamp(desk.now()));
  }

  private Value used(Value id) {
    return desk.records().find("apiKey", id).orElseThrow().value("lastUsedAt");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"scopes\":[]",
        "\"scopes\":[\"nots:read\"]",
        "\"scopes\":[\"note:delete\"]",
        "\"scopes\":[\"signingKey:read\"]",
        "\"scopes\":\"note:read\"",
        "\"scopes\":[1]",
        "\"scopes\":{}",
        "\"addresses\":[]",
        "\"addresses\":[\"localhost\"]",
        "\"addresses\":[\"10.0.0.0/33\"]",
        "\"expiresAt\":\"2020-01-01T00:00:00Z\"",
        "\"expiresAt\":5",
        "\"requestsPerMinute\":0",
        "\"requestsPerMinute\":\"5\"",
        "\"requestsPerMinute\":1e30",
        "\"name\":null",
        "\"hash\":\"x\"",
        "\"user\":true"
      })
  void what_makes_no_sense_is_refused(String member) {
    var body = "{\"name\":\"robot\"," + member + "}";
    var plain = member.startsWith("\"name\"") ? "{" + member + "}" : body;
    assertThat(desk.as(token, "POST", KEYS, plain).status()).isEqualTo(422);
  }

  @Test
  void a_program_of_nobodys_has_a_user_that_nobody_signs_in_as() {
    var user =
        desk.as(Desk.KEY, "POST", "/api/users", "{\"name\":\"Robot\",\"roles\":[\"clerk\"]}");
    var body = "{\"name\":\"robot\",\"user\":\"%s\"}".formatted(user.text("id"));
    assertThat(desk.as(token, "POST", KEYS, body).status()).isEqualTo(403);
    var key = desk.as(Desk.KEY, "POST", KEYS, body).text("key");
    assertThat(desk.get(key, "/auth/me").body()).contains("\"roles\":[\"clerk\"]");
    administer();
    assertThat(desk.as(token, "POST", KEYS, body).status()).isEqualTo(201);
  }

  @Test
  void nobody_makes_a_key_for_a_person_but_they_themselves() {
    desk.confirmed("bob@example.org");
    var bob = desk.user("email", "bob@example.org").id();
    var body = "{\"name\":\"robot\",\"user\":%s}".formatted(JsonText.of(bob));
    assertThat(desk.as(Desk.KEY, "POST", KEYS, body).status()).isEqualTo(403);
    administer();
    assertThat(desk.as(token, "POST", KEYS, body).status()).isEqualTo(403);
    assertThat(desk.as(Desk.KEY, "POST", KEYS, "{\"name\":\"robot\"}").status()).isEqualTo(422);
  }

  @Test
  void keys_of_program_users_with_every_right_are_made_by_the_administrators_key_alone() {
    administer();
    var user = desk.as(Desk.KEY, "POST", "/api/users", "{\"name\":\"R\",\"roles\":[\"chief\"]}");
    var body = "{\"name\":\"robot\",\"user\":\"%s\"}".formatted(user.text("id"));
    assertThat(desk.as(token, "POST", KEYS, body).status()).isEqualTo(403);
    assertThat(desk.as(Desk.KEY, "POST", KEYS, body).status()).isEqualTo(201);
  }
}
