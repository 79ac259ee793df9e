package engineroom.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.stores.sqlite.SqliteDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `explain=plan` says of indexes: those used, and the one that is missing.
class ExplainTest {
  @TempDir private Path folder;

  @Test
  void names_the_index_that_a_filter_and_an_order_lack() throws IOException {
    var question = "/api/products?status=active&sort=price&explain=plan";
    assertThat(plan("", question))
        .contains("SCAN")
        .contains("An index would help: put indexes: [ [status, price] ] into product.");
    assertThat(plan("    indexes: [ [status, price] ]\n", question))
        .contains("product__status__price")
        .doesNotContain("SCAN")
        .doesNotContain("An index would help");
  }

  @Test
  void names_the_index_of_a_range_where_no_order_is_asked() throws IOException {
    assertThat(plan("", "/api/products?price.lt=100&explain=plan"))
        .contains("put indexes: [ price ] into product.");
  }

  @Test
  void names_the_index_of_an_order_alone_and_of_one_turned_around() throws IOException {
    assertThat(plan("", "/api/products?sort=-name&explain=plan"))
        .contains("put indexes: [ name ] into product.");
    assertThat(plan("    indexes: [ name ]\n", "/api/products?sort=-name&explain=plan"))
        .contains("product__name")
        .doesNotContain("An index would help");
  }

  @Test
  void completes_an_index_that_finds_rows_and_does_not_sort_them() throws IOException {
    var question = "/api/products?category=" + Shop.id("03") + "&sort=-soldSince,sku&explain=plan";
    assertThat(plan("", question))
        .contains("product__category")
        .contains("put indexes: [ [category, soldSince] ] into product.");
  }

  @Test
  void is_silent_where_no_index_helps() throws IOException {
    assertThat(plan("", "/api/products?sku=P1&explain=plan")).doesNotContain("An index would");
    assertThat(plan("", "/api/products?name.contains=tea&explain=plan"))
        .contains("SCAN")
        .doesNotContain("An index would help");
    assertThat(plan("", "/api/products?explain=plan")).doesNotContain("An index would help");
  }

  private String plan(String indexes, String question) throws IOException {
    var text = Files.readString(Place.SMALL_SHOP.resolve("engineroom.yaml"));
    var home = Files.createTempDirectory(folder, "shop");
    var changed =
        text.replace(
            "    label: name\n    fields:\n      sku",
            "    label: name\n" + indexes + "    fields:\n      sku");
    Files.writeString(home.resolve("engineroom.yaml"), changed);
    var good = Place.model(home);
    try (var database = SqliteDatabase.open(home.resolve("shop.db"));
        var store = database.store(good.model())) {
      var answer = new Shop(store, good).get("admin", question);
      assertThat(answer.status()).isEqualTo(200);
      return answer.body();
    }
  }
}
