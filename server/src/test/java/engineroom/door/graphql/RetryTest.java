package engineroom.door.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Mutations that are sent again with their `Idempotency-Key`.
class RetryTest {
  private static final String CREATE =
      "{\"query\":\"mutation { createCategory(input: {name: \\\"Once\\\"}) { id name } }\"}";

  private final Graph shop = Graph.shop();

  private Graph.Answer send(String caller, String key, String body) {
    var headers = new LinkedHashMap<>(Map.of("Content-Type", "application/json"));
    headers.put("Idempotency-Key", key);
    return shop.send(caller, "POST", "/graphql", headers, body);
  }

  @Test
  void a_mutation_sent_again_is_done_once_and_answered_with_the_same_bytes() {
    var first = send("admin", "k1", CREATE);
    assertThat(first.errors()).isEqualTo("null");
    assertThat(first.headers()).doesNotContainKey("Idempotency-Replayed");
    var again = send("admin", "k1", CREATE);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.headers()).containsEntry("Idempotency-Replayed", "true");
    assertThat(shop.ask("admin", "{ categories(where: {name: {eq: \"Once\"}}) { name } }").data())
        .isEqualTo("{\"categories\":[{\"name\":\"Once\"}]}");
  }

  @Test
  void a_key_is_not_for_another_request_nor_for_another_caller() {
    send("admin", "k2", CREATE);
    var other = send("admin", "k2", CREATE.replace("Once", "Twice"));
    assertThat(other.errors()).contains("request/key-reused");
    var theirs = send("user bob staff", "k2", CREATE);
    assertThat(theirs.errors()).contains("store/not-unique");
    var rest =
        shop.send(
            "admin",
            "POST",
            "/api/categories",
            Map.of("Content-Type", "application/json", "Idempotency-Key", "k2"),
            "{\"name\":\"Third\"}");
    assertThat(rest.status()).isEqualTo(422);
  }

  @Test
  void what_failed_is_tried_anew() {
    var taken = CREATE.replace("Once", "Tea");
    assertThat(send("admin", "k3", taken).errors()).contains("store/not-unique");
    var second = send("admin", "k3", CREATE);
    assertThat(second.errors()).isEqualTo("null");
    assertThat(second.headers()).doesNotContainKey("Idempotency-Replayed");
  }

  @Test
  void a_query_heeds_no_key() {
    var query = "{\"query\":\"{ requestId }\"}";
    assertThat(send("guest", "k 4", query).errors()).isEqualTo("null");
    assertThat(send("guest", "k 4", query).headers()).doesNotContainKey("Idempotency-Replayed");
  }
}
