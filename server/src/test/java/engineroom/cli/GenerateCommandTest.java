package engineroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.server.Engineroom;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GenerateCommandTest {
  private static final String MODEL =
      "engineroom: 1\nname: Notes\nentities: { note: { fields: { text: text } } }\n";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream notes = new ByteArrayOutputStream();

  @TempDir private Path folder;

  private int run(String... args) {
    var console = new Main.Console(new PrintStream(out), new PrintStream(notes));
    return Main.run(Engineroom::new, console, args);
  }

  private int generate(String into, String... more) throws Exception {
    Files.writeString(folder.resolve("engineroom.yaml"), MODEL);
    var out = folder.resolve(into).toString();
    var usual = Stream.of("generate", "client", "--folder", folder.toString(), "--out", out);
    return run(Stream.concat(usual, Stream.of(more)).toArray(String[]::new));
  }

  @Test
  void writes_a_client_in_java_and_removes_what_the_model_has_no_more() throws Exception {
    String[] java = {"--language", "java", "--package", "com.example.notes"};
    assertThat(generate("client", java)).isZero();
    var types = folder.resolve("client/src/main/java/com/example/notes");
    assertThat(types.resolve("Note.java")).content().contains("public record Note(");
    assertThat(folder.resolve("client/pom.xml")).content().contains("notes-client");
    var old = types.resolve("Gone.java");
    Files.writeString(old, "// Made by `engineroom generate client`.\n");
    var own = types.resolve("Own.java");
    Files.writeString(own, "// mine\n");
    assertThat(generate("client", java)).isZero();
    assertThat(old).doesNotExist();
    assertThat(own).exists();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("mvn package");
  }

  @Test
  void refuses_packages_that_java_does_not_have() throws Exception {
    assertThat(generate("x", "--language", "java")).isEqualTo(Main.WRONG);
    assertThat(generate("x", "--package", "com.example")).isEqualTo(Main.WRONG);
    for (var name : new String[] {"com.new.shop", "Com.Shop", "com..shop", "com.example.1"}) {
      assertThat(generate("x", "--language", "java", "--package", name)).isEqualTo(Main.WRONG);
    }
    assertThat(folder.resolve("x")).doesNotExist();
  }

  @Test
  void writes_a_client_and_writes_it_anew() throws Exception {
    assertThat(generate("client")).isZero();
    assertThat(folder.resolve("client/package.json")).content().contains("\"notes-client\"");
    assertThat(folder.resolve("client/src/model.ts")).content().contains("export interface Note ");
    assertThat(generate("client")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("npm install && npm run build");
  }

  @Test
  void writes_over_nobodys_files() throws Exception {
    Files.createDirectory(folder.resolve("web"));
    Files.writeString(folder.resolve("web/index.html"), "mine");
    assertThat(generate("web")).isEqualTo(Main.MISTAKES);
    assertThat(notes.toString(StandardCharsets.UTF_8)).contains("is there and no client of ours");
    assertThat(folder.resolve("web")).isDirectoryContaining("glob:**index.html");
    assertThat(folder.resolve("web/package.json")).doesNotExist();
  }

  @Test
  void refuses_what_it_can_not_write() {
    assertThat(run("generate", "server", "--out", "x")).isEqualTo(Main.WRONG);
    assertThat(run("generate", "client")).isEqualTo(Main.WRONG);
    assertThat(run("generate", "client", "--out", "x", "--language", "cobol"))
        .isEqualTo(Main.WRONG);
  }
}
