package engineroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.server.Engineroom;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private int generate(String into) throws Exception {
    Files.writeString(folder.resolve("engineroom.yaml"), MODEL);
    return run(
        "generate",
        "client",
        "--folder",
        folder.toString(),
        "--out",
        folder.resolve(into).toString());
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
