package engineroom.generate;

import engineroom.app.App;
import engineroom.app.App.Mode;
import engineroom.http.HttpConfig;
import engineroom.server.Engineroom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The example shop without rows, served to clients.
public final class Shop {
  /// The administrator's key.
  public static final String KEY = "er_admin_0123456789abcdef";

  private static final Path ROOT = Path.of(System.getProperty("engineroom.root", ".."));

  private Shop() {}

  /// Copies the model into a folder.
  public static Path model(Path folder) throws IOException {
    var shop = Files.createDirectories(folder.resolve("shop"));
    var example = ROOT.resolve("examples/shop");
    Files.copy(example.resolve("engineroom.yaml"), shop.resolve("engineroom.yaml"));
    try (var files = Files.walk(example.resolve("model"))) {
      for (var file : files.toList()) {
        Files.copy(file, shop.resolve(example.relativize(file).toString()));
      }
    }
    return shop;
  }

  /// Serves it in development.
  public static App.Running served(Path model, Path data) {
    var http = HttpConfig.defaults().at("127.0.0.1", 0);
    var options = new App.ServeOptions(http, data, App.Seeding.NONE, Mode.DEVELOPMENT, KEY);
    return new Engineroom().start(model, options);
  }

  /// Where it is served.
  public static String url(App.Running running) {
    return "http://127.0.0.1:" + running.port();
  }
}
