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

  /// A folder of scenarios and its model.
  private record App(Path folder, Reading.Good good) {}

  private static final AtomicInteger FILES = new AtomicInteger();

  @TempDir private static Path folder;

  @TestFactory
  Stream<DynamicNode> every_store_gives_the_same_answers() {
    return everywhere(Place.SMALL_SHOP);
  }

  @TestFactory
  Stream<DynamicNode> every_store_brings_back_what_was_deleted() {
    return everywhere(Place.TRASH);
  }

  /// The scenarios of a folder over every store.
  private static Stream<DynamicNode> everywhere(Path app) {
    var good = Place.model(app);
    var scenarios = ScenarioReader.read(app);
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
                                    () -> run(scenario, kept, new App(app, good))))));
  }

  private static void run(Scenario scenario, Kept kept, App app) {
    var model = app.good().model();
    switch (kept) {
      case MEMORY -> over(new MemoryStore(model), scenario, app);
      case MEMORY_WITHOUT_PUSHDOWN ->
          over(new WithoutPushdown(new MemoryStore(model)), scenario, app);
      case SQLITE -> overSqlite(model, store -> store, scenario, app);
      case SQLITE_WITHOUT_PUSHDOWN -> overSqlite(model, WithoutPushdown::new, scenario, app);
    }
  }

  private static void overSqlite(Model model, UnaryOperator<Store> as, Scenario scenario, App app) {
    var file = folder.resolve("shop-" + FILES.incrementAndGet() + ".db");
    try (var database = SqliteDatabase.open(file)) {
      over(as.apply(database.store(model)), scenario, app);
    }
  }

  private static void over(Store store, Scenario scenario, App app) {
    try (store) {
      scenario.run(new Shop(store, app.good()).with(app.folder().resolve("rows.txt")));
    }
  }
}
