package engineroom.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import engineroom.stores.sqlite.SqliteDatabase;
import engineroom.testkit.Scenario.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/// Strings that break programs, from the Big List of Naughty Strings: what is stored comes back.
class NaughtyStringsTest {
  private static final Path LIST =
      Place.ROOT.resolve("../shared/data/naughty-strings/blns.json").normalize();
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void every_string_comes_back_as_it_was_sent() throws IOException {
    var strings = strings();
    try (var database = SqliteDatabase.open(folder.resolve("shop.db"))) {
      var good = Place.model(Place.SMALL_SHOP);
      try (var store = database.store(good.model())) {
        var shop = new Shop(store, good);
        for (int i = 0; i < strings.size(); i++) {
          stored(shop, i, strings.get(i));
        }
      }
    }
    assertThat(strings).hasSizeGreaterThan(400);
  }

  @Test
  void a_text_with_a_zero_byte_is_refused() {
    var good = Place.model(Place.SMALL_SHOP);
    try (var database = SqliteDatabase.open(folder.resolve("shop.db"));
        var store = database.store(good.model())) {
      var shop = new Shop(store, good);
      assertThat(create(shop, 1, "a\u0000b").status()).isEqualTo(422);
      assertThat(shop.changes()).isEmpty();
    }
  }

  private static List<String> strings() throws IOException {
    assumeTrue(Files.exists(LIST), "There is no " + LIST + ", so its strings are not tried.");
    List<String> strings = new ArrayList<>();
    JSON.readTree(Files.readString(LIST)).forEach(node -> strings.add(node.stringValue()));
    return strings;
  }

  private static void stored(Shop shop, int number, String text) {
    var answer = create(shop, number, text);
    if (text.indexOf('\0') >= 0) {
      assertThat(answer.status()).isEqualTo(422);
      return;
    }
    assertThat(answer.status()).as("%s: %s", text, answer.body()).isEqualTo(201);
    var got = shop.get("admin", answer.headers().getOrDefault("Location", ""));
    assertSame(JSON.readTree(answer.body()), text);
    assertSame(JSON.readTree(got.body()), text);
  }

  private static void assertSame(JsonNode row, String text) {
    assertThat(row.get("details").stringValue()).isEqualTo(text);
    assertThat(row.get("keywords").get(0).stringValue()).isEqualTo(text);
    assertThat(row.get("attributes").get("a").stringValue()).isEqualTo(text);
  }

  private static Answer create(Shop shop, int number, String text) {
    ObjectNode row = JSON.createObjectNode();
    row.put("sku", "P" + number).put("name", "naughty").put("details", text);
    row.putObject("price").put("amount", 1).put("currency", "EUR");
    row.putArray("keywords").add(text);
    row.putObject("attributes").put("a", text);
    return shop.send("admin", "POST", "/api/products", row.toString());
  }
}
