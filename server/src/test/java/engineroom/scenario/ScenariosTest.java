package engineroom.scenario;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import engineroom.json.SchemaCheck;
import engineroom.modelfile.ModelReader.Reading;
import engineroom.operation.FieldRules;
import engineroom.server.MariaPlace;
import engineroom.server.PostgresServer;
import engineroom.store.MemoryStore;
import engineroom.store.Store;
import engineroom.store.WithoutPushdown;
import engineroom.stores.MariaAddress;
import engineroom.stores.mariadb.MariaDatabase;
import engineroom.stores.postgres.PostgresDatabase;
import engineroom.stores.sqlite.SqliteDatabase;
import engineroom.testkit.Scenario;
import engineroom.testkit.ScenarioReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
    SQLITE_WITHOUT_PUSHDOWN,
    POSTGRES,
    MARIADB,
    MYSQL
  }

  /// `-Dscenarios=MARIADB` runs over that store alone.
  private static final String ALONE = System.getProperty("scenarios", "");

  private static final AtomicInteger FILES = new AtomicInteger();
  private static final FieldRules RULES = new FieldRules(new SchemaCheck());
  private static final Map<Path, String> TEMPLATES = new ConcurrentHashMap<>();
  private static final Map<Path, MariaAddress> MARIADB = new ConcurrentHashMap<>();
  private static final Map<Path, MariaAddress> MYSQL = new ConcurrentHashMap<>();

  @TempDir private static Path folder;

  @TestFactory
  Stream<DynamicNode> every_store_gives_the_same_answers() {
    var apps =
        Stream.of(Place.SMALL_SHOP, Place.HISTORY, Place.BILLS, Place.TRASH, Place.COMPUTED)
            .map(place -> App.of(place, Place.model(place)))
            .toList();
    return Arrays.stream(Kept.values())
        .filter(kept -> ALONE.isEmpty() || kept.name().equals(ALONE))
        .map(kept -> dynamicContainer(kept.name(), apps.stream().flatMap(app -> app.tests(kept))));
  }

  @TestFactory
  Stream<DynamicNode> versions_that_are_kept_change_no_answer() {
    var good = Place.withHistories(Place.model(Place.SMALL_SHOP));
    return App.of(Place.SMALL_SHOP, good).tests(Kept.SQLITE);
  }

  /// A folder with a model, rows to begin with, and scenarios.
  private record App(Path place, Reading.Good good, List<Scenario> scenarios) {
    static App of(Path place, Reading.Good good) {
      return new App(place, good, ScenarioReader.read(place));
    }

    Stream<DynamicNode> tests(Kept kept) {
      return scenarios.stream()
          .map(
              scenario ->
                  dynamicTest(
                      scenario.place() + " " + scenario.title(), () -> run(scenario, kept)));
    }

    private void run(Scenario scenario, Kept kept) {
      var model = good.model();
      switch (kept) {
        case MEMORY -> over(new MemoryStore(model), scenario);
        case MEMORY_WITHOUT_PUSHDOWN -> over(new WithoutPushdown(new MemoryStore(model)), scenario);
        case SQLITE -> overSqlite(store -> store, scenario);
        case SQLITE_WITHOUT_PUSHDOWN -> overSqlite(WithoutPushdown::new, scenario);
        case POSTGRES -> overPostgres(scenario);
        case MARIADB ->
            overMaria(MARIADB.computeIfAbsent(place, _ -> MariaPlace.fresh()), scenario);
        case MYSQL ->
            overMaria(MYSQL.computeIfAbsent(place, _ -> MariaPlace.freshOfMySql()), scenario);
      }
    }

    private void overSqlite(UnaryOperator<Store> as, Scenario scenario) {
      var file = folder.resolve("app-" + FILES.incrementAndGet() + ".db");
      try (var database = SqliteDatabase.open(file)) {
        over(as.apply(database.store(good.model())), scenario);
      }
    }

    private void overPostgres(Scenario scenario) {
      var template = TEMPLATES.computeIfAbsent(place, _ -> template());
      try (var database = PostgresDatabase.open(PostgresServer.copyOf(template), RULES)) {
        over(database.store(good.model()), scenario);
      }
    }

    /// A database with the model's tables, which is copied faster than they are made.
    private String template() {
      var address = PostgresServer.fresh();
      try (var database = PostgresDatabase.open(address, RULES)) {
        database.store(good.model()).close();
      }
      return address.database();
    }

    /// Over a database that is emptied, which is faster than to make tables.
    private void overMaria(MariaAddress address, Scenario scenario) {
      try (var database = MariaDatabase.open(address, RULES)) {
        var store = database.store(good.model());
        MariaPlace.empty(address);
        over(store, scenario);
      }
    }

    private void over(Store store, Scenario scenario) {
      try (store) {
        scenario.run(new Shop(store, good).with(place.resolve("rows.txt")));
      }
    }
  }
}
