package engineroom.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A body that is larger than all the memory that the program has (`-Xmx256m`), written as it
/// comes.
final class LargeStreamTest {
  private static final int LINES = 400;

  /// Beside its row, each line has a value that is refused, or blanks.
  private static final String MIB = " ".repeat(1 << 20);

  @TempDir Path folder;

  @Test
  void a_body_larger_than_the_memory_is_written_line_by_line() throws Exception {
    Files.writeString(
        folder.resolve("engineroom.yaml"),
        """
        engineroom: 1
        name: notes
        store: sqlite:data/app.db
        entities:
          note:
            fields: { number: { type: integer, unique: true }, text: { type: text?, max: 10 } }
            access: { read: true, write: true }
        """);
    try (var child = ChildServer.start(folder, folder.resolve("data"), List.of());
        var socket = new Socket(child.address().getHost(), child.address().getPort())) {
      socket.setSoTimeout(300_000);
      var sending = Thread.ofPlatform().start(() -> send(socket));
      var in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      int created = 0;
      int refused = 0;
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        created += line.contains("\"status\":201") ? 1 : 0;
        refused += line.contains("\"status\":422") ? 1 : 0;
        if (line.startsWith("{\"written\"")) {
          assertThat(line)
              .isEqualTo("{\"written\":" + LINES / 2 + ",\"refused\":" + LINES / 2 + "}");
          break;
        }
      }
      sending.join();
      assertThat(created).isEqualTo(LINES / 2);
      assertThat(refused).isEqualTo(LINES / 2);
    }
  }

  private static void send(Socket socket) {
    try {
      var out = socket.getOutputStream();
      say(
          out,
          """
          POST /api/notes?atomic=false&fields=number HTTP/1.1\r
          Host: localhost\r
          Content-Type: application/x-ndjson\r
          Transfer-Encoding: chunked\r
          \r
          """);
      for (int i = 0; i < LINES; i++) {
        var line =
            i % 2 == 0
                ? "{\"number\":" + i + MIB + "}\n"
                : "{\"number\":" + i + ",\"text\":\"" + MIB + "\"}\n";
        say(out, Integer.toHexString(line.length()) + "\r\n" + line + "\r\n");
      }
      say(out, "0\r\n\r\n");
    } catch (IOException e) {
      throw new IllegalStateException("the server did not take all of it", e);
    }
  }

  private static void say(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }
}
