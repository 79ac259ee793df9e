package engineroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.app.App.Mode;
import engineroom.testkit.run.Alone;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two programs serve one app: what takes processes of their own to see.
@Alone
class NodeProcessesTest {
  private static final Duration TAKEN_OVER = Duration.ofSeconds(60);
  private static final Pattern TOKEN = Pattern.compile("\"accessToken\":\"([^\"]+)\"");
  private static final Pattern COUNT = Pattern.compile("\"count\":([0-9]+)");
  private static final String ENTITIES =
      """
      entities:
        note: { fields: { text: text }, access: { read: true, write: true } }
        tally: { fields: { name: text, total: integer }, access: { read: true, write: true } }
      """;

  @TempDir Path folder;
  private final String store = PostgresServer.fresh().toString();
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<NodeProcess> nodes = new ArrayList<>();

  private String model(String settings) {
    return "engineroom: 1\nname: Notes\nstore: %s\nsettings: %s\n".formatted(store, settings)
        + ENTITIES;
  }

  private void start(String settings, Map<String, String> environment) throws IOException {
    var model = model(settings);
    var first = new Node(folder.resolve("one")).with(model);
    var second = new Node(folder.resolve("two")).with(model);
    nodes.add(NodeProcess.start(folder.resolve("one"), 0, Mode.PRODUCTION, environment));
    if (environment.isEmpty()) {
      second.keysOf(first);
    }
    nodes.add(NodeProcess.start(folder.resolve("two"), 0, Mode.PRODUCTION, environment));
    first.close();
    second.close();
  }

  @AfterEach
  void stop() {
    nodes.forEach(NodeProcess::close);
    http.close();
  }

  private NodeProcess one() {
    return nodes.getFirst();
  }

  private NodeProcess two() {
    return nodes.getLast();
  }

  private String send(NodeProcess at, String method, String path, String token, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at.port() + path))
            .timeout(TAKEN_OVER)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return http.send(request.build(), BodyHandlers.ofString()).body();
  }

  private static String found(Pattern pattern, String text) {
    var matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
    return matcher.group(1);
  }

  private String signUp(NodeProcess at, String name) throws IOException, InterruptedException {
    return send(
        at,
        "POST",
        "/auth/sign-up",
        "",
        "{\"email\":\"%s@example.org\",\"password\":\"quiet river under it\"}".formatted(name));
  }

  private long entries(NodeProcess at) throws IOException, InterruptedException {
    var path = "/api/auditEntries?count=exact&limit=1";
    return Long.parseLong(found(COUNT, send(at, "GET", path, Node.KEY, "")));
  }

  @Test
  void processes_with_one_secret_take_each_others_tokens_and_need_no_key_files() throws Exception {
    start("{ rates: off }", Map.of("ENGINEROOM_SECRET", "one secret for all of these processes"));
    var token = found(TOKEN, signUp(one(), "bob"));
    assertThat(send(two(), "GET", "/auth/me", token, "")).contains("bob@example.org");
    for (var key : List.of("accounts.key", "cursor.key")) {
      assertThat(Files.exists(folder.resolve("two/data").resolve(key))).isFalse();
    }
    assertThat(send(two(), "GET", "/admin/audit/verify", Node.KEY, "")).contains("\"good\":true");
  }

  /// Each has keys of its own, so that one of them is refused.
  @Test
  void of_two_first_starts_at_once_the_one_that_is_refused_leaves_the_other_serving()
      throws Exception {
    var nodes = new ArrayList<Node>();
    for (var name : List.of("one", "two")) {
      nodes.add(new Node(folder.resolve(name)).with(model("{ rates: off }")));
    }
    try (var starts = Executors.newFixedThreadPool(2)) {
      var started =
          starts.invokeAll(
              nodes.stream()
                  .<Callable<Node>>map(node -> () -> node.start(Mode.PRODUCTION))
                  .toList());
      var serving = started.stream().filter(one -> one.state() == Future.State.SUCCESS).toList();
      assertThat(serving).hasSize(1);
      var there = serving.getFirst().get();
      assertThat(there.status("POST", "/api/notes", "", "{\"text\":\"here\"}")).isEqualTo(201);
      assertThat(there.status("GET", "/ready", "", "")).isEqualTo(200);
    } finally {
      nodes.forEach(Node::close);
    }
  }

  @Test
  void every_mail_is_sent_once_whoever_was_asked_for_it() throws Exception {
    try (var office = new PostOffice("bob@example.org")) {
      start(
          "{ rates: off, mail: { smtp: \"%s\", from: a@b.example, origin: \"https://b.example\" } }"
              .formatted(office.url()),
          Map.of());
      for (int i = 0; i < 10; i++) {
        assertThat(signUp(i % 2 == 0 ? one() : two(), "user" + i)).contains("user" + i);
      }
      office.await(10);
      Thread.sleep(2_000); // longer than anybody takes to send what another has sent
      assertThat(office.mails()).isEqualTo(10);
    }
  }

  @Test
  void a_process_that_hangs_holds_others_up_for_seconds_and_goes_on_when_it_wakes()
      throws Exception {
    start("{ rates: off, audit: { rows: true } }", Map.of());
    try (var load = new KeyedLoad(List.of(one().port(), two().port()))) {
      load.start();
      Thread.sleep(1_500);
      one().hang();
      var known = entries(two());
      var end = System.nanoTime() + TAKEN_OVER.toNanos();
      while (entries(two()) < known + 20) {
        assertThat(System.nanoTime()).as("nobody took over").isLessThan(end);
        send(two(), "POST", "/api/notes", "", "{\"text\":\"late\"}");
        load.alsoThere("late");
        Thread.sleep(100);
      }
      one().goOn();
      assertThat(load.servedAgain(Duration.ofSeconds(30))).isLessThan(Duration.ofSeconds(10));
      load.finish();
      load.check(two().port());
    }
    assertThat(send(one(), "GET", "/admin/audit/verify", Node.KEY, "")).contains("\"good\":true");
  }
}
