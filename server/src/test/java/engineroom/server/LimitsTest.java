package engineroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.app.App;
import engineroom.http.HttpConfig;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The limits of the documentation through the whole program: at the limit, one above, a hundred
/// times above; and the program serves on.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LimitsTest {
  private static final int SPOKES = 3000;

  /// A calculation of 149 parts: fifty fields, as many rows that they are of, and what is between.
  private static final String HEAVY = repeat("(" + repeat("n", " + ", 10) + ")", " + ", 5);

  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

  private final HttpClient client = HttpClient.newHttpClient();
  private App.Running running;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    Files.createDirectories(folder.resolve("model"));
    Files.writeString(
        folder.resolve("engineroom.yaml"),
        """
        engineroom: 1
        name: wheel
        store: sqlite:data/app.db
        settings: { limits: { requestSeconds: 2 } }
        """);
    var references =
        IntStream.range(0, 25)
            .mapToObj(i -> "r" + i + ": { type: node?, inverse: s" + i + " }")
            .toList();
    Files.writeString(folder.resolve("model/node.yaml"), model(references));
    var options =
        new App.ServeOptions(
            HttpConfig.defaults().at("127.0.0.1", 0),
            null,
            App.Seeding.NONE,
            App.Mode.DEVELOPMENT,
            "correct-horse-battery");
    running = new Engineroom().start(folder, options);
    fill();
  }

  private static String model(List<String> references) {
    return """
    entities:
      node:
        fields:
          n: { type: integer }
          heavy: { type: integer, compute: "%s" }
          any: { type: json? }
          hub: { type: node?, inverse: spokes }
    %s
        access: { read: true, write: true }
      sheet:
        fields:
          n: { type: integer, default: 1 }
          heavy0: { type: integer, compute: "%s" }
          heavy1: { type: integer, compute: heavy0 }
          heavy2: { type: integer, compute: heavy1 }
          heavy3: { type: integer, compute: heavy2 }
    %s
        access: { read: true, write: true }
    """
        .formatted(
            HEAVY,
            String.join("\n", references).indent(6).stripTrailing(),
            HEAVY,
            String.join("\n", sheetReferences()).indent(6).stripTrailing());
  }

  private static List<String> sheetReferences() {
    return IntStream.range(0, 20)
        .mapToObj(i -> "p" + i + ": { type: sheet?, inverse: s" + i + " }")
        .toList();
  }

  private void fill() throws Exception {
    var hub = ID.matcher(post("", "{\"n\":0}").body());
    assertThat(hub.find()).isTrue();
    var spoke = "{\"n\":1,\"hub\":\"" + hub.group(1) + "\"}";
    var answer = post("", "[" + repeat(spoke, ",", SPOKES) + "]");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  @AfterAll
  void stop() {
    running.close();
    client.close();
  }

  @AfterEach
  void the_program_serves_on() throws Exception {
    assertThat(get("?limit=1").statusCode()).isEqualTo(200);
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + running.port() + "/api/nodes" + path));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(to(path).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    var request =
        to(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static String repeat(String text, String between, int times) {
    return IntStream.range(0, times).mapToObj(_ -> text).collect(Collectors.joining(between));
  }

  private static void good(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
  }

  private static void refused(HttpResponse<String> answer, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
  }

  /// JSON with arrays within each other; the object around them is one level.
  private static String deep(int levels) {
    return "{\"n\":1,\"any\":" + "[".repeat(levels - 1) + "]".repeat(levels - 1) + "}";
  }

  @Test
  void json_may_be_64_levels_deep() throws Exception {
    good(post("", deep(64)));
    refused(post("", deep(65)), "request/over-limit/json-depth");
    refused(post("", deep(6400)), "request/over-limit/json-depth");
  }

  private static String wide(int elements) {
    return "{\"n\":1,\"any\":[" + repeat("1", ",", elements) + "]}";
  }

  @Test
  void an_array_may_have_10_000_elements() throws Exception {
    good(post("", wide(10_000)));
    refused(post("", wide(10_001)), "request/over-limit/json-array");
    // a hundred times as many do not fit into the usual body, which is refused as such
    assertThat(post("", wide(1_000_000)).statusCode()).isEqualTo(413);
  }

  private static String conditions(int count) {
    return "{\"where\":{\"or\":[" + repeat("{\"n\":{\"gt\":1}}", ",", count) + "]},\"limit\":1}";
  }

  @Test
  void a_filter_may_name_computed_fields_of_two_thousand_parts() throws Exception {
    good(get("?limit=1&" + repeat("heavy.gte=0", "&", 13)));
    for (int times : new int[] {14, 99}) {
      var answer = get("?limit=1&" + repeat("heavy.gte=0", "&", times));
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("operation/over-limit/filter-computed");
    }
  }

  private HttpResponse<String> sheetsWith(int paths) throws Exception {
    var names = IntStream.range(0, paths).mapToObj(i -> "p" + i).collect(Collectors.joining(","));
    var uri = "http://127.0.0.1:" + running.port() + "/api/sheets?expand=" + names;
    return client.send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString());
  }

  private static String paths(int count, String shown) {
    return IntStream.range(0, count)
        .mapToObj(i -> "p" + i + " " + shown)
        .collect(Collectors.joining(" "));
  }

  /// Each sheet shows 149, 151, 153 and 155 parts.
  @Test
  void a_row_may_show_computed_fields_of_ten_thousand_parts() throws Exception {
    good(sheetsWith(15));
    refused(sheetsWith(16), "operation/over-limit/shown-computed");
    var ofEach = paths(20, "{ heavy0 heavy1 }");
    var tenTimes = paths(17, "{ " + ofEach + " }");
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + running.port() + "/graphql"))
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "{\"query\":\"{ sheets(limit: 1) { " + tenTimes + " } }\"}"));
    assertThat(client.send(request.build(), BodyHandlers.ofString()).body())
        .contains("operation/over-limit/shown-computed");
  }

  @Test
  void a_filter_may_have_100_parts() throws Exception {
    good(post("/query", conditions(99)));
    refused(post("/query", conditions(100)), "operation/over-limit/filter-nodes");
    refused(post("/query", conditions(9_999)), "operation/over-limit/filter-nodes");
  }

  private static String nested(int levels) {
    return "?limit=1&filter=" + "!(".repeat(levels - 1) + "n%3D%3D1" + ")".repeat(levels - 1);
  }

  @Test
  void a_filter_may_be_8_levels_deep() throws Exception {
    good(get(nested(8)));
    refused(get(nested(9)), "operation/over-limit/filter-depth");
    assertThat(get(nested(800)).statusCode()).isEqualTo(400);
  }

  @Test
  void an_order_may_have_8_keys() throws Exception {
    good(get("?limit=1&sort=n,r0,r1,r2,r3,r4,r5,r6"));
    refused(get("?limit=1&sort=n,r0,r1,r2,r3,r4,r5,r6,r7"), "operation/over-limit/sort-keys");
    refused(get("?limit=1&sort=" + repeat("n", ",", 800)), "operation/over-limit/sort-keys");
  }

  @Test
  void an_expansion_may_be_5_names_deep() throws Exception {
    good(get("?limit=1&expand=" + repeat("hub", ".", 5)));
    refused(get("?limit=1&expand=" + repeat("hub", ".", 6)), "operation/over-limit/expand-depth");
    refused(get("?limit=1&expand=" + repeat("hub", ".", 500)), "operation/over-limit/expand-depth");
  }

  private static String expansions(int count) {
    var paths = new ArrayList<String>();
    for (int i = 0; i < 25; i++) {
      paths.add("r" + i);
    }
    for (int i = 0; paths.size() < count; i++) {
      paths.add("r" + i / 25 % 25 + ".r" + i % 25 + ".r" + i / 625);
    }
    return "?limit=1&expand=" + String.join(",", paths.subList(0, count));
  }

  @Test
  void an_expansion_may_have_20_paths() throws Exception {
    good(get(expansions(20)));
    refused(get(expansions(21)), "operation/over-limit/expand-paths");
    refused(get(expansions(700)), "operation/over-limit/expand-paths");
    assertThat(get(expansions(2000)).statusCode()).isEqualTo(414);
  }

  @Test
  void a_page_may_have_500_rows() throws Exception {
    good(get("?limit=500"));
    refused(get("?limit=501"), "request/over-limit/page");
    refused(get("?limit=50000"), "request/over-limit/page");
  }

  /// Each of the spokes is compared with each, for each of them.
  private static final String SLOW =
      "?limit=1&filter=" + "hub.spokes.exists(a,a.hub.spokes.exists(b,b.n%3D%3D-1))";

  /// On a busy machine a short read may seem long for once, and then waits among the long ones.
  @Test
  void a_question_beyond_the_time_of_a_request_is_stopped_in_the_store() throws Exception {
    boolean beside = false;
    for (int round = 0; round < 10 && !beside; round++) {
      beside = answersBesideSlowQuestions();
    }
    assertThat(beside).as("a short question is answered while long ones are worked on").isTrue();
  }

  private boolean answersBesideSlowQuestions() throws Exception {
    var begin = System.nanoTime();
    List<HttpResponse<String>> all = Collections.synchronizedList(new ArrayList<>());
    var askers = new ArrayList<Thread>();
    for (int i = 0; i < 6; i++) {
      askers.add(Thread.ofVirtual().start(() -> slow(all)));
    }
    boolean beside = false;
    while (all.isEmpty()) {
      boolean late = System.nanoTime() - begin > Duration.ofMillis(500).toNanos();
      var quick = get("?limit=50&fields=n");
      beside |= late && quick.statusCode() == 200 && all.isEmpty();
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    for (var asker : askers) {
      asker.join();
    }
    var took = Duration.ofNanos(System.nanoTime() - begin);
    assertThat(all).hasSize(6);
    for (var answer : all) {
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(504);
      assertThat(answer.body()).contains("\"code\":\"store/out-of-time\"");
    }
    assertThat(took).isBetween(Duration.ofMillis(1900), Duration.ofSeconds(30));
    return beside;
  }

  private void slow(List<HttpResponse<String>> all) {
    try {
      all.add(get(SLOW));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
