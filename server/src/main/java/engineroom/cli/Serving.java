package engineroom.cli;

import engineroom.cli.App.Mode;
import engineroom.cli.App.Seeding;
import engineroom.cli.App.ServeOptions;
import engineroom.http.HttpConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of commands that serve.
final class Serving {
  @Mixin private ProjectFolder folder = new ProjectFolder();

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description = "address to listen on; 127.0.0.1 by default, 0.0.0.0 for all")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "port to listen on; 8080 by default, 0 for any free one")
  private int port = 8080;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "what the program writes; data/ in the project by default")
  private @Nullable Path data;

  @Option(names = "--certificate", paramLabel = "FILE", description = "serve TLS: PEM certificate")
  private @Nullable Path certificate;

  @Option(names = "--key", paramLabel = "FILE", description = "serve TLS: PEM key, PKCS#8")
  private @Nullable Path key;

  @Option(
      names = "--origin",
      paramLabel = "ORIGIN",
      description = "allow browsers on this origin; may be repeated")
  private Set<String> origins = Set.of();

  Path folder() {
    return folder.path();
  }

  /// The options as the program takes them.
  ///
  /// @param administratorKey `ENGINEROOM_ADMIN_KEY`, or null
  ServeOptions options(Seeding seeding, Mode mode, @Nullable String administratorKey) {
    try {
      var http = HttpConfig.defaults().at(host, port).forOrigins(origins);
      var secured = certificate == null && key == null ? http : http.secured(tls(certificate, key));
      return new ServeOptions(secured, data, seeding, mode, administratorKey);
    } catch (IllegalArgumentException e) {
      throw new App.ConfigException(List.of(String.valueOf(e.getMessage())));
    }
  }

  /// The address to print: `http://127.0.0.1:8080`.
  String address(int actualPort) {
    var shown = host.contains(":") ? "[" + host + "]" : host;
    return (certificate == null ? "http" : "https") + "://" + shown + ":" + actualPort;
  }

  private static HttpConfig.Tls tls(@Nullable Path certificate, @Nullable Path key) {
    if (certificate == null || key == null) {
      throw new IllegalArgumentException("--certificate and --key need each other. Give both.");
    }
    return new HttpConfig.Tls(certificate, key);
  }
}
