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
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The audit log of a served app, and its verification by the command line.
final class AuditCommandTest {
  private static final String KEY = "er_admin_of_the_audit_tests";
  private static final String PASSWORD = "quiet river under a bridge";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir private Path folder;
  private App.Running running;

  @BeforeEach
  void with_an_app_in_which_something_was_done() throws Exception {
    Files.writeString(
        folder.resolve("engineroom.yaml"),
        """
        engineroom: 1
        name: Notes
        store: sqlite:data/app.db
        entities:
          note: { fields: { title: text } }
        """);
    serve();
    var ann = "{\"email\":\"ann@example.org\",\"password\":\"" + PASSWORD + "\"}";
    assertThat(post("/auth/sign-up", ann, "").statusCode()).isEqualTo(201);
    var wrong = "{\"login\":\"ann@example.org\",\"password\":\"wrong, I fear\"}";
    assertThat(post("/auth/sign-in", wrong, "").statusCode()).isEqualTo(401);
    assertThat(post("/api/notes", "{\"title\":\"a\"}", KEY).statusCode()).isEqualTo(201);
  }

  @AfterEach
  void closed() {
    running.close();
    client.close();
  }

  private void serve() {
    var http = HttpConfig.defaults().at("127.0.0.1", 0);
    var options = new App.ServeOptions(http, null, App.Seeding.NONE, App.Mode.DEVELOPMENT, KEY);
    running = new Engineroom().start(folder, options);
  }

  private HttpResponse<String> post(String path, String body, String key) throws Exception {
    return send(HttpRequest.newBuilder().POST(BodyPublishers.ofString(body)), path, key);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String path, String key)
      throws IOException, InterruptedException {
    request
        .uri(URI.create("http://127.0.0.1:" + running.port() + path))
        .header("Content-Type", "application/json")
        .header("User-Agent", "test/1");
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private int verify() {
    out.reset();
    var print = new PrintStream(out, true, StandardCharsets.UTF_8);
    var console = new Main.Console(print, print);
    return Main.run(Engineroom::new, console, "audit", "verify", folder.toString());
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private void forge(String sql) throws SQLException {
    var url = "jdbc:sqlite:" + folder.resolve("data/app.db");
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isEqualTo(1);
    }
  }

  @Test
  void tells_of_accounts_and_of_no_other_row() throws Exception {
    running.close(); // the end writes what waits
    serve();
    var get = HttpRequest.newBuilder().GET();
    var log = send(get, "/api/auditEntries?sort=id&fields=kind,entity,path,agent", KEY).body();
    assertThat(log)
        .contains(
            "\"auditBegan\"",
            "\"signedUp\"",
            "\"signInFailed\"",
            "\"created\"",
            "\"/auth/sign-in\"")
        .contains("test/1")
        .doesNotContain("\"note\"");
    assertThat(log).doesNotContain("ann@").doesNotContain(PASSWORD);
  }

  @Test
  void is_verified_while_it_is_served_and_afterwards() {
    assertThat(verify()).isZero();
    assertThat(said()).contains("The audit log is as it was written");
    running.close();
    assertThat(verify()).isZero();
    assertThat(said()).contains("signed up to");
  }

  @Test
  void names_the_first_bad_entry_and_ends_with_one() throws Exception {
    running.close();
    forge("UPDATE auditEntry SET who = 'eve' WHERE id = 2");
    assertThat(verify()).isEqualTo(1);
    assertThat(said()).contains("Entry 2 ").contains("not as it was written");
    serve();
    assertThat(verify()).as("while it is served").isEqualTo(1);
    assertThat(said()).contains("Entry 2 ");
  }

  @Test
  void names_what_is_missing() throws Exception {
    running.close();
    forge("DELETE FROM auditEntry WHERE id = 3");
    assertThat(verify()).isEqualTo(1);
    assertThat(said()).contains("3");
  }
}
