package engineroom.door.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.store.MemoryStore;
import engineroom.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One root field is one statement of the store, whatever is asked below it.
class StatementsTest {
  private final AtomicInteger reads = new AtomicInteger();
  private final Graph shop = counted();

  private Graph counted() {
    var good = Graph.model();
    var store = new MemoryStore(good.model());
    var counting =
        (Store)
            Proxy.newProxyInstance(
                Store.class.getClassLoader(),
                new Class<?>[] {Store.class},
                (_, method, arguments) -> {
                  if (method.getName().equals("read")) {
                    reads.incrementAndGet();
                  }
                  try {
                    return method.invoke(store, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return Graph.over(counting, good);
  }

  private int statements(String document) {
    shop.ask("admin", document);
    int before = reads.get();
    assertThat(shop.ask("admin", document).errors()).isEqualTo("null");
    return reads.get() - before;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ categories(limit: 3) { name } }",
        "{ categories(limit: 3) { products(limit: 3) { reviews(limit: 3) { title } } } }",
        "{ categories(limit: 2) { products(limit: 2) { lines(limit: 2, where: {quantity: {gt: 0}})"
            + " { order { customer { orders(limit: 2) { number } } a: id } product { name } } }"
            + " } }",
        "{ categoriesPage(first: 2, sort: [{parent: {name: ASC}}]) { totalCount edges { cursor node"
            + " { products(limit: 2) { sku } twice: products(limit: 1) { name } } } } }",
        "{ ordersSummary(group: [{status: VALUE}]) { count sum { total } } }",
        "{ productBySku(sku: \"P1\") { category { parent { name } } } }"
      })
  void one_root_field_is_one_statement(String document) {
    assertThat(statements(document)).isEqualTo(1);
  }

  @Test
  void two_root_fields_are_two() {
    assertThat(statements("{ a: categories { name } b: products(limit: 1) { sku } requestId }"))
        .isEqualTo(2);
  }
}
