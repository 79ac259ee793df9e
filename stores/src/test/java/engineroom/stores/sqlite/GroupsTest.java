package engineroom.stores.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Expression;
import engineroom.model.Field;
import engineroom.model.FieldType.Whole;
import engineroom.model.Model;
import engineroom.operation.Summary;
import engineroom.operation.Summary.Function;
import engineroom.operation.Summary.Group;
import engineroom.operation.Summary.Measure;
import engineroom.plan.Plan;
import engineroom.store.Store;
import engineroom.stores.migration.Shop;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What SQL groups and what memory groups; that both mean the same is in the contract's random
/// plans.
class GroupsTest {
  private static final Model MODEL =
      Shop.model(Shop.CATEGORY, Shop.product(Field.of("stock", new Whole(null, null))));
  private static final Measure STOCK =
      new Measure(Function.SUM, "stock", MODEL.entity("product").get("stock"));

  @TempDir Path folder;
  private SqliteDatabase database;
  private SqliteStore store;

  @BeforeEach
  void opened() {
    database = SqliteDatabase.open(folder.resolve("shop.db"));
    store = database.store(MODEL);
  }

  @AfterEach
  void closed() {
    database.close();
  }

  @Test
  void groups_in_sql_and_counts_along_an_index() {
    assertThat(explained(plan(List.of(by("name")), ROWS)))
        .contains("product__name")
        .doesNotContain("memory");
    assertThat(explained(plan(List.of(), STOCK))).contains("SCAN").doesNotContain("memory");
  }

  @Test
  void reads_few_rows_without_waiting_for_long_reads() {
    var equal =
        new Expression.Compare(
            Expression.Comparison.EQUAL,
            MODEL.entity("product").get("name"),
            new Expression.Literal(Value.of("tea"), engineroom.data.Type.Scalar.TEXT));
    var few = new Summary("product", equal, List.of(), List.of(STOCK), List.of(), List.of());
    assertThat(((SqliteRead) store.compile(new Plan.Groups(few))).isLong()).isFalse();
    assertThat(((SqliteRead) store.compile(plan(List.of(), STOCK))).isLong()).isTrue();
  }

  @Test
  void groups_that_are_made_in_memory_are_long_however_quick_others_were() {
    var times = new ReadTimes();
    var inMemory = new SqliteRead.OfGroups(plan(List.of(), STOCK), null, List.of());
    for (var i = 0; i < 2 * ReadTimes.OFTEN; i++) {
      times.note(inMemory, 1);
    }
    assertThat(times.isLong(inMemory)).isTrue();
  }

  @Test
  void adds_in_memory_where_a_sum_leaves_64_bits_on_the_way_and_comes_back() {
    insert(stocked(1, Long.MAX_VALUE), stocked(2, 5), stocked(3, -10));
    assertThat(json(plan(List.of(), STOCK)))
        .containsExactly("{\"sum\":{\"stock\":%s}}".formatted(Long.MAX_VALUE - 5));
    insert(stocked(4, 10));
    assertThat(json(plan(List.of(), STOCK))).containsExactly("{\"sum\":{\"stock\":null}}");
  }

  @Test
  void answers_within_a_write_with_what_it_wrote() {
    var statement = store.compile(plan(List.of(by("name")), STOCK));
    var result =
        store.write(
            transaction -> {
              transaction.insert("product", stocked(1, Long.MAX_VALUE));
              transaction.insert("product", stocked(2, Long.MAX_VALUE));
              return transaction.read(statement, binding());
            });
    assertThat(texts(result))
        .containsExactly("{\"group\":{\"name\":\"tea\"},\"sum\":{\"stock\":null}}");
    assertThat(json(plan(List.of(), ROWS))).containsExactly("{\"count\":2}");
  }

  private static final Measure ROWS = new Measure(Function.COUNT, "", null);

  private static Group by(String field) {
    return new Group(field, MODEL.entity("product").get(field));
  }

  private static Plan.Groups plan(List<Group> groups, Measure measure) {
    return new Plan.Groups(
        new Summary("product", Expression.TRUE, groups, List.of(measure), List.of(), List.of()));
  }

  private static Row stocked(int number, long stock) {
    return Shop.product(number, "tea").with("stock", Value.of(stock));
  }

  private void insert(Row... rows) {
    for (var row : rows) {
      store.write(
          transaction -> {
            transaction.insert("product", row);
            return row;
          });
    }
  }

  private static Store.Binding binding() {
    return new Store.Binding(Arguments.NONE, 100, 0, Duration.ofSeconds(10));
  }

  private String explained(Plan plan) {
    return String.join("; ", store.compile(plan).explain());
  }

  private List<String> json(Plan plan) {
    return texts(store.read(store.compile(plan), binding()));
  }

  private static List<String> texts(Store.Result result) {
    return result.rows().stream().map(row -> new String(row, StandardCharsets.UTF_8)).toList();
  }
}
