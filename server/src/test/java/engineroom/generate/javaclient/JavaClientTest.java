package engineroom.generate.javaclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import engineroom.app.App.Language;
import engineroom.generate.Shop;
import engineroom.server.Engineroom;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The shop's client in Java as programs use it: compiled for Java 17 without a warning, held
/// against calls that must not compile, and run against a served shop.
final class JavaClientTest {
  private static final Path RESOURCES = Path.of("src/test/resources/generate");
  private static final int PARTS = 19;
  private static final int SECONDS_MAX = 240;

  @TempDir private static Path folder;
  private static Path shop = Path.of(".");
  private static Path classes = Path.of(".");

  @BeforeAll
  static void build() throws Exception {
    shop = Shop.model(folder);
    classes = folder.resolve("classes");
    var sources = folder.resolve("client");
    write(sources, new Engineroom().client(shop, new Language.Java("com.example.shop")));
    assertThat(compiled(java(sources), classes, List.of())).isEmpty();
  }

  private static void write(Path to, Map<String, String> files) {
    files.forEach(
        (name, text) -> {
          try {
            var file = to.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static List<String> java(Path sources) throws IOException {
    try (var files = Files.walk(sources)) {
      return files.map(Path::toString).filter(name -> name.endsWith(".java")).toList();
    }
  }

  /// What the compiler says of sources; nothing where all is well.
  private static String compiled(List<String> sources, Path to, List<String> more) {
    var said = new StringWriter();
    var options = Stream.of("--release", "17", "-Xlint:all", "-Werror", "-d", to.toString());
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      compiler
          .getTask(
              said,
              files,
              null,
              Stream.concat(options, more.stream()).toList(),
              null,
              files.getJavaFileObjectsFromStrings(sources))
          .call();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return said.toString();
  }

  private static List<String> with(Path classes) {
    return List.of("-cp", classes.toString());
  }

  @Test
  void works_against_a_served_shop(@TempDir Path data) throws Exception {
    works(Path.of(System.getProperty("java.home")), classes, data);
  }

  @Test
  void works_on_java_17(@TempDir Path data) throws Exception {
    var home = java17();
    if (home.isEmpty()) {
      System.err.println("SKIPPED: the client in Java was not run on Java 17: there is none here.");
    }
    assumeTrue(home.isPresent(), "no Java 17 among the JVMs of this machine");
    works(home.orElseThrow(), classes, data);
  }

  @Test
  void is_packaged_by_its_own_pom_without_the_network(@TempDir Path data) throws Exception {
    var maven = program("mvn");
    if (maven.isEmpty()) {
      System.err.println("SKIPPED: the client in Java was not packaged: no mvn in PATH.");
    }
    assumeTrue(maven.isPresent(), "no mvn in PATH");
    var project = folder.resolve("client");
    var packaging =
        new ProcessBuilder(maven.orElseThrow(), "-o", "-B", "-q", "package")
            .directory(project.toFile());
    packaging.environment().put("JAVA_HOME", System.getProperty("java.home"));
    assertThat(said(packaging)).noneMatch(line -> line.startsWith("[ERROR]"));
    works(
        Path.of(System.getProperty("java.home")),
        project.resolve("target/corner-shop-client-1.0-SNAPSHOT.jar"),
        data);
  }

  /// Where programs are found.
  private static Optional<String> program(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .map(place -> Path.of(place, name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  /// Where Java 17 is, as packages of systems put it.
  private static Optional<Path> java17() throws IOException {
    var all = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(all)) {
      return Optional.empty();
    }
    try (var homes = Files.list(all)) {
      return homes
          .filter(home -> home.getFileName().toString().matches(".*\\b17\\b.*"))
          .filter(home -> Files.isExecutable(home.resolve("bin/java")))
          .findFirst();
    }
  }

  /// Runs the program with the client, on some Java.
  private static void works(Path home, Path client, Path data) throws Exception {
    var sources =
        Stream.of("Program", "Between")
            .map(name -> RESOURCES.resolve("java/" + name + ".java").toString())
            .toList();
    var programs = folder.resolve("programs");
    assertThat(compiled(sources, programs, with(client))).isEmpty();
    try (var running = Shop.served(shop, data)) {
      var java = home.resolve("bin/java").toString();
      var path = client + System.getProperty("path.separator") + programs;
      var command = List.of(java, "-cp", path, "Program", Shop.url(running), Shop.KEY);
      assertThat(said(new ProcessBuilder(command)))
          .hasSize(PARTS)
          .allMatch(line -> line.startsWith("ok "));
    }
  }

  /// What a process says until it ends.
  private static List<String> said(ProcessBuilder building) throws Exception {
    var said = Files.createTempFile(folder, "said", ".txt");
    var process = building.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    boolean done = process.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
    process.destroyForcibly();
    var lines = Files.readAllLines(said);
    assertThat(done).as(lines.toString()).isTrue();
    return lines;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop.ordrs();",
        "shop.orders().where(LineFields.QUANTITY.is(1L));",
        "shop.orders().where(OrderFields.TOTAL.is(\"100\"));",
        "shop.orders().where(OrderFields.STATUS.is(ProductStatus.ACTIVE));",
        "shop.orders().where(OrderFields.REMARK.sum());",
        "shop.orders().all().sort(LineFields.QUANTITY.ascending());",
        "shop.orders().expand(ProductFields.CATEGORY);",
        "shop.orders().expand(OrderFields.NUMBER);",
        "shop.categories().create(CategoryCreate.with());",
        "shop.products().update(\"1\", ProductChange.with().sku(\"P00001\"));",
        "shop.products().update(\"1\", ProductChange.with().addToName(\"x\"));",
        "shop.reviews().create(ReviewCreate.nested().signature(\"A\").rating(1L).title(\"T\")"
            + ".author(null));",
        "shop.orders().create(OrderCreate.with().customer(ProductRef.of(\"1\")));",
        "shop.orders().upsert(ProductFields.BY_SKU, null);",
        "String name = shop.orders().get(\"1\").customer().name();"
      })
  void refuses_to_compile(String call) throws IOException {
    var source = folder.resolve("Wrong.java");
    Files.writeString(
        source,
        """
        import com.example.shop.*;
        import com.example.shop.client.*;
        class Wrong {
          void call(CornerShopClient shop) {
            %s
          }
        }
        """
            .formatted(call));
    assertThat(compiled(List.of(source.toString()), folder.resolve("wrong"), with(classes)))
        .contains("Wrong.java:5: error:")
        .contains("1 error");
  }

  @Test
  void compiles_whatever_names_and_kinds_a_model_has() throws IOException {
    var kinds = RESOURCES.resolve("kinds");
    var files = new Engineroom().client(kinds, new Language.Java("com.example.kinds"));
    var sources = folder.resolve("kinds");
    write(sources, files);
    assertThat(compiled(java(sources), folder.resolve("kinds-classes"), List.of())).isEmpty();
    assertThat(files.values()).noneMatch(text -> text.contains("{{"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PageRow",
        "PageRowCreate",
        "ItemChange",
        "ItemFields",
        "PageRowChoice",
        "pom.xml"
      })
  void writes_what_the_model_says(String name) throws IOException {
    var kinds = RESOURCES.resolve("kinds");
    var path = name.endsWith(".xml") ? name : "src/main/java/com/example/kinds/" + name + ".java";
    var files = new Engineroom().client(kinds, new Language.Java("com.example.kinds"));
    var golden = kinds.resolve("java").resolve(name + ".golden");
    if ("write".equals(System.getProperty("golden"))) {
      Files.createDirectories(golden.getParent());
      Files.writeString(golden, files.getOrDefault(path, ""));
    }
    assertThat(files.get(path)).isEqualTo(Files.readString(golden));
  }
}
