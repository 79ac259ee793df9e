package engineroom.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.store.MemoryStore;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/// How many requests a batch may have, and how deep lists may be nested.
class WriteLimitsTest {
  private static final String READ = "{\"method\":\"GET\",\"path\":\"/categories?limit=1\"}";
  private static final String WRITE =
      "{\"method\":\"PATCH\",\"path\":\"/products/"
          + Shop.id("11")
          + "\",\"body\":{\"stock\":{\"$add\":1}}}";

  private final Shop shop = shop();

  private static Shop shop() {
    var good = Place.model(Place.SMALL_SHOP);
    var store = new MemoryStore(good.model());
    return new Shop(store, good).with(Place.SMALL_SHOP.resolve("rows.txt"));
  }

  @Test
  void a_hundred_requests_are_done_together() {
    var answer = shop.send("admin", "POST", "/api/batch", batch(WRITE, 100));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(shop.changes()).hasSize(100).containsOnly("product changed stock");
    assertThat(stock()).isEqualTo("{\"stock\":120}");
  }

  @Test
  void one_more_and_a_hundred_times_more_are_refused_and_nothing_is_done() {
    for (int requests : new int[] {101, 10_000}) {
      for (var request : new String[] {READ, WRITE}) {
        var answer = shop.send("admin", "POST", "/api/batch", batch(request, requests));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body())
            .contains("operation/over-limit/batch")
            .contains("A batch may have 100 requests at most.");
      }
    }
    assertThat(shop.changes()).isEmpty();
    assertThat(stock()).isEqualTo("{\"stock\":20}");
  }

  @Test
  void the_last_of_a_hundred_undoes_all_before_it() {
    var last = "{\"method\":\"DELETE\",\"path\":\"/products/" + Shop.id("99") + "\"}";
    var body = batch(WRITE, 99).replace("]}", "," + last + "]}");
    var answer = shop.send("admin", "POST", "/api/batch", body);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body()).contains("requests[99]: ");
    assertThat(shop.changes()).isEmpty();
    assertThat(stock()).isEqualTo("{\"stock\":20}");
  }

  @Test
  void lists_nest_five_deep_and_no_deeper() {
    var answer = shop.send("admin", "POST", "/api/categories", nested(5));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    assertThat(shop.changes()).hasSize(6);
    for (int depth : new int[] {6, 30}) {
      var deeper = shop.send("admin", "POST", "/api/categories", nested(depth));
      assertThat(deeper.status()).as("%s deep", depth).isEqualTo(400);
      assertThat(deeper.body()).contains("Lists may be nested 5 deep at most.");
    }
    assertThat(shop.changes()).isEmpty();
  }

  private static String nested(int depth) {
    var name = "{\"name\":\"depth " + depth + "\"";
    return depth == 0 ? name + "}" : name + ",\"children\":[" + nested(depth - 1) + "]}";
  }

  private String stock() {
    return shop.get("admin", "/api/products/" + Shop.id("11") + "?fields=stock").body();
  }

  private static String batch(String request, int times) {
    return "{\"requests\":[" + String.join(",", Collections.nCopies(times, request)) + "]}";
  }
}
