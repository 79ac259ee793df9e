package engineroom.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.app.App;
import engineroom.app.App.Mode;
import engineroom.http.HttpConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Mails in the whole program: the inbox page in `dev` and never in `run`.
class MailsServedTest {
  private static final String KEY = "er_admin_0123456789abcdef";

  @TempDir Path folder;

  private App.Running start(Mode mode) throws IOException {
    Files.writeString(
        folder.resolve("engineroom.yaml"),
        "engineroom: 1\nname: Shop\nentities: { note: { fields: { text: text } } }\n");
    var http = HttpConfig.defaults().at("127.0.0.1", 0);
    return new Engineroom()
        .start(folder, new App.ServeOptions(http, null, App.Seeding.NONE, mode, KEY));
  }

  private static int status(App.Running running, String path, String key) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + running.port() + path));
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }
  }

  @Test
  void dev_has_an_inbox_and_run_has_none() throws Exception {
    try (var running = start(Mode.DEVELOPMENT)) {
      assertThat(status(running, "/dev/inbox", "")).isEqualTo(200);
      assertThat(status(running, "/dev/inbox/messages", "")).isEqualTo(200);
    }
    try (var running = start(Mode.PRODUCTION)) {
      assertThat(status(running, "/dev/inbox", "")).isEqualTo(404);
      assertThat(status(running, "/dev/inbox/messages", KEY)).isEqualTo(404);
      assertThat(status(running, "/admin/mail", KEY)).isEqualTo(200);
      assertThat(status(running, "/admin/mail", "")).isEqualTo(401);
    }
  }

  @Test
  void a_bad_template_stops_the_start_with_file_and_line() throws Exception {
    Files.createDirectories(folder.resolve("mails"));
    Files.writeString(
        folder.resolve("mails/magic-link.en.txt"), "Subject: In\n\nGo to {{ lnik }}\n");
    assertThatThrownBy(() -> start(Mode.DEVELOPMENT))
        .isInstanceOf(App.ConfigException.class)
        .hasMessageContaining(
            "mails/magic-link.en.txt:3:7: There is no value lnik in this mail. Did you mean link?");
  }
}
