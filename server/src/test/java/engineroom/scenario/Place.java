package engineroom.scenario;

import engineroom.json.SchemaCheck;
import engineroom.modelfile.ModelReader;
import engineroom.modelfile.ModelReader.Reading;
import java.nio.file.Path;
import java.util.Map;

/// The project's own files, found from a test.
final class Place {
  static final Path ROOT = Path.of(System.getProperty("engineroom.root", "..")).toAbsolutePath();
  static final Path SCENARIOS = ROOT.resolve("scenarios");
  static final Path SMALL_SHOP = SCENARIOS.resolve("shop-small");
  static final Path BILLS = SCENARIOS.resolve("bills");
  static final Path TRASH = SCENARIOS.resolve("trash");
  static final Path COMPUTED = SCENARIOS.resolve("computed");

  private Place() {}

  /// The model of a folder; an error with every mistake where there are any.
  static Reading.Good model(Path folder) {
    return switch (ModelReader.read(folder, Map.of(), new SchemaCheck())) {
      case Reading.Good good -> good;
      case Reading.Bad(var mistakes) -> throw new AssertionError(mistakes.toString());
    };
  }
}
