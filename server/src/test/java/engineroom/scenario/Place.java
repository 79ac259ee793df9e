package engineroom.scenario;

import engineroom.json.SchemaCheck;
import engineroom.model.Entity;
import engineroom.model.Life;
import engineroom.model.Model;
import engineroom.modelfile.ModelReader;
import engineroom.modelfile.ModelReader.Reading;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// The project's own files, found from a test.
final class Place {
  static final Path ROOT = Path.of(System.getProperty("engineroom.root", "..")).toAbsolutePath();
  static final Path SCENARIOS = ROOT.resolve("scenarios");
  static final Path SMALL_SHOP = SCENARIOS.resolve("shop-small");
  static final Path BILLS = SCENARIOS.resolve("bills");
  static final Path TRASH = SCENARIOS.resolve("trash");
  static final Path COMPUTED = SCENARIOS.resolve("computed");

  static final Path HISTORY = SCENARIOS.resolve("history");

  private Place() {}

  /// The same model, every entity of which keeps a history.
  static Reading.Good withHistories(Reading.Good good) {
    var entities = new LinkedHashMap<String, Entity>();
    for (var e : good.model().entities().values()) {
      var life = new Life(true, e.life().trash(), e.life().appendOnly(), e.life().freeze());
      entities.put(
          e.name(),
          new Entity(
              e.name(), e.plural(), e.fields(), e.lists(), e.keys(), life, e.access(), e.notes()));
    }
    var model = good.model();
    return new Reading.Good(
        new Model(model.name(), model.store(), model.roles(), entities),
        good.settings(),
        good.warnings());
  }

  /// The model of a folder; an error with every mistake where there are any.
  static Reading.Good model(Path folder) {
    return switch (ModelReader.read(folder, Map.of(), new SchemaCheck())) {
      case Reading.Good good -> good;
      case Reading.Bad(var mistakes) -> throw new AssertionError(mistakes.toString());
    };
  }
}
