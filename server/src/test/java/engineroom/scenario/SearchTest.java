package engineroom.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.store.MemoryStore;
import engineroom.store.Store;
import engineroom.stores.sqlite.SqliteDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a search finds: every word, from its beginning, without regard to case and accents, in the
/// fields that are searched; in memory as in SQLite.
class SearchTest {
  @TempDir private Path folder;

  @Test
  void finds_words_by_their_beginning_with_accents_folded() {
    finds("search=gre", "P1");
    finds("search=GREEN", "P1");
    finds("search=cafe", "P4");
    finds("search=CAF%C3%89", "P4");
    finds("search=creme", "P2");
    finds("search=tea", "P1", "P2");
  }

  @Test
  void every_word_must_be_there_in_any_order_and_any_searched_field() {
    finds("search=tea+green", "P1");
    finds("search=japan+green", "P1");
    finds("search=green+creme");
  }

  @Test
  void does_not_find_the_middle_of_a_word_nor_fields_that_are_not_searched() {
    finds("search=reen");
    finds("search=coffee", "P3");
    finds("search=P1");
  }

  @Test
  void signs_of_a_search_language_are_only_letters_or_nothing() {
    finds("search=tea+OR+coffee");
    finds("search=%22green+tea%22", "P1");
    finds("search=name%3Agreen");
    finds("search=gre*", "P1");
  }

  @Test
  void a_row_that_is_not_visible_is_not_found() {
    finds("search=secret");
    finds("search=kettle");
  }

  private void finds(String search, String... expected) {
    var good = Place.model(Place.SMALL_SHOP);
    found(new MemoryStore(good.model()), search, expected);
    var file = folder.resolve("shop-" + Integer.toHexString(search.hashCode()) + ".db");
    try (var database = SqliteDatabase.open(file)) {
      found(database.store(good.model()), search, expected);
    }
  }

  private static void found(Store store, String search, String... expected) {
    try (store) {
      var good = Place.model(Place.SMALL_SHOP);
      var shop = new Shop(store, good).with(Place.SMALL_SHOP.resolve("rows.txt"));
      var answer = shop.get("guest", "/api/products?fields=sku&sort=sku&" + search);
      assertThat(answer.body())
          .as("%s in %s", search, store.getClass().getSimpleName())
          .contains("\"data\":[" + rows(expected) + "]");
    }
  }

  private static String rows(String... skus) {
    return String.join(
        ",", java.util.stream.Stream.of(skus).map(s -> "{\"sku\":\"" + s + "\"}").toList());
  }
}
