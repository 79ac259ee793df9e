package engineroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.app.App;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An app that was closed leaves nothing behind in a program that goes on.
class LeftoversTest {
  private static final int FIRST = 3;

  /// `-Dstarts=100` for more.
  private static final int TIMES = Integer.getInteger("starts", 20);

  /// What a start and an end may leave on average: the shell that the library keeps of a server.
  /// With the app in it, it was 13 million.
  private static final long BYTES_EACH = 200_000;

  /// Threads that end by themselves after a while, those of the JDK, and one that the library
  /// (4.5.0) never ends: it waits for connections of a server that has none.
  private static final Set<String> OTHERS =
      Set.of("passwords-#", "process reaper", "helidon-idle-connection-timer");

  @TempDir Path folder;

  private App.Running started(int number) throws IOException {
    var project = Files.createDirectories(folder.resolve("app" + number));
    Files.writeString(
        project.resolve("engineroom.yaml"),
        """
        engineroom: 1
        name: Notes
        entities:
          note:
            history: true
            fields: { title: { type: text, search: true, pattern: "^[a-z]+$" } }
            access: { read: true, write: true }
        """);
    return Started.in(project);
  }

  /// Asks every kind of door once, over connections that are closed again.
  private static void used(App.Running app) throws Exception {
    var at = "http://127.0.0.1:" + app.port();
    try (var client = HttpClient.newHttpClient()) {
      ask(client, at, "POST", "/api/notes", "{\"title\":\"tea\"}");
      ask(client, at, "GET", "/api/notes?search=tea&count=exact", "");
      ask(client, at, "GET", "/openapi.json", "");
      ask(client, at, "POST", "/graphql", "{\"query\":\"{ notes { title } }\"}");
      ask(
          client,
          at,
          "POST",
          "/auth/sign-up",
          "{\"email\":\"ann@mail.example\",\"password\":\"quiet river under a bridge\"}");
    }
  }

  private static void ask(HttpClient client, String at, String method, String path, String body)
      throws Exception {
    var publisher = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    var request =
        HttpRequest.newBuilder(URI.create(at + path))
            .header("Content-Type", "application/json")
            .method(method, publisher)
            .build();
    assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isBetween(200, 299);
  }

  private List<WeakReference<App.Running>> startedAndClosed(int from, int times) throws Exception {
    var gone = new ArrayList<WeakReference<App.Running>>();
    for (int number = from; number < from + times; number++) {
      var app = started(number);
      used(app);
      app.close();
      gone.add(new WeakReference<>(app));
    }
    return gone;
  }

  /// Bytes that are still used when nothing more can be freed.
  private static long used() throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int times = 0; times < 5; times++) {
      System.gc();
      Thread.sleep(100);
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  private static Map<String, Long> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getThreadGroup() != null)
        .map(thread -> thread.getName().replaceAll("[0-9]+", "#"))
        .filter(name -> !OTHERS.contains(name) && !name.startsWith("ForkJoinPool"))
        .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
  }

  @Test
  void nothing_is_left_of_apps_that_were_started_used_and_closed() throws Exception {
    startedAndClosed(0, FIRST);
    var before = used();
    var threads = threads();
    var gone = startedAndClosed(FIRST, TIMES);
    var after = used();
    assertThat(threads()).isEqualTo(threads);
    assertThat(gone).allMatch(app -> app.get() == null, "is forgotten");
    assertThat((after - before) / TIMES).isLessThan(BYTES_EACH);
  }
}
