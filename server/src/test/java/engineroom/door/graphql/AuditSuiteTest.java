package engineroom.door.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.generate.Npm;
import engineroom.http.Gate;
import engineroom.http.HttpConfig;
import engineroom.http.HttpParts;
import engineroom.http.HttpServer;
import engineroom.operation.Caller;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The audit suite of graphql-http (npm) against a server of ours: all of it, where Node is present
/// and can get the package.
class AuditSuiteTest {
  private static final Path SUITE = Path.of("src/test/npm/graphql-http");
  private static final int AUDITS = 61;

  @TempDir Path folder;
  private @Nullable HttpServer server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void passes_every_audit_of_graphql_http() throws Exception {
    var npm = Npm.install(SUITE, folder, "the audits of graphql-http were not made");
    server =
        HttpServer.start(
            HttpConfig.defaults().at("127.0.0.1", 0),
            new HttpParts(
                Graph.shop().doors(),
                _ -> Caller.Administrator.ADMINISTRATOR,
                List.of(),
                InstantSource.system(),
                new SecureRandom(),
                Gate.OPEN));
    var audited = npm.run("node", "audit.mjs", "http://127.0.0.1:" + server.port() + "/graphql");
    assertThat(audited.lines()).hasSize(AUDITS).allMatch(line -> line.startsWith("ok "));
  }
}
