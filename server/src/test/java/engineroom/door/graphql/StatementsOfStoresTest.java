package engineroom.door.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.json.SchemaCheck;
import engineroom.operation.FieldRules;
import engineroom.server.PostgresServer;
import engineroom.server.PostgresTap;
import engineroom.stores.postgres.PostgresDatabase;
import engineroom.stores.sqlite.SqliteDatabase;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// One root field is one statement of the database, however deep it goes: counted where statements
/// are begun (SQLite) and on the wire (PostgreSQL).
class StatementsOfStoresTest {
  private static final String DEPTH_1 = "{ categories(limit: 3) { name } }";
  private static final String DEPTH_3 =
      "{ categories(limit: 3) { products(limit: 3) { reviews(limit: 3) { title } } } }";
  private static final String DEPTH_6 =
      "{ categories(limit: 2) { products(limit: 2) { lines(limit: 2, where: {quantity: {gt: 0}})"
          + " { order { customer { orders(limit: 2) { number } } } product { name } } } } }";
  private static final String TWO_ROOTS =
      "{ a: categories(limit: 1) { name } b: products(limit: 1) { sku category { name } } }";

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> sqlite_runs_one_statement_for_each_root_field() {
    var database = SqliteDatabase.open(folder.resolve("shop.db"));
    var good = Graph.model();
    var store = database.store(good.model());
    var shop = Graph.over(store, good);
    return counted(shop, SqliteDatabase::statementsBegun)
        .onClose(
            () -> {
              store.close();
              database.close();
            });
  }

  private static Stream<DynamicTest> counted(Graph shop, LongSupplier counter) {
    return Stream.of(
        test("depth 1", 1, DEPTH_1, shop, counter),
        test("depth 3", 1, DEPTH_3, shop, counter),
        test("depth 6", 1, DEPTH_6, shop, counter),
        test("two root fields", 2, TWO_ROOTS, shop, counter));
  }

  private static DynamicTest test(
      String name, long expected, String document, Graph shop, LongSupplier counter) {
    return DynamicTest.dynamicTest(
        name, () -> assertThat(least(document, shop, counter)).isEqualTo(expected));
  }

  /// What a database does for itself meanwhile comes on top, so the least of some runs counts.
  private static long least(String document, Graph shop, LongSupplier counter) {
    shop.ask("admin", document);
    return IntStream.range(0, 8)
        .mapToLong(
            _ -> {
              long before = counter.getAsLong();
              assertThat(shop.ask("admin", document).errors()).isEqualTo("null");
              return counter.getAsLong() - before;
            })
        .min()
        .orElseThrow();
  }

  @Test
  void postgres_gets_one_statement_for_each_root_field_over_the_wire() {
    var good = Graph.model();
    try (var tap = new PostgresTap(PostgresServer.fresh());
        var database = PostgresDatabase.open(tap.address(), new FieldRules(new SchemaCheck()));
        var store = database.store(good.model())) {
      var shop = Graph.over(store, good);
      LongSupplier carriedOut = () -> tap.statements().size();
      assertThat(least(DEPTH_1, shop, carriedOut)).isEqualTo(1);
      assertThat(least(DEPTH_3, shop, carriedOut)).isEqualTo(1);
      assertThat(least(DEPTH_6, shop, carriedOut)).isEqualTo(1);
      assertThat(least(TWO_ROOTS, shop, carriedOut)).isEqualTo(2);
    }
  }
}
