package engineroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.app.App;
import engineroom.http.HttpConfig;
import engineroom.server.Engineroom;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `engineroom import` and `engineroom export`, as they are typed.
final class TransferCommandsTest {
  private static final String KEY = "correct-horse-battery";
  private static final String MODEL =
      """
      engineroom: 1
      name: depot
      store: sqlite:data/depot.db
      entities:
        product:
          fields:
            sku: { type: text, unique: true }
            name: text
            stock: { type: integer, default: 0, min: 0 }
          access: { read: true }
      """;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream notes = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("engineroom.yaml"), MODEL);
  }

  private int run(String... args) {
    out.reset();
    notes.reset();
    var console = new Main.Console(new PrintStream(out), new PrintStream(notes));
    return Main.run(Engineroom::new, console, args);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String notes() {
    return notes.toString(StandardCharsets.UTF_8);
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private int imported(Path file, String... more) {
    var args = new ArrayList<String>();
    args.addAll(List.of("import", file.toString(), "--into", "product"));
    args.addAll(List.of("--folder", folder.toString()));
    args.addAll(List.of(more));
    return run(args.toArray(String[]::new));
  }

  private String exported() {
    assertThat(run("export", "product", "--folder", folder.toString(), "--fields", "sku,stock"))
        .as(notes())
        .isZero();
    return out();
  }

  @Test
  void imports_tells_mistakes_and_takes_the_mended_file() throws IOException {
    var file = file("products.csv", "Nr;name;stock\nA1;Tea;3\nA2;Cup;many\n");
    assertThat(imported(file, "--by", "sku", "--map", "Nr=sku")).isEqualTo(1);
    assertThat(out()).contains("1 created, 0 changed, 0 unchanged, 1 refused.", "--undo");
    assertThat(notes()).contains("products.csv:3: stock is not an integer", "Mend them");
    var refused = folder.resolve("products.refused.csv");
    assertThat(refused)
        .content()
        .isEqualTo("Nr;name;stock;_line;_error\r\nA2;Cup;many;3;stock is not an integer\r\n");
    Files.writeString(refused, Files.readString(refused).replace("many", "7"));
    assertThat(imported(refused, "--by", "sku", "--map", "Nr=sku")).isZero();
    assertThat(exported()).isEqualTo("sku,stock\r\nA1,3\r\nA2,7\r\n");
  }

  @Test
  void a_dry_run_keeps_nothing_and_undo_takes_an_import_back() throws IOException {
    var file = file("products.csv", "sku,name,stock\nA1,Tea,3\n");
    assertThat(imported(file, "--dry-run")).isZero();
    assertThat(out()).startsWith("Dry run: 1 created").doesNotContain("--undo");
    assertThat(exported()).isEqualTo("sku,stock\r\n");
    assertThat(imported(file)).isZero();
    assertThat(run("import", "--list", "--folder", folder.toString())).isZero();
    assertThat(out()).contains("products.csv into product: 1 created, 0 changed");
    var id = out().substring(0, out().indexOf(' '));
    assertThat(run("import", "--undo", id, "--folder", folder.toString())).isZero();
    assertThat(out()).contains("Undone: 1 rows deleted, 0 put back.");
    assertThat(exported()).isEqualTo("sku,stock\r\n");
    assertThat(run("import", "--undo", id, "--folder", folder.toString())).isEqualTo(1);
    assertThat(notes()).contains("can't be undone", "It was undone at");
  }

  @Test
  void a_wrong_command_line_says_what_is_missing() throws IOException {
    var file = file("products.csv", "sku,name\nA1,Tea\n");
    assertThat(run("import", file.toString())).isEqualTo(2);
    assertThat(notes()).contains("--into is missing");
    assertThat(run("import")).isEqualTo(2);
    assertThat(imported(folder.resolve("absent.csv"))).isEqualTo(78);
    assertThat(imported(file("products.txt", "x"))).isEqualTo(2);
    assertThat(imported(file, "--url", "nonsense")).isEqualTo(2);
    assertThat(imported(file("wrong.csv", "sku,nam\nA1,Tea\n"))).isEqualTo(1);
    assertThat(notes()).contains("line 1, column nam", "Did you mean name?");
    assertThat(run("import", file.toString(), "--into", "produkt", "--folder", folder.toString()))
        .isEqualTo(1);
    assertThat(exported()).isEqualTo("sku,stock\r\n");
  }

  @Test
  void asks_a_running_server_for_files_larger_than_other_bodies() throws IOException {
    var lines = new StringBuilder("sku,name,stock\n");
    for (int i = 0; i < 20_000; i++) {
      lines.append("S").append(i).append(',').append("n".repeat(80)).append(",1\n");
    }
    var file = file("large.csv", lines.toString());
    assertThat(Files.size(file)).isGreaterThan(1 << 20);
    var options =
        new App.ServeOptions(
            HttpConfig.defaults().at("127.0.0.1", 0),
            null,
            App.Seeding.NONE,
            App.Mode.DEVELOPMENT,
            KEY);
    try (var server = new Engineroom().start(folder, options)) {
      var url = "http://127.0.0.1:" + server.port();
      assertThat(run("import", file.toString(), "--into", "product", "--url", url)).isEqualTo(1);
      assertThat(notes()).contains("Sign in");
      var args = List.of("import", file.toString(), "--into", "product", "--by", "sku");
      var all = new ArrayList<>(args);
      all.addAll(List.of("--url", url, "--key", KEY));
      assertThat(run(all.toArray(String[]::new))).as(notes()).isZero();
      assertThat(out()).contains("20000 created, 0 changed, 0 unchanged, 0 refused.");
      var to = folder.resolve("back.csv");
      var export =
          List.of("export", "products", "--url", url, "--key", KEY, "--out", to.toString());
      assertThat(run(export.toArray(String[]::new))).isZero();
      assertThat(Files.readAllLines(to)).hasSize(20_001);
    }
  }

  @Test
  void a_hundred_thousand_lines_take_less_memory_than_their_file() throws Exception {
    var file = folder.resolve("huge.csv");
    try (var to = Files.newBufferedWriter(file)) {
      to.write("sku,name,stock\n");
      for (int i = 0; i < 100_000; i++) {
        to.write("S" + i + "," + "n".repeat(800) + ",1\n");
      }
    }
    assertThat(Files.size(file)).isGreaterThan(72L << 20);
    var by = List.of("import", file.toString(), "--into", "product", "--by", "sku");
    assertThat(child(by)).contains("100000 created, 0 changed, 0 unchanged, 0 refused.");
    var to = folder.resolve("huge.ndjson");
    child(List.of("export", "product", "--fields", "sku,name,stock", "--out", to.toString()));
    try (var lines = Files.lines(to)) {
      assertThat(lines.count()).isEqualTo(100_000);
    }
  }

  /// Runs the program with a heap smaller than the file.
  private String child(List<String> args) throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xmx72m", "-cp"));
    command.addAll(List.of(System.getProperty("java.class.path"), "engineroom.cli.Main"));
    command.addAll(args);
    command.addAll(List.of("--folder", folder.toString()));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }
}
