package engineroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `engineroom dev` as a user runs it: a process of its own, its files edited, asked by HTTP.
final class DevReloadTest {
  private static final String KEY = "er_admin_of_the_reload_tests_0123456789";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient client = HttpClient.newHttpClient();
  private final LinkedBlockingQueue<String> notes = new LinkedBlockingQueue<>();

  @TempDir private Path folder;
  private Process process;
  private String address;

  @BeforeEach
  void start() throws IOException {
    Files.createDirectories(folder.resolve("model"));
    Files.writeString(
        folder.resolve("engineroom.yaml"),
        """
        engineroom: 1
        name: notes
        store: sqlite:data/app.db
        """);
    model("title: { type: text }");
    process = child();
    Thread.ofPlatform().daemon().start(this::readNotes);
    var ready = process.inputReader().readLine();
    assertThat(ready).startsWith("Engineroom is ready at ");
    address = ready.substring("Engineroom is ready at ".length());
  }

  @AfterEach
  void stop() {
    process.destroy();
    process.onExit().join();
    client.close();
  }

  private Process child() throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var builder =
        new ProcessBuilder(
            List.of(
                java,
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "engineroom.cli.Main",
                "dev",
                folder.toString(),
                "--port",
                "0"));
    builder.environment().put("ENGINEROOM_ADMIN_KEY", KEY);
    return builder.start();
  }

  private void readNotes() {
    try (var reader = process.errorReader()) {
      for (var line = reader.readLine(); line != null; line = reader.readLine()) {
        notes.add(line);
      }
    } catch (IOException _) {
      return; // the program has ended
    }
  }

  private void model(String fields) throws IOException {
    var indented = fields.indent(6).stripTrailing();
    var text =
        """
        entities:
          note:
            fields:
        %s
            access:
              read: true
              write: true
        """
            .formatted(indented);
    Files.writeString(folder.resolve("model/note.yaml"), text);
  }

  /// Waits for a note that contains the text and gives it.
  private String note(String text) throws InterruptedException {
    var end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      var line = notes.poll(1, TimeUnit.SECONDS);
      if (line != null && line.contains(text)) {
        return line;
      }
    }
    throw new AssertionError("nothing was said of: " + text);
  }

  private HttpResponse<String> create(String body) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(address + "/api/notes"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void a_field_is_served_as_soon_as_the_file_has_it_and_a_mistake_changes_nothing()
      throws Exception {
    assertThat(create("{\"title\":\"a\",\"pages\":3}").statusCode()).isEqualTo(422);

    model("title: { type: text }\npages: { type: integer? }");
    note("The new model is live.");
    assertThat(note("pages")).contains("note");
    assertThat(create("{\"title\":\"b\",\"pages\":3}").body()).contains("\"pages\":3");

    model("title: { type: text }\npages: { type: intger? }");
    assertThat(note("model/note.yaml")).contains("intger", "integer");
    note("The model before goes on");
    assertThat(create("{\"title\":\"c\",\"pages\":4}").statusCode()).isEqualTo(201);

    model("title: { type: text }\npages: { type: integer? }\ndone: { type: boolean? }");
    note("The new model is live.");
    assertThat(create("{\"title\":\"d\",\"done\":true}").body()).contains("\"done\":true");
  }

  @Test
  void the_access_log_names_the_operation_whatever_came_of_it() throws Exception {
    create("{}");
    assertThat(note("\"path\":\"/api/notes\""))
        .contains("\"operation\":\"note.create\",\"status\":422");
  }
}
