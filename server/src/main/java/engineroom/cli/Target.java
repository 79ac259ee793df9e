package engineroom.cli;

import engineroom.app.App;
import engineroom.client.Api;
import engineroom.client.LocalApi;
import engineroom.client.RemoteApi;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.apache.commons.cli.Option;

/// Where a command sends its requests.
final class Target {
  private Target() {}

  /// The server of `--url`, or else the database of `--folder` and `--data`.
  static Api of(Given given, Supplier<App> app) {
    var url = given.text("url");
    if (url != null) {
      return remote(
          url, given.text("key", System.getenv().getOrDefault("ENGINEROOM_ADMIN_KEY", "")));
    }
    if (given.has("key")) {
      throw new Given.WrongException("--key is for a server: give its --url too.");
    }
    var folder = given.path("folder");
    var opened = app.get().open(folder == null ? Path.of(".") : folder, given.path("data"));
    return new LocalApi(opened.doors(), opened::close);
  }

  private static Api remote(String url, String key) {
    try {
      return new RemoteApi(url, key.isEmpty() ? null : key);
    } catch (IllegalArgumentException e) {
      throw new Given.WrongException(String.valueOf(e.getMessage()));
    }
  }

  /// The options that say where.
  static List<Option> options() {
    return List.of(
        Usage.value("folder", "FOLDER", "the project; this folder by default"),
        Usage.value("data", "FOLDER", "what the program writes; data/ in the project by default"),
        Usage.value("url", "URL", "a running server instead of the project's database"),
        Usage.value("key", "KEY", "of that server; ENGINEROOM_ADMIN_KEY by default"));
  }
}
