package engineroom.door.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import engineroom.http.Gate;
import engineroom.http.HttpConfig;
import engineroom.http.HttpParts;
import engineroom.http.HttpServer;
import engineroom.operation.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
    for (var file : List.of("package.json", "package-lock.json", "audit.mjs")) {
      Files.copy(SUITE.resolve(file), folder.resolve(file));
    }
    assumeTrue(run("node", "--version").status() == 0, "SKIPPED: no node in PATH");
    assumeTrue(
        run("npm", "ci", "--no-audit", "--no-fund").status() == 0,
        "SKIPPED: npm can't get graphql-http");
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
    var audited = run("node", "audit.mjs", "http://127.0.0.1:" + server.port() + "/graphql");
    assertThat(audited.lines()).hasSize(AUDITS).allMatch(line -> line.startsWith("ok "));
  }

  private record Ran(int status, List<String> lines) {}

  private Ran run(String... command) throws IOException, InterruptedException {
    var said = folder.resolve("said.txt");
    try {
      var process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(said.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      var done = process.waitFor(60, TimeUnit.SECONDS);
      process.destroyForcibly();
      return new Ran(done ? process.exitValue() : 1, Files.readAllLines(said));
    } catch (IOException _) {
      return new Ran(1, List.of());
    }
  }
}
