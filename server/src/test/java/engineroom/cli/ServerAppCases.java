package engineroom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An app on a database of a server, by the commands and over HTTP.
abstract class ServerAppCases {
  private static final String KEY = "correct-horse-battery";
  private static final String FIELDS =
      """
      title: { type: text, max: 20 }
      color: text?
      """;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream notes = new ByteArrayOutputStream();

  @TempDir private Path folder;

  /// What addresses of such servers begin with.
  abstract String kind();

  /// The address of an empty database.
  abstract String store();

  /// The names of its tables.
  abstract List<String> tables();

  /// How the copy is called that a migration makes before it loses values.
  abstract String copied();

  /// Has it keep less than the server promises.
  abstract void weaken();

  /// What is said then.
  abstract String weakness();

  /// What makes backups of it.
  abstract String backupTool();

  @BeforeEach
  void with_two_notes_to_seed() throws IOException {
    model(FIELDS);
    Files.createDirectories(folder.resolve("seed"));
    Files.writeString(
        folder.resolve("seed/note.yaml"), "- { title: tea, color: red }\n- { title: mate }\n");
  }

  private void model(String fields) throws IOException {
    Files.writeString(
        folder.resolve("engineroom.yaml"),
        "engineroom: 1\nname: Notes\nstore: %s\nentities:\n  note:\n".formatted(store())
            + "    access: { read: true, write: true }\n    fields:\n"
            + fields.indent(6));
  }

  private int run(String... arguments) {
    out.reset();
    notes.reset();
    var console = new Main.Console(new PrintStream(out), new PrintStream(notes));
    return Main.run(Engineroom::new, console, arguments);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private App.Running start(App.Mode mode) {
    var options =
        new App.ServeOptions(
            HttpConfig.defaults().at("127.0.0.1", 0), null, App.Seeding.WHEN_EMPTY, mode, KEY);
    return new Engineroom().start(folder, options);
  }

  private static String send(App.Running app, String method, String path, String body)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body));
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request.build(), BodyHandlers.ofString());
      return answer.statusCode() + " " + answer.body();
    }
  }

  @Test
  void is_served_seeded_reloaded_and_found_again() throws Exception {
    try (var app = start(App.Mode.DEVELOPMENT)) {
      assertThat(send(app, "GET", "/api/notes?fields=title&sort=title", ""))
          .startsWith("200 {\"data\":[{\"title\":\"mate\"},{\"title\":\"tea\"}]");
      assertThat(send(app, "POST", "/api/notes?fields=title", "{\"title\": \"water\"}"))
          .isEqualTo("201 {\"title\":\"water\"}");
      model("name: { type: text, max: 40, was: title }\ncolor: text?\n");
      assertThat(app.reload().mistakes()).isEmpty();
      assertThat(send(app, "GET", "/api/notes?fields=name&sort=-name&limit=1", ""))
          .startsWith("200 {\"data\":[{\"name\":\"water\"}]");
      assertThat(send(app, "GET", "/ready", "")).startsWith("200 {\"status\":\"ready\"");
    }
    try (var app = start(App.Mode.PRODUCTION)) {
      assertThat(send(app, "GET", "/api/notes?fields=name&count=exact", ""))
          .contains("\"count\":3");
    }
  }

  @Test
  void is_planned_without_a_change_and_migrated_with_leave() throws IOException {
    assertThat(run("plan", folder.toString())).isEqualTo(3);
    assertThat(out()).contains("create note");
    assertThat(tables()).isEmpty();
    assertThat(run("seed", "--folder", folder.toString())).isZero();
    model("title: { type: text, max: 20 }\n");
    assertThat(run("migrate", folder.toString())).isEqualTo(78);
    assertThat(run("migrate", folder.toString(), "--allow-loss")).isZero();
    assertThat(out()).contains("drop note.color").containsPattern(copied());
    assertThat(run("plan", folder.toString())).isZero();
  }

  @Test
  void stops_in_production_where_the_database_differs() throws IOException {
    start(App.Mode.PRODUCTION).close();
    model("title: { type: text, max: 30 }\ncolor: text?\n");
    assertThatThrownBy(() -> start(App.Mode.PRODUCTION))
        .hasMessageContaining("widen note.title: max from 20 to 30");
    start(App.Mode.MIGRATION).close();
    start(App.Mode.PRODUCTION).close();
  }

  @Test
  void says_where_less_is_kept_than_was_promised() throws Exception {
    weaken();
    var before = System.err;
    System.setErr(new PrintStream(notes, true, StandardCharsets.UTF_8));
    try (var app = start(App.Mode.DEVELOPMENT)) {
      assertThat(send(app, "GET", "/ready", ""))
          .startsWith("200 ")
          .contains("\"durability\":false");
    } finally {
      System.setErr(before);
    }
    assertThat(notes.toString(StandardCharsets.UTF_8)).contains(weakness());
  }

  @Test
  void leaves_its_backups_to_the_tools_of_its_server() {
    start(App.Mode.PRODUCTION).close();
    assertThat(run("backup", folder.toString())).isEqualTo(78);
    assertThat(notes.toString(StandardCharsets.UTF_8)).contains(backupTool());
  }

  @Test
  void leaves_nothing_behind_where_the_first_seed_is_refused() throws IOException {
    Files.writeString(
        folder.resolve("seed/note.yaml"),
        "- { title: tea }\n- { title: " + "x".repeat(21) + " }\n");
    assertThatThrownBy(() -> start(App.Mode.DEVELOPMENT))
        .hasMessageContaining("at most 20 characters");
    assertThat(tables()).isEmpty();
  }

  @Test
  void tells_of_a_server_that_does_not_answer_and_shows_no_password() throws IOException {
    Files.writeString(
        folder.resolve("engineroom.yaml"),
        """
        engineroom: 1
        name: Notes
        store: %s://ann:s3cret@127.0.0.1:1/notes
        entities: { note: { fields: { title: text } } }
        """
            .formatted(kind()));
    assertThatThrownBy(() -> start(App.Mode.DEVELOPMENT))
        .isInstanceOf(App.ConfigException.class)
        .hasMessageContaining(kind() + "://ann@127.0.0.1:1/notes can't be opened")
        .hasMessageNotContaining("s3cret");
    assertThat(List.of(run("plan", folder.toString()))).containsExactly(78);
    assertThat(notes.toString(StandardCharsets.UTF_8)).doesNotContain("s3cret");
  }
}
