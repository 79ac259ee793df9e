package engineroom.scenario;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

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

  /// One folder of scenarios with the model that they are about.
  private record Folder(Path path, Reading.Good good) {
    Shop shop(Store store) {
      return new Shop(store, good).with(path.resolve("rows.txt"));
    }
  }

  @TestFactory
  Stream<DynamicNode> every_store_gives_the_same_answers() {
    return Stream.of(Place.SMALL_SHOP, Place.BILLS, Place.TRASH, Place.COMPUTED)
        .map(path -> new Folder(path, Place.model(path)))
        .flatMap(
            folder ->
                Arrays.stream(Kept.values())
                    .map(kept -> dynamicContainer(name(folder, kept), tests(folder, kept))));
  }

  private static String name(Folder folder, Kept kept) {
    return folder.path().getFileName() + " " + kept;
  }

  private static Stream<DynamicNode> tests(Folder folder, Kept kept) {
    return ScenarioReader.read(folder.path()).stream()
        .map(
            scenario ->
                dynamicTest(
                    scenario.place() + " " + scenario.title(), () -> run(scenario, kept, folder)));
  }

  private static void run(Scenario scenario, Kept kept, Folder folder) {
    var model = folder.good().model();
    switch (kept) {
      case MEMORY -> over(new MemoryStore(model), scenario, folder);
      case MEMORY_WITHOUT_PUSHDOWN ->
          over(new WithoutPushdown(new MemoryStore(model)), scenario, folder);
      case SQLITE -> overSqlite(store -> store, scenario, folder);
      case SQLITE_WITHOUT_PUSHDOWN -> overSqlite(WithoutPushdown::new, scenario, folder);
    }
  }

  private static void overSqlite(UnaryOperator<Store> as, Scenario scenario, Folder of) {
    var file = folder.resolve("shop-" + FILES.incrementAndGet() + ".db");
    try (var database = SqliteDatabase.open(file)) {
      over(as.apply(database.store(of.good().model())), scenario, of);
    }
  }

  private static void over(Store store, Scenario scenario, Folder folder) {
    try (store) {
      scenario.run(folder.shop(store));
    }
  }
}
