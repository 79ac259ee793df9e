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
import java.util.function.Consumer;
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
    return answers(Place.SMALL_SHOP);
  }

  @TestFactory
  Stream<DynamicNode> every_store_works_out_the_same_values() {
    return answers(Place.COMPUTED);
  }

  private static Stream<DynamicNode> answers(Path app) {
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
                                    () -> run(scenario, kept, app, good)))));
  }

  private static void run(Scenario scenario, Kept kept, Path app, Reading.Good good) {
    var model = good.model();
    var rows = app.resolve("rows.txt");
    Consumer<Store> over = store -> over(store, scenario, new Begun(rows, good));
    switch (kept) {
      case MEMORY -> over.accept(new MemoryStore(model));
      case MEMORY_WITHOUT_PUSHDOWN -> over.accept(new WithoutPushdown(new MemoryStore(model)));
      case SQLITE -> overSqlite(model, over);
      case SQLITE_WITHOUT_PUSHDOWN ->
          overSqlite(model, store -> over.accept(new WithoutPushdown(store)));
    }
  }

  private static void overSqlite(Model model, Consumer<Store> over) {
    var file = folder.resolve("app-" + FILES.incrementAndGet() + ".db");
    try (var database = SqliteDatabase.open(file)) {
      over.accept(database.store(model));
    }
  }

  /// What a scenario begins with.
  private record Begun(Path rows, Reading.Good good) {}

  private static void over(Store store, Scenario scenario, Begun begun) {
    try (store) {
      scenario.run(new Shop(store, begun.good()).with(begun.rows()));
    }
  }
}
