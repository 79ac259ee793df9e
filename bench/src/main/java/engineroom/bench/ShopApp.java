package engineroom.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The example shop, copied, with nothing that keeps a load generator from asking as often as it
/// can.
final class ShopApp {
  private ShopApp() {}

  /// Copies it where it was not copied yet.
  static Path unlimited(Path source, Path folder) throws IOException {
    if (Files.exists(folder)) {
      return folder;
    }
    var original = source.resolve("examples/shop");
    try (var files = Files.walk(original)) {
      for (var file : files.toList()) {
        Files.copy(file, folder.resolve(original.relativize(file).toString()));
      }
    }
    var model = folder.resolve("engineroom.yaml");
    Files.writeString(model, "\nsettings: { rates: off }\n", StandardOpenOption.APPEND);
    return folder;
  }
}
