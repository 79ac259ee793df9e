package engineroom.stores.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.model.Field;
import engineroom.model.FieldType.Text;
import engineroom.model.FieldType.Whole;
import engineroom.model.Model;
import engineroom.problem.ProblemException;
import engineroom.problem.StoreProblem.MigrationNeeded;
import engineroom.stores.migration.Shop;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationTest {
  @TempDir Path folder;
  private SqliteDatabase database;

  @BeforeEach
  void with_one_product() {
    database = SqliteDatabase.open(folder.resolve("shop.db"));
    insert(Shop.MODEL, Shop.product(1, "tea"));
  }

  @AfterEach
  void closed() {
    database.close();
  }

  private void insert(Model model, Row row) {
    database
        .store(model)
        .write(
            transaction -> {
              transaction.insert("product", row);
              return row;
            });
  }

  private Row product(Model model) {
    return database.store(model).write(t -> t.find("product", Shop.id(1))).orElseThrow();
  }

  private static Model changed(Field... fields) {
    return Shop.model(Shop.CATEGORY, Shop.product(fields));
  }

  private List<String> refused(Model model) {
    var thrown = catchThrowableOfType(ProblemException.class, () -> database.store(model));
    assertThat(thrown).as("must be refused").isNotNull();
    assertThat(thrown.problem()).isInstanceOf(MigrationNeeded.class);
    return thrown.problem().errors().stream().map(v -> v.path() + " " + v.code()).toList();
  }

  @Test
  void does_nothing_where_nothing_has_changed() {
    assertThat(database.planned(Shop.MODEL)).isEmpty();
  }

  @Test
  void adds_an_optional_field_and_keeps_the_rows() {
    var model = changed(Field.of("stock", new Whole(0L, 100L)), Shop.optional("color", Text.PLAIN));
    assertThat(database.planned(model)).containsExactly("add product.color");
    assertThat(product(model).value("name")).isEqualTo(Value.of("tea"));
    assertThat(product(model).value("color")).isEqualTo(Value.NULL);
  }

  @Test
  void widens_a_limit_by_a_rebuild_that_keeps_rows_and_references() {
    var model = changed(Field.of("stock", new Whole(0L, 1_000L)));
    assertThat(product(model).value("stock")).isEqualTo(Value.of(1));
    insert(model, Shop.product(2, "coffee").with("stock", Value.of(1_000)));
  }

  @Test
  void refuses_to_lose_a_field_or_an_entity_without_leave() {
    assertThat(refused(changed())).containsExactly("drop product.stock loss");
    assertThat(refused(Shop.model(Shop.CATEGORY))).containsExactly("drop product loss");
  }

  @Test
  void leaves_the_database_as_it_was_after_a_refusal() {
    refused(Shop.model(Shop.CATEGORY));
    assertThat(product(Shop.MODEL).value("name")).isEqualTo(Value.of("tea"));
  }
}
