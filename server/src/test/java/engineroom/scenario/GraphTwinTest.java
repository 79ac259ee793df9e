package engineroom.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import engineroom.json.SchemaCheck;
import engineroom.modelfile.ModelReader.Reading;
import engineroom.operation.FieldRules;
import engineroom.server.PostgresServer;
import engineroom.store.MemoryStore;
import engineroom.stores.postgres.PostgresDatabase;
import engineroom.stores.sqlite.SqliteDatabase;
import engineroom.testkit.Scenario;
import engineroom.testkit.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every scenario of REST asked through GraphQL, on every kind of store: the same rows, the same
/// changes, the same problems. What has no twin, or is refused by the schema, is listed in
/// `graphql/twins.txt`, with its reason, and is the same everywhere; what the list would be now is
/// in `target`. PostgreSQL takes as long as both others together, and is asked for:
/// `-Dscenarios=POSTGRES`.
class GraphTwinTest {
  private static final Path LIST = Path.of("src/test/resources/graphql/twins.txt");
  private static final FieldRules RULES = new FieldRules(new SchemaCheck());

  /// `-Dscenarios=POSTGRES` runs on that store alone.
  private static final String ALONE = System.getProperty("scenarios", "");

  @TempDir private static Path folder;

  /// Where the rows of both shops are kept.
  private enum Kept {
    MEMORY,
    SQLITE,
    POSTGRES
  }

  @TestFactory
  Stream<DynamicNode> every_scenario_has_a_twin_that_does_the_same() {
    var apps =
        Stream.of(Place.SMALL_SHOP, Place.HISTORY, Place.BILLS, Place.TRASH, Place.COMPUTED)
            .map(place -> new App(place, Place.model(place), ScenarioReader.read(place)))
            .toList();
    return Arrays.stream(Kept.values())
        .filter(kept -> ALONE.isEmpty() ? kept != Kept.POSTGRES : kept.name().equals(ALONE))
        .map(kept -> dynamicContainer(kept.name(), new OnStore(kept).of(apps)));
  }

  /// A folder with a model, rows to begin with, and scenarios.
  private record App(Path place, Reading.Good good, List<Scenario> scenarios) {}

  /// Two shops at work.
  private interface Work {
    void with(Shop rest, Shop graph);
  }

  /// All scenarios on one kind of store.
  private static final class OnStore {
    private final Kept kept;
    private final List<String> told = new ArrayList<>();
    private final Map<Path, String> templates = new HashMap<>();
    private int files;

    OnStore(Kept kept) {
      this.kept = kept;
    }

    Stream<DynamicNode> of(List<App> apps) {
      var listed = dynamicTest("what has no twin is listed, and nothing else", this::listed);
      return Stream.concat(apps.stream().flatMap(this::of), Stream.of(listed));
    }

    private Stream<DynamicNode> of(App app) {
      return app.scenarios().stream()
          .map(
              scenario ->
                  dynamicTest(scenario.place() + " " + scenario.title(), () -> run(app, scenario)));
    }

    private void run(App app, Scenario scenario) {
      told.add("## " + app.place().getFileName() + ": " + scenario.title());
      Work work =
          (rest, graph) -> {
            var rows = app.place().resolve("rows.txt");
            var model = app.good().model();
            scenario.run(new GraphTwin(model, rest.with(rows), graph.with(rows), told));
          };
      switch (kept) {
        case MEMORY -> inMemory(app.good(), work);
        case SQLITE -> onSqlite(app.good(), work);
        case POSTGRES -> onPostgres(app, work);
      }
    }

    private static void inMemory(Reading.Good good, Work work) {
      try (var one = new MemoryStore(good.model());
          var other = new MemoryStore(good.model())) {
        work.with(new Shop(one, good), new Shop(other, good));
      }
    }

    private void onSqlite(Reading.Good good, Work work) {
      try (var one = SqliteDatabase.open(file());
          var other = SqliteDatabase.open(file());
          var rest = one.store(good.model());
          var graph = other.store(good.model())) {
        work.with(new Shop(rest, good), new Shop(graph, good));
      }
    }

    private Path file() {
      return folder.resolve("twin-" + ++files + ".db");
    }

    private void onPostgres(App app, Work work) {
      var good = app.good();
      var template = templates.computeIfAbsent(app.place(), _ -> template(good));
      try (var one = PostgresDatabase.open(PostgresServer.copyOf(template), RULES);
          var other = PostgresDatabase.open(PostgresServer.copyOf(template), RULES);
          var rest = one.store(good.model());
          var graph = other.store(good.model())) {
        work.with(new Shop(rest, good), new Shop(graph, good));
      }
    }

    /// A database with the model's tables, which is copied faster than they are made.
    private static String template(Reading.Good good) {
      var address = PostgresServer.fresh();
      try (var database = PostgresDatabase.open(address, RULES)) {
        database.store(good.model()).close();
      }
      return address.database();
    }

    private void listed() throws IOException {
      var lines = new ArrayList<String>();
      for (int i = 0; i < told.size(); i++) {
        boolean empty =
            told.get(i).startsWith("## ")
                && (i + 1 == told.size() || told.get(i + 1).startsWith("## "));
        if (!empty) {
          lines.add(told.get(i));
        }
      }
      Files.write(Path.of("target", "twins-" + kept + ".txt"), lines);
      assertThat(lines).isEqualTo(Files.readAllLines(LIST));
    }
  }
}
