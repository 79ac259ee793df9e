package engineroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.app.App;
import engineroom.http.HttpConfig;
import engineroom.server.Engineroom;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Backups as their owner makes and restores them: by the command line and by HTTP.
final class BackupCommandsTest {
  private static final String KEY = "er_admin_of_the_backup_tests";
  private static final Pattern FILE = Pattern.compile("\\S+\\.backup");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream notes = new ByteArrayOutputStream();
  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir private Path folder;
  private App.Running running;

  @BeforeEach
  void with_a_served_app() throws IOException {
    Files.writeString(
        folder.resolve("engineroom.yaml"),
        """
        engineroom: 1
        name: Notes
        entities:
          note:
            fields:
              title: { type: text, search: true }
        """);
    serve();
  }

  @AfterEach
  void closed() {
    running.close();
    client.close();
  }

  private void serve() {
    running =
        new Engineroom()
            .start(
                folder,
                new App.ServeOptions(
                    HttpConfig.defaults().at("127.0.0.1", 0),
                    null,
                    App.Seeding.NONE,
                    App.Mode.DEVELOPMENT,
                    KEY));
  }

  private HttpResponse<String> send(String method, String path, String body, String key) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + running.port() + path))
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void note(String title) {
    var answer = send("POST", "/api/notes", "{\"title\":\"" + title + "\"}", KEY);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  private String notesNow() {
    return send("GET", "/api/notes?sort=id", "", KEY).body();
  }

  private int run(String... args) {
    out.reset();
    notes.reset();
    var console =
        new Main.Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(notes, true, StandardCharsets.UTF_8));
    return Main.run(Engineroom::new, console, args);
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8) + notes.toString(StandardCharsets.UTF_8);
  }

  private String made() {
    assertThat(run("backup", folder.toString())).as(said()).isZero();
    assertThat(said())
        .contains("Proved: it was restored into a scratch place, and every row compared.");
    var found = FILE.matcher(said());
    assertThat(found.find()).as(said()).isTrue();
    return found.group();
  }

  @Test
  void backs_up_a_served_app_and_restores_it_when_it_is_stopped() {
    note("one");
    note("two");
    var before = notesNow();
    var file = made();
    note("three");
    assertThat(run("restore", file, "--folder", folder.toString())).isEqualTo(1);
    assertThat(said())
        .isEqualTo(
            "engineroom: Another Engineroom has app.db open already."
                + " Stop it first, or restore --into another data folder.\n");
    running.close();
    assertThat(run("restore", file, "--folder", folder.toString())).as(said()).isZero();
    assertThat(said())
        .contains("with changes up to 2.")
        .contains("The former database is kept in " + folder.resolve("data/backups/before-"));
    serve();
    assertThat(notesNow()).isEqualTo(before);
    assertThat(send("GET", "/api/notes?search=two&fields=title", "", KEY).body())
        .contains("\"data\":[{\"title\":\"two\"}]");
  }

  @Test
  void backs_up_an_app_that_nobody_serves() {
    note("one");
    running.close();
    var file = made();
    assertThat(run("backup", folder.toString(), "--list")).isZero();
    assertThat(said()).contains(Path.of(file).getFileName().toString(), "changes up to 1");
    assertThat(run("backup", "--verify", file)).isZero();
    assertThat(said()).contains("is whole: Notes, made ");
    assertThat(run("backup", "--prove", file)).isZero();
    assertThat(said()).contains("is proved: restored into a scratch place, all ");
    assertThat(folder.resolve("data/backups").toFile().list()).hasSize(1);
  }

  @Test
  void goes_back_to_a_moment() throws InterruptedException {
    note("kept");
    var before = notesNow();
    Thread.sleep(5); // the real clock moves on between the two writes
    var moment = Instant.now();
    Thread.sleep(5);
    note("by accident");
    var target = folder.resolve("elsewhere");
    assertThat(
            run(
                "restore",
                "--folder",
                folder.toString(),
                "--at",
                moment.toString(),
                "--into",
                target.toString()))
        .as(said())
        .isZero();
    assertThat(said()).contains("from the present database, with changes up to 1.");
    running.close();
    assertThat(run("restore", "--folder", folder.toString(), "--sequence", "1")).isZero();
    serve();
    assertThat(notesNow()).isEqualTo(before);
  }

  @Test
  void a_damaged_backup_ends_with_1_and_touches_nothing() throws IOException {
    note("one");
    var file = Path.of(made());
    running.close();
    var bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 4;
    Files.write(file, bytes);
    var database = Files.readAllBytes(folder.resolve("data/app.db"));
    for (var command : new String[] {"--verify", "--prove"}) {
      assertThat(run("backup", command, file.toString())).isEqualTo(1);
      assertThat(said()).contains("is damaged: ", "has another checksum", "Take another one");
    }
    assertThat(run("restore", file.toString(), "--folder", folder.toString())).isEqualTo(1);
    assertThat(Files.readAllBytes(folder.resolve("data/app.db"))).isEqualTo(database);
  }

  @Test
  void says_what_is_missing_on_the_command_line() {
    assertThat(run("restore", "--folder", folder.toString())).isEqualTo(2);
    assertThat(said()).contains("Say what to restore: a backup's FILE, or --at TIME");
    assertThat(run("restore", "--at", "yesterday")).isEqualTo(2);
    assertThat(said())
        .contains("--at takes a time of UTC, as 2026-11-21T10:00:00Z, not yesterday.");
    assertThat(run("restore", "--at", "2026-11-21T10:00:00Z", "--sequence", "1")).isEqualTo(2);
    assertThat(run("backup", "--verify", folder.resolve("no.backup").toString())).isEqualTo(1);
    assertThat(said()).contains("There is no file ");
    var missing = folder.resolve("none").toString();
    assertThat(run("backup", folder.toString(), "--data", missing)).isEqualTo(1);
    assertThat(said()).contains("There is no database ", "Start the app once");
  }

  @Test
  void makes_and_lists_backups_for_administrators_only() {
    note("one");
    var made = send("POST", "/admin/backups", "", KEY);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    assertThat(made.body())
        .matches(
            "\\{\"name\":\"notes-\\d{8}T\\d{9}Z\\.backup\",\"time\":\"[^\"]+\",\"sequence\":1,"
                + "\"rows\":\\d+,\"bytes\":\\d+,\"proved\":true}");
    assertThat(send("GET", "/admin/backups", "", KEY).body())
        .isEqualTo("{\"data\":[" + made.body() + "],\"failed\":[]}");
    for (var method : new String[] {"GET", "POST", "DELETE"}) {
      assertThat(send(method, "/admin/backups", "", "").statusCode()).isEqualTo(401);
    }
    assertThat(send("GET", "/admin/backups", "", "er_admin_of_somebody").statusCode())
        .isEqualTo(401);
    var deleted = send("DELETE", "/admin/backups", "", KEY);
    assertThat(deleted.statusCode()).isEqualTo(405);
    assertThat(deleted.headers().firstValue("Allow")).hasValue("GET, POST");
    assertThat(send("GET", "/admin/other", "", KEY).statusCode()).isEqualTo(404);
  }
}
