package engineroom.generate.typescript;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.app.App.Language;
import engineroom.door.inbox.Browser;
import engineroom.generate.Npm;
import engineroom.generate.Shop;
import engineroom.server.Engineroom;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The shop's client as programs use it: built by the TypeScript compiler, held against calls that
/// must compile and calls that must not, and run in Node and in Chromium against a served shop.
/// Skipped, and said so, where there is no Node or npm can't get the compiler.
final class TypeScriptClientTest {
  private static final Path PROJECT = Path.of("src/test/npm/client");
  private static final int PARTS = 19;

  /// Bytes of a minified program that uses one entity.
  private static final int SMALL_PROGRAM_MAX = 11_000;

  @TempDir private static Path folder;
  private static Npm npm = new Npm(Path.of("."));
  private static Path shop = Path.of(".");

  @BeforeAll
  static void build() throws Exception {
    npm = Npm.install(PROJECT, folder, "the generated client was not tried");
    shop = Shop.model(folder);
    var made = folder.resolve("node_modules/corner-shop-client");
    new Engineroom()
        .client(shop, Language.TYPESCRIPT)
        .forEach((name, text) -> write(made.resolve(name), text));
    var built = npm.run("npx", "tsc", "-p", made.toString());
    assertThat(built.lines()).isEmpty();
    assertThat(built.status()).isZero();
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void compiles_calls_that_are_right_and_refuses_those_that_are_not() throws Exception {
    var checked = npm.run("npx", "tsc", "-p", "tsconfig.json");
    assertThat(checked.lines()).isEmpty();
    assertThat(checked.status()).isZero();
    assertThat(Files.readString(folder.resolve("refused.ts")).split("@ts-expect-error", -1))
        .hasSizeGreaterThan(30);
  }

  @Test
  void works_in_node(@TempDir Path data) throws Exception {
    try (var running = Shop.served(shop, data)) {
      var ran = npm.run("node", "node.mjs", Shop.url(running), Shop.KEY);
      assertThat(ran.lines()).hasSize(PARTS).allMatch(line -> line.startsWith("ok "));
    }
  }

  @Test
  void works_in_a_browser(@TempDir Path data, @TempDir Path profile) throws Exception {
    var bundled =
        npm.run("npx", "esbuild", "page.mjs", "--bundle", "--minify", "--outfile=page.js");
    assertThat(bundled.status()).isZero();
    var script = Files.readString(folder.resolve("page.js")).strip();
    try (var browser = Browser.open(profile);
        var running = Shop.served(shop, data)) {
      browser.go("http://localhost:" + running.port() + "/dev/inbox");
      browser.value(script.replace("\n", "\\n"));
      browser.value("void start('" + Shop.KEY + "')");
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
            npm.run("npx", "esbuild", "one.mjs", "--bundle", "--minify", "--outfile=one.js")
                .status())
        .isZero();
    assertThat(Files.readString(folder.resolve("one.js")))
        .hasSizeLessThan(SMALL_PROGRAM_MAX)
        .doesNotContain("/auth/sign-in", "/api/batch", "/graphql", "warehouses");
  }
}
