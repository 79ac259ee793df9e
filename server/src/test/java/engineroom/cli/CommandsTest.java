package engineroom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.app.AdministratorKey;
import engineroom.app.App;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandsTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream notes = new ByteArrayOutputStream();

  @TempDir private Path folder;

  private int run(String... args) {
    var console = new Main.Console(new PrintStream(out), new PrintStream(notes));
    return Main.run(
        () -> {
          throw new IllegalStateException("this command needs no app");
        },
        console,
        args);
  }

  private AdministratorKey key(String chosen) {
    var shown = chosen.isEmpty() ? null : chosen.toCharArray();
    return AdministratorKey.open(folder, shown, new SecureRandom(), new PrintStream(notes));
  }

  private String notes() {
    return notes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void new_writes_a_project_and_never_over_another() {
    assertThat(run("new", folder.resolve("notes").toString())).isZero();
    assertThat(folder.resolve("notes/engineroom.yaml")).content().contains("name: \"notes\"");
    assertThat(folder.resolve("notes/.gitignore")).exists();
    assertThat(run("new", folder.resolve("notes").toString())).isEqualTo(78);
    assertThat(notes()).contains("exists already");
  }

  @Test
  void a_wrong_command_line_ends_with_2() {
    assertThat(run("dve")).isEqualTo(2);
    assertThat(run("run", "--port", "many")).isEqualTo(2);
    assertThat(run()).isEqualTo(2);
  }

  @Test
  void options_that_can_not_be_end_with_78() {
    assertThat(run("run", "--port", "70000")).isEqualTo(78);
    assertThat(notes()).contains("port must be 0 to 65535, was 70000");
  }

  @Test
  void a_made_key_is_shown_once_and_works_after_a_restart() throws Exception {
    key("");
    var made = notes().strip().replaceAll(".* ", "");
    assertThat(made).matches("er_admin_[A-Za-z0-9_-]{32}");
    notes.reset();
    assertThat(key("").matches("Bearer " + made)).isTrue();
    assertThat(notes()).isEmpty();
    var file = folder.resolve(AdministratorKey.FILE);
    assertThat(Files.readString(file)).doesNotContain(made);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void a_chosen_key_works_and_a_short_one_is_refused() {
    var key = key("correct-horse-battery");
    assertThat(key.matches("bearer correct-horse-battery")).isTrue();
    assertThat(key.matches("")).isFalse();
    assertThatThrownBy(() -> key("short")).isInstanceOf(App.ConfigException.class);
  }

  @Test
  void any_other_credential_is_refused() {
    var key = key("correct-horse-battery");
    for (var wrong : new String[] {"Bearer correct-horse-batterx", "Basic eDp5", "Bearer ", "x"}) {
      assertThat(key.matches(wrong)).as(wrong).isFalse();
    }
  }
}
