package engineroom.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import engineroom.app.App;
import engineroom.app.App.Language;
import engineroom.app.App.Mode;
import engineroom.door.inbox.Browser;
import engineroom.http.HttpConfig;
import engineroom.server.Engineroom;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The shop's client as programs use it: built by the TypeScript compiler, held against calls that
/// must compile and calls that must not, and run in Node and in Chromium against a served shop.
/// Skipped, and said so, where there is no Node or npm can't get the compiler.
final class TypeScriptClientTest {
  private static final Path ROOT = Path.of(System.getProperty("engineroom.root", ".."));
  private static final Path NPM = Path.of("src/test/npm/client");
  private static final String KEY = "er_admin_0123456789abcdef";
  private static final int PARTS = 13;

  /// Bytes of a minified program that uses one entity.
  private static final int SMALL_PROGRAM_MAX = 11_000;

  @TempDir private static Path folder;

  @BeforeAll
  static void build() throws Exception {
    try (var files = Files.list(NPM)) {
      for (var file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    needs(run("node", "--version"), "no node in PATH");
    needs(run("npm", "ci", "--no-audit", "--no-fund"), "npm can't get the compiler");
    var shop = Files.createDirectories(folder.resolve("shop"));
    copy(ROOT.resolve("examples/shop/engineroom.yaml"), shop.resolve("engineroom.yaml"));
    copy(ROOT.resolve("examples/shop/model"), shop.resolve("model"));
    var made = folder.resolve("node_modules/corner-shop-client");
    new Engineroom()
        .client(shop, Language.TYPESCRIPT)
        .forEach((name, text) -> write(made.resolve(name), text));
    var built = run("npx", "tsc", "-p", made.toString());
    assertThat(built.lines()).isEmpty();
    assertThat(built.status()).isZero();
  }

  private static void needs(Ran ran, String why) {
    if (ran.status() != 0) {
      System.err.println("SKIPPED: the generated client was not tried: " + why + ".");
    }
    assumeTrue(ran.status() == 0, why);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Ran(int status, List<String> lines) {}

  private static Ran run(String... command) throws IOException, InterruptedException {
    var said = Files.createTempFile(folder, "said", ".txt");
    try {
      var process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(said.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean done = process.waitFor(120, TimeUnit.SECONDS);
      process.destroyForcibly();
      return new Ran(done ? process.exitValue() : 1, Files.readAllLines(said));
    } catch (IOException _) {
      return new Ran(1, List.of());
    }
  }

  private static App.Running served(Path data) {
    var http = HttpConfig.defaults().at("127.0.0.1", 0);
    var options = new App.ServeOptions(http, data, App.Seeding.NONE, Mode.DEVELOPMENT, KEY);
    return new Engineroom().start(folder.resolve("shop"), options);
  }

  @Test
  void compiles_calls_that_are_right_and_refuses_those_that_are_not() throws Exception {
    var checked = run("npx", "tsc", "-p", "tsconfig.json");
    assertThat(checked.lines()).isEmpty();
    assertThat(checked.status()).isZero();
    assertThat(Files.readString(folder.resolve("refused.ts")).split("@ts-expect-error", -1))
        .hasSizeGreaterThan(30);
  }

  @Test
  void works_in_node(@TempDir Path data) throws Exception {
    try (var running = served(data)) {
      var ran = run("node", "node.mjs", "http://127.0.0.1:" + running.port(), KEY);
      assertThat(ran.lines()).hasSize(PARTS).allMatch(line -> line.startsWith("ok "));
    }
  }

  @Test
  void works_in_a_browser(@TempDir Path data, @TempDir Path profile) throws Exception {
    var bundled = run("npx", "esbuild", "page.mjs", "--bundle", "--minify", "--outfile=page.js");
    assertThat(bundled.status()).isZero();
    var script = Files.readString(folder.resolve("page.js")).strip();
    try (var browser = Browser.open(profile);
        var running = served(data)) {
      browser.go("http://localhost:" + running.port() + "/dev/inbox");
      browser.value(script.replace("\n", "\\n"));
      browser.value("void start('" + KEY + "')");
      browser.until("window.lines !== undefined");
      assertThat(browser.value("lines").lines())
          .hasSize(PARTS)
          .allMatch(line -> line.startsWith("ok "));
    }
  }

  @Test
  void leaves_out_of_small_programs_what_they_do_not_use() throws Exception {
    var one = "import { connect, orders } from 'corner-shop-client';\n";
    write(folder.resolve("one.mjs"), one + "globalThis.found = orders(connect()).list();\n");
    assertThat(
            run("npx", "esbuild", "one.mjs", "--bundle", "--minify", "--outfile=one.js").status())
        .isZero();
    assertThat(Files.readString(folder.resolve("one.js")))
        .hasSizeLessThan(SMALL_PROGRAM_MAX)
        .doesNotContain("/auth/sign-in", "/api/batch", "/graphql", "warehouses");
  }
}
