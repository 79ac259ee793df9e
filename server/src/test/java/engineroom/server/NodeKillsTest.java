package engineroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.app.App;
import engineroom.app.App.Mode;
import engineroom.testkit.run.Alone;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three processes serve one app and are killed in turn under load. Clients that try again at
/// another process, with the same `Idempotency-Key`, notice nothing. `-Dnodes.kills=100` for more.
@Alone
class NodeKillsTest {
  private static final int NODES = 3;
  private static final int CLIENTS = 4;
  private static final int KILLS = Integer.getInteger("nodes.kills", 3);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

  @TempDir Path folder;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final AtomicIntegerArray ports = new AtomicIntegerArray(NODES);
  private final NodeProcess[] processes = new NodeProcess[NODES];
  private final ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> failed = new ConcurrentLinkedQueue<>();
  private final AtomicInteger retried = new AtomicInteger();
  private volatile boolean over;

  private static String model(String store, String fields) {
    return """
    engineroom: 1
    name: Notes
    store: %s
    settings: { rates: off, audit: { rows: true } }
    entities:
      note: { fields: { %s }, access: { read: true, write: true } }
    """
        .formatted(store, fields);
  }

  private Node node(int number) {
    return new Node(folder.resolve("node" + number));
  }

  private void write(String store) throws IOException {
    Node first = null;
    for (int i = 0; i < NODES; i++) {
      var node = node(i).with(model(store, "text: text"));
      if (first == null) {
        first = node.start(Mode.PRODUCTION); // makes the tables and the keys
      } else {
        node.keysOf(first);
      }
    }
    if (first != null) {
      first.close();
    }
  }

  private void start(int number) throws IOException {
    processes[number] = NodeProcess.start(folder.resolve("node" + number));
    ports.set(number, processes[number].port());
  }

  private HttpResponse<String> send(int node, String path, String key, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.get(node) + path))
            .timeout(Duration.ofSeconds(10));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json").header("Idempotency-Key", key);
      request.POST(BodyPublishers.ofString(body));
    } else if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  /// As a client behind a load balancer does: another process where one does not answer.
  private String sure(Random random, String path, String key, String body) throws Exception {
    var end = System.nanoTime() + PATIENCE.toNanos();
    var last = "";
    while (System.nanoTime() < end) {
      try {
        var answer = send(random.nextInt(NODES), path, key, body);
        if (answer.statusCode() == 200 || answer.statusCode() == 201) {
          return answer.body();
        }
        last = answer.statusCode() + " " + answer.body();
        if (answer.statusCode() != 503 && answer.statusCode() != 409) {
          break; // nothing that a client tries again
        }
      } catch (IOException e) {
        last = e.toString();
      }
      retried.incrementAndGet();
      Thread.sleep(random.nextInt(20, 60));
    }
    failed.add(path + " " + body + ": " + last);
    return "";
  }

  private void client(int number) {
    var random = new Random(number);
    try {
      for (int i = 0; !over; i++) {
        var text = "c" + number + "-" + i;
        var made = sure(random, "/api/notes", "key-" + text, "{\"text\":\"" + text + "\"}");
        var id = ID.matcher(made);
        if (id.find()) {
          acknowledged.add(text);
          sure(random, "/api/notes/" + id.group(1), "", "");
        }
      }
    } catch (Exception e) {
      failed.add(e.toString());
    }
  }

  /// Something that happens to the processes while clients are at work.
  private interface Happening {
    void happens() throws Exception;
  }

  private void underLoad(String store, Happening happening) throws Exception {
    write(store);
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < NODES; i++) {
        start(i);
      }
      for (int i = 0; i < CLIENTS; i++) {
        var number = i;
        var _ = clients.submit(() -> client(number));
      }
      try {
        Thread.sleep(1_000);
        happening.happens();
        Thread.sleep(1_000);
      } finally {
        over = true;
      }
    }
    assertThat(failed).isEmpty();
    assertThat(acknowledged.size()).isGreaterThan(100);
    assertThat(texts()).containsExactlyInAnyOrderElementsOf(acknowledged);
    assertThat(send(0, "/admin/audit/verify", Node.KEY, "").body()).contains("\"good\":true");
    System.err.printf("%d writes, %d tried again%n", acknowledged.size(), retried.get());
  }

  @AfterEach
  void stop() {
    over = true;
    for (int i = 0; i < NODES; i++) {
      if (processes[i] != null) {
        processes[i].kill();
      }
    }
    http.close();
  }

  @Test
  void clients_that_try_again_notice_nothing_of_processes_that_are_killed() throws Exception {
    underLoad(
        PostgresServer.fresh().toString(),
        () -> {
          for (int i = 0; i < KILLS; i++) {
            processes[i % NODES].kill();
            Thread.sleep(500);
            start(i % NODES);
            Thread.sleep(1_000);
          }
        });
    assertThat(retried.get()).as("requests that met a process that was killed").isPositive();
  }

  @Test
  void clients_that_try_again_notice_nothing_of_a_migration() throws Exception {
    var store = PostgresServer.fresh().toString();
    underLoad(
        store,
        () -> {
          for (int i = 0; i < NODES; i++) {
            node(i).with(model(store, "text: text, place: { type: text, default: here }"));
          }
          var project = folder.resolve("node0");
          new Engineroom().migrate(project, project.resolve("data"), App.Losing.REFUSED);
          Thread.sleep(2_000);
        });
    for (int i = 0; i < NODES; i++) {
      assertThat(send(i, "/api/notes?limit=1", "", "").body()).contains("\"place\":\"here\"");
    }
  }

  private List<String> texts() throws Exception {
    var texts = new ArrayList<String>();
    var pattern = Pattern.compile("\"text\":\"([^\"]+)\"");
    var next = Pattern.compile("\"next\":\"([^\"]+)\"");
    var path = "/api/notes?limit=500";
    while (!path.isEmpty()) {
      var page = send(0, path, "", "").body();
      pattern.matcher(page).results().forEach(found -> texts.add(found.group(1)));
      var more = next.matcher(page);
      path = more.find() ? "/api/notes?limit=500&after=" + more.group(1) : "";
    }
    return texts;
  }
}
