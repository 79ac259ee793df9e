package engineroom.server;

import engineroom.app.App;
import engineroom.http.HttpConfig;
import java.nio.file.Path;

/// Starts apps over the network, on a free port: as `dev` does, where nothing else is said.
final class Started {
  /// The administrator's key of all of them.
  static final String KEY = "correct-horse-battery";

  private Started() {}

  /// Serves the app of a folder.
  static App.Running in(Path folder) {
    return in(folder, HttpConfig.defaults());
  }

  /// Serves the app of a folder.
  ///
  /// @param config but for the address
  static App.Running in(Path folder, HttpConfig config) {
    return in(folder, config, App.Mode.DEVELOPMENT);
  }

  /// Serves the app of a folder in another mode.
  static App.Running in(Path folder, App.Mode mode) {
    return in(folder, HttpConfig.defaults(), mode);
  }

  private static App.Running in(Path folder, HttpConfig config, App.Mode mode) {
    var options =
        new App.ServeOptions(config.at("127.0.0.1", 0), null, App.Seeding.NONE, mode, KEY);
    return new Engineroom().start(folder, options);
  }
}
