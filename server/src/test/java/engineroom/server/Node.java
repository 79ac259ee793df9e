package engineroom.server;

import engineroom.app.App;
import engineroom.app.App.Mode;
import engineroom.http.HttpConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One of the processes that serve an app, with files and a data folder of its own.
final class Node implements AutoCloseable {
  static final String KEY = "er_admin_0123456789abcdef";
  private static final List<String> KEYS = List.of("accounts.key", "audit.key", "cursor.key");

  private final Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private App.@Nullable Running running;

  Node(Path folder) {
    this.folder = folder;
  }

  /// Gives it the model's files.
  Node with(String model) throws IOException {
    Files.createDirectories(data());
    Files.writeString(folder.resolve("engineroom.yaml"), model);
    return this;
  }

  Path data() {
    return folder.resolve("data");
  }

  /// Gives it the keys of another.
  Node keysOf(Node other) throws IOException {
    for (var key : KEYS) {
      Files.copy(
          other.data().resolve(key), data().resolve(key), StandardCopyOption.REPLACE_EXISTING);
    }
    return this;
  }

  Node start(Mode mode) {
    var http = HttpConfig.defaults().at("127.0.0.1", 0);
    var options = new App.ServeOptions(http, data(), App.Seeding.NONE, mode, KEY);
    running = new Engineroom().start(folder, options);
    return this;
  }

  /// The port that it serves at.
  int port() {
    if (running == null) {
      throw new IllegalStateException("not started");
    }
    return running.port();
  }

  HttpResponse<String> send(String method, String path, String key, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .method(method, BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  int status(String method, String path, String key, String body) throws Exception {
    return send(method, path, key, body).statusCode();
  }

  @Override
  public void close() {
    if (running != null) {
      running.close();
      running = null;
    }
    client.close();
  }
}
