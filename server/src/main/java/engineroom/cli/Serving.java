package engineroom.cli;

import engineroom.app.App;
import engineroom.app.App.Mode;
import engineroom.app.App.Seeding;
import engineroom.app.App.ServeOptions;
import engineroom.http.HttpConfig;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.Option;
import org.jspecify.annotations.Nullable;

/// The options of commands that serve.
final class Serving {
  private static final String HOST = "127.0.0.1";
  private static final int PORT = 8080;

  private Serving() {}

  /// The options, and those that one command has beyond them.
  static List<Option> options(Option... more) {
    var options = new ArrayList<Option>();
    options.add(
        Usage.value("host", "HOST", "address to listen on; 127.0.0.1 by default, 0.0.0.0 for all"));
    options.add(
        Usage.value("port", "PORT", "port to listen on; 8080 by default, 0 for any free one"));
    options.add(
        Usage.value("data", "FOLDER", "what the program writes; data/ in the project by default"));
    options.add(Usage.value("certificate", "FILE", "serve TLS: PEM certificate"));
    options.add(Usage.value("key", "FILE", "serve TLS: PEM key, PKCS#8"));
    options.add(Usage.value("origin", "ORIGIN", "allow browsers on this origin; may be repeated"));
    options.addAll(List.of(more));
    return options;
  }

  /// The options as the program takes them.
  ///
  /// @param administratorKey `ENGINEROOM_ADMIN_KEY`, or null
  static ServeOptions options(
      Given given, Seeding seeding, Mode mode, @Nullable String administratorKey) {
    int port = given.number("port", PORT);
    try {
      var http =
          HttpConfig.defaults()
              .at(given.text("host", HOST), port)
              .forOrigins(given.texts("origin"));
      return new ServeOptions(
          secured(http, given), given.path("data"), seeding, mode, administratorKey);
    } catch (IllegalArgumentException e) {
      throw new App.ConfigException(List.of(String.valueOf(e.getMessage())));
    }
  }

  /// The address to print: `http://127.0.0.1:8080`.
  static String address(Given given, int actualPort) {
    var host = given.text("host", HOST);
    var shown = host.contains(":") ? "[" + host + "]" : host;
    return (given.has("certificate") ? "https" : "http") + "://" + shown + ":" + actualPort;
  }

  private static HttpConfig secured(HttpConfig http, Given given) {
    var certificate = given.path("certificate");
    var key = given.path("key");
    if (certificate == null && key == null) {
      return http;
    }
    if (certificate == null || key == null) {
      throw new IllegalArgumentException("--certificate and --key need each other. Give both.");
    }
    return http.secured(new HttpConfig.Tls(certificate, key));
  }
}
