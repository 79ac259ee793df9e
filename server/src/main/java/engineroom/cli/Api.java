package engineroom.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.Option;
import org.jspecify.annotations.Nullable;

/// Where a command sends its requests: a server, or a database that no server has open.
interface Api extends AutoCloseable {
  /// One request.
  ///
  /// @param target path and query: `/api/products/import?by=sku`
  /// @param body a file to send, or null
  record Ask(String method, String target, Map<String, String> headers, @Nullable Path body) {}

  /// One answer.
  ///
  /// @param headers by names in lower case
  record Reply(int status, Map<String, String> headers, Content content) {
    String header(String name) {
      return headers.getOrDefault(name, "");
    }

    boolean good() {
      return status < 400;
    }
  }

  /// The body of an answer, to be taken once.
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /// @param progress hears how much of the body has been taken
  Reply send(Ask ask, Progress progress) throws IOException;

  @Override
  void close();

  /// The server of `--url`, or else the database of `--folder` and `--data`.
  static Api of(Given given, App app) {
    var url = given.text("url");
    if (url != null) {
      var key = given.text("key");
      return new RemoteApi(url, key == null ? System.getenv("ENGINEROOM_ADMIN_KEY") : key);
    }
    if (given.has("key")) {
      throw new Given.WrongException("--key is for a server: give its --url too.");
    }
    var folder = given.path("folder");
    return new LocalApi(app.open(folder == null ? Path.of(".") : folder, given.path("data")));
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
