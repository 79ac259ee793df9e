package engineroom.stores.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.authorize.Shape;
import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Compare;
import engineroom.expression.Expression.Comparison;
import engineroom.expression.Expression.Parameter;
import engineroom.plan.Counted;
import engineroom.plan.Plan;
import engineroom.store.Store;
import engineroom.stores.migration.Shop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Estimates are exact up to their bound, near beyond it, and never look at a whole large table.
class EstimateTest {
  private static final int ROWS = 40_000;

  @TempDir Path folder;
  private SqliteDatabase database;
  private SqliteStore store;

  /// One product in four is tea, the first ten are special, and stocks go from 1 to 99.
  @BeforeEach
  void filled() {
    database = SqliteDatabase.open(folder.resolve("shop.db"));
    store = database.store(Shop.MODEL);
    for (int from = 0; from < ROWS; from += 10_000) {
      int first = from;
      store.write(
          transaction -> {
            for (int i = first; i < first + 10_000; i++) {
              var name = i < 10 ? "special" : i % 4 == 0 ? "tea" : "coffee";
              transaction.insert(
                  "product", Shop.product(i + 1, name).with("stock", Value.of(i % 99 + 1)));
            }
            return 0;
          });
    }
  }

  @AfterEach
  void closed() {
    database.close();
  }

  @Test
  void counts_few_matching_rows_of_an_index_exactly() {
    assertThat(estimate(named(), Value.of("special"))).isEqualTo(10);
    assertThat(estimate(named(), Value.of("cocoa"))).isZero();
    assertThat(estimate(named(), Value.of("tea"))).isEqualTo(ROWS / 4 - 3);
  }

  @Test
  void guesses_beyond_the_bound_and_is_near() {
    assertThat(estimate(named(), Value.of("coffee")))
        .isGreaterThan(Counted.EXACT_UP_TO)
        .isCloseTo(ROWS * 3L / 4, Percentage.withPercentage(5));
    assertThat(estimate(Expression.TRUE)).isEqualTo(ROWS);
    assertThat(estimate(stocked(), Value.of(49))).isCloseTo(ROWS / 2, Percentage.withPercentage(5));
  }

  @Test
  void rows_that_are_gone_are_not_guessed() {
    store.write(
        transaction -> {
          for (int i = 10_000; i < 30_000; i++) {
            transaction.delete("product", Shop.id(i + 1));
          }
          return 0;
        });
    assertThat(estimate(Expression.TRUE)).isCloseTo(ROWS / 2, Percentage.withPercentage(5));
  }

  @Test
  void is_never_less_than_the_rows_shown() {
    assertThat(estimate(stocked(), Value.of(0))).isZero();
    store.write(
        transaction -> {
          transaction.insert("product", Shop.product(ROWS + 1, "x").with("stock", Value.of(0)));
          return 0;
        });
    assertThat(estimate(stocked(), Value.of(0))).isBetween(1L, 5L);
  }

  @Test
  void looks_at_no_more_rows_than_the_bound() {
    var scanning = counting(stocked());
    assertThat(String.join("; ", scanning.explain()))
        .contains("SEARCH t0 USING INTEGER PRIMARY KEY (rowid=?)")
        .doesNotContain("SCAN t0");
    assertThat(scanning.sql().toString()).contains("n + 1 FROM point WHERE n < 9999");
    var indexed = counting(named());
    assertThat(String.join("; ", indexed.explain()))
        .contains("SEARCH t0 USING COVERING INDEX product__name");
    assertThat(indexed.sql().toString()).contains("LIMIT 10001)");
  }

  private SqliteCount counting(Expression filter) {
    var compiled = (SqliteRead.OfRows) store.compile(plan(filter));
    return Objects.requireNonNull(compiled.count());
  }

  private static Plan.Rows plan(Expression filter) {
    return new Plan.Rows(
        "product", new Shape(List.of()), filter, new Counted.Roughly(filter), List.of());
  }

  private long estimate(Expression filter, Value... arguments) {
    var binding =
        new Store.Binding(new Arguments(List.of(arguments)), 3, 0, Duration.ofSeconds(30));
    var count = store.read(store.compile(plan(filter)), binding).count();
    return count == null ? -1 : count;
  }

  private static Expression named() {
    var name = new Parameter(0, Type.Scalar.TEXT);
    return new Compare(Comparison.EQUAL, Shop.PRODUCT.get("name"), name);
  }

  private static Expression stocked() {
    var most = new Parameter(0, Type.Scalar.INTEGER);
    return new Compare(Comparison.LESS_OR_EQUAL, Shop.PRODUCT.get("stock"), most);
  }
}
