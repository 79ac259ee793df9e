package engineroom.scenario;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import engineroom.model.Model;
import engineroom.modelfile.ModelReader.Reading;
import engineroom.store.MemoryStore;
import engineroom.store.Store;
import engineroom.store.WithoutPushdown;
import engineroom.stores.sqlite.SqliteDatabase;
import engineroom.testkit.Scenario;
import engineroom.testkit.ScenarioReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every scenario of `scenarios/`, through the REST door over every store: same answers, same
/// changes.
class ScenariosTest {
  /// Where rows are kept, and who filters and sorts them.
  enum Kept {
    MEMORY,
    MEMORY_WITHOUT_PUSHDOWN,
    SQLITE,
    SQLITE_WITHOUT_PUSHDOWN
  }

  private static final AtomicInteger FILES = new AtomicInteger();

  @TempDir private static Path folder;

  @TestFactory
  Stream<DynamicNode> every_store_gives_the_same_answers() {
    var good = Place.model(Place.SMALL_SHOP);
    var scenarios = ScenarioReader.read(Place.SMALL_SHOP);
    return Arrays.stream(Kept.values())
        .map(
            kept ->
                dynamicContainer(
                    kept.name(),
                    scenarios.stream()
                        .map(
                            scenario ->
                                dynamicTest(
                                    scenario.place() + " " + scenario.title(),
                                    () -> run(scenario, kept, good)))));
  }

  private static void run(Scenario scenario, Kept kept, Reading.Good good) {
    var model = good.model();
    switch (kept) {
      case MEMORY -> over(new MemoryStore(model), scenario, good);
      case MEMORY_WITHOUT_PUSHDOWN ->
          over(new WithoutPushdown(new MemoryStore(model)), scenario, good);
      case SQLITE -> overSqlite(model, store -> store, scenario, good);
      case SQLITE_WITHOUT_PUSHDOWN -> overSqlite(model, WithoutPushdown::new, scenario, good);
    }
  }

  private static void overSqlite(
      Model model, UnaryOperator<Store> as, Scenario scenario, Reading.Good good) {
    var file = folder.resolve("shop-" + FILES.incrementAndGet() + ".db");
    try (var database = SqliteDatabase.open(file)) {
      over(as.apply(database.store(model)), scenario, good);
    }
  }

  private static void over(Store store, Scenario scenario, Reading.Good good) {
    try (store) {
      scenario.run(new Shop(store, good).with(Place.SMALL_SHOP.resolve("rows.txt")));
    }
  }
}
