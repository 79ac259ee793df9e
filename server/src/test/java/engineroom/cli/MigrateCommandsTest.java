package engineroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.app.App;
import engineroom.app.Progress;
import engineroom.http.HttpConfig;
import engineroom.server.Engineroom;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `plan`, `migrate`, and what `run` and `dev` say of a database that differs.
final class MigrateCommandsTest {
  private static final String FIELDS =
      """
      title: { type: text, max: 20 }
      done: { type: boolean, default: false }
      color: text?
      state: { type: enum, values: [open, shut], default: open }
      """;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream notes = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @BeforeEach
  void with_two_notes() throws IOException {
    model(FIELDS);
    Files.createDirectories(folder.resolve("seed"));
    Files.writeString(
        folder.resolve("seed/note.yaml"),
        "- { title: tea, color: red }\n- { title: long enough, color: blue }\n");
    assertThat(new Engineroom().seed(folder, List.of(), Progress.ofTerminal(System.err)))
        .isEqualTo(2);
  }

  private void model(String fields) throws IOException {
    Files.writeString(
        folder.resolve("engineroom.yaml"),
        "engineroom: 1\nname: Notes\nentities:\n  note:\n    fields:\n" + fields.indent(6));
  }

  private int run(String command, String... options) {
    out.reset();
    notes.reset();
    var arguments = new String[options.length + 2];
    arguments[0] = command;
    arguments[1] = folder.toString();
    System.arraycopy(options, 0, arguments, 2, options.length);
    var console = new Main.Console(new PrintStream(out), new PrintStream(notes));
    return Main.run(Engineroom::new, console, arguments);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String notes() {
    return notes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void says_that_there_is_nothing_to_do() {
    assertThat(run("plan")).isZero();
    assertThat(out()).isEqualTo("Nothing to do: the database fits the model.\n");
    assertThat(run("migrate")).isZero();
  }

  @Test
  void plans_a_database_that_is_not_there_without_making_it() {
    assertThat(run("plan", "--data", folder.resolve("other").toString())).isEqualTo(3);
    assertThat(out()).contains("create note");
    assertThat(folder.resolve("other")).doesNotExist();
  }

  @Test
  void shows_the_steps_and_takes_them_with_leave_after_a_backup() throws IOException {
    model(
        """
        name: { type: text, max: 40, was: title }
        done: { type: boolean, default: false }
        state: { type: enum, values: [active, shut], default: active, wasValues: { open: active } }
        length: { type: integer, backfill: size(name) }
        """);
    assertThat(run("plan")).isEqualTo(3);
    assertThat(out().lines().map(line -> line.replaceAll(" {2,}", " | ").strip()))
        .containsExactly(
            "step | mark | rows",
            "rename note.title to note.name | slow | 2",
            "widen note.name: max from 20 to 40 | slow | 2",
            "rename values of note.state: open to active | slow | 2",
            "narrow note.state: no longer open | slow | 2",
            "widen note.state: also active | slow | 2",
            "note note.state: another default | safe | 0",
            "add note.length | slow | 2",
            "drop note.color | destructive | 2");
    assertThat(run("plan", "--format", "json")).isEqualTo(3);
    assertThat(out())
        .contains("{\"step\":\"drop note.color\",\"mark\":\"destructive\",\"rows\":2}")
        .contains("\"faults\":[]");
    assertThat(run("migrate")).isEqualTo(78);
    assertThat(notes())
        .contains("engineroom migrate --allow-loss")
        .contains("drop note.color loses the values of 2 rows");
    assertThat(run("migrate", "--allow-loss")).isZero();
    assertThat(out()).contains("Backup: " + folder.resolve("data/backups")).contains("Done");
    assertThat(run("plan")).isZero();
  }

  @Test
  void names_the_rows_that_stand_in_the_way() throws IOException {
    model(FIELDS.replace("max: 20", "max: 5"));
    assertThat(run("plan")).isEqualTo(1);
    assertThat(notes())
        .contains(": title must have at most 5 characters, and is \"long enough\"")
        .contains("note.title 1 row does not fit.");
    assertThat(run("migrate", "--allow-loss")).isEqualTo(78);
    assertThat(notes()).contains("Nothing was changed.");
    model(FIELDS);
    assertThat(run("plan")).isZero();
  }

  @Test
  void names_mistakes_of_the_model_first() throws IOException {
    model("title: txet\n");
    assertThat(run("plan")).isEqualTo(78);
    assertThat(run("migrate")).isEqualTo(78);
  }

  @Test
  void run_refuses_any_difference_and_names_the_command() throws IOException {
    model(FIELDS + "more: text?\n");
    assertThat(run("run", "--port", "0")).isEqualTo(78);
    assertThat(notes()).contains("  add note.more").contains("engineroom migrate");
  }

  @Test
  void run_and_dev_refuse_to_lose_values() throws IOException {
    model(FIELDS.replace("color: text?\n", ""));
    assertThat(run("run", "--port", "0", "--migrate")).isEqualTo(78);
    assertThat(notes()).contains("engineroom migrate --allow-loss");
    assertThat(run("dev", "--port", "0")).isEqualTo(78);
    assertThat(notes()).contains("drop note.color loses the values of 2 rows");
  }

  @Test
  void dev_takes_the_steps_that_lose_nothing() throws IOException {
    model(FIELDS + "more: text?\n");
    var options =
        new App.ServeOptions(
            HttpConfig.defaults().at("127.0.0.1", 0),
            null,
            App.Seeding.NONE,
            App.Mode.DEVELOPMENT,
            "correct-horse-battery");
    try (var running = new Engineroom().start(folder, options)) {
      model(FIELDS);
      assertThat(running.reload().mistakes()).isEmpty();
      model(FIELDS.replace("color: text?\n", ""));
      assertThat(running.reload().mistakes())
          .anyMatch(line -> line.contains("engineroom migrate --allow-loss"));
      assertThat(run("plan")).isEqualTo(3);
    }
  }
}
