package engineroom.server;

import static engineroom.problem.ProblemException.problem;
import static org.assertj.core.api.Assertions.assertThat;

import engineroom.app.App;
import engineroom.http.Request;
import engineroom.http.Sent;
import engineroom.operation.Call;
import engineroom.problem.AuthorizeProblem.SignInNeeded;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Rows that are written while they come, over the network: NDJSON with `atomic=false`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RowStreamTest {
  private static final int STREAM_MAX = 3_000_000;
  private static final String TARGET = "/api/products?atomic=false&fields=sku";
  private static final String NDJSON = "application/x-ndjson";

  private final HttpClient client = HttpClient.newHttpClient();
  private App.Running running;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    running = started(folder);
  }

  private static App.Running started(Path folder) throws IOException {
    Files.writeString(
        folder.resolve("engineroom.yaml"),
        """
        engineroom: 1
        name: shop
        store: sqlite:data/app.db
        settings: { limits: { streamBytes: %d } }
        entities:
          product:
            fields:
              sku: { type: text, unique: true, max: 20 }
              stock: { type: integer?, min: 0 }
            access: { read: true, write: true }
          closed:
            fields: { name: text }
            access: { read: true }
        """
            .formatted(STREAM_MAX));
    return Started.in(folder);
  }

  @AfterAll
  void stop() {
    running.close();
    client.close();
  }

  private Conversation conversation() throws IOException {
    return conversation(running);
  }

  private static Conversation conversation(App.Running app) throws IOException {
    return new Conversation(app.port()).ask("POST", TARGET, NDJSON);
  }

  private HttpRequest.Builder to(String target) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + running.port() + target));
  }

  private HttpResponse<String> send(String method, String target, String body, String... headers)
      throws Exception {
    var request = to(target).method(method, BodyPublishers.ofString(body));
    request.header("Content-Type", NDJSON);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private String skus(String beginning) throws Exception {
    var target = "/api/products?fields=sku&sort=sku&limit=500&sku.startsWith=" + beginning;
    return client.send(to(target).build(), BodyHandlers.ofString()).body();
  }

  private static String row(String sku) {
    return "{\"sku\":\"" + sku + "\"}\n";
  }

  @Test
  void answers_each_line_while_the_next_is_not_yet_sent() throws Exception {
    try (var talk = conversation()) {
      talk.say(row("talk-1"));
      assertThat(talk.hear()).isEqualTo("{\"line\":1,\"status\":201,\"row\":{\"sku\":\"talk-1\"}}");
      assertThat(skus("talk-")).contains("talk-1");
      talk.say("{\"sku\":\"talk-2\",\"stock\":-1}\n{\"sku\":\"ta");
      assertThat(talk.hear())
          .startsWith("{\"line\":2,\"status\":422,\"problem\":")
          .contains("stock");
      talk.say("lk-3\"}\r\n\n{sku}\n");
      assertThat(talk.hear()).startsWith("{\"line\":3,\"status\":201,").contains("talk-3");
      assertThat(talk.hear()).startsWith("{\"line\":5,\"status\":400,").contains("Line 5 is not");
      talk.say(row("talk-3") + "{\"sku\":\"talk-4\"}");
      assertThat(talk.hear()).startsWith("{\"line\":6,\"status\":409,");
      talk.end();
      assertThat(talk.hear()).startsWith("{\"line\":7,\"status\":201,").contains("talk-4");
      assertThat(talk.hear()).isEqualTo("{\"written\":3,\"refused\":3}");
      assertThat(talk.hear()).isEmpty();
      assertThat(skus("talk-")).contains("talk-1", "talk-3", "talk-4").doesNotContain("talk-2");
    }
  }

  @Test
  void serves_the_next_request_of_the_connection() throws Exception {
    try (var talk = conversation()) {
      for (int i = 1; i <= 3; i++) {
        talk.say(row("next-" + i));
        assertThat(talk.hear()).startsWith("{\"line\":1,\"status\":201,");
        talk.end();
        assertThat(talk.hear()).isEqualTo("{\"written\":1,\"refused\":0}");
        assertThat(talk.hear()).isEmpty();
        talk.ask("POST", TARGET, NDJSON);
      }
      talk.end();
      assertThat(talk.hear()).isEqualTo("{\"written\":0,\"refused\":0}");
    }
  }

  @Test
  void keeps_what_it_answered_where_the_client_leaves() throws Exception {
    try (var talk = conversation()) {
      talk.say(row("left-1") + row("left-2"));
      assertThat(talk.hear()).contains("left-1");
      assertThat(talk.hear()).contains("left-2");
      talk.say("{\"sku\":\"left-3\"}");
    }
    assertThat(send("POST", TARGET, row("left-4")).body()).contains("\"written\":1");
    assertThat(skus("left-")).contains("left-1", "left-2", "left-4").doesNotContain("left-3");
  }

  @Test
  void holds_up_no_other_writer_while_it_waits() throws Exception {
    try (var talk = conversation()) {
      talk.say(row("wait-1") + "{\"sku\":");
      assertThat(talk.hear()).contains("wait-1");
      assertThat(send("POST", TARGET, row("wait-2")).body()).contains("\"written\":1");
      talk.say("\"wait-3\"}\n");
      assertThat(talk.hear()).contains("wait-3");
    }
  }

  @Test
  void takes_as_many_at_a_time_as_it_may_and_refuses_one_more(@TempDir Path folder)
      throws Exception {
    var open = new ArrayList<Conversation>();
    try (var app = started(folder)) {
      for (int i = 0; i < 8; i++) {
        open.add(conversation(app));
        open.get(i).say(row("many-" + i));
        assertThat(open.get(i).hear()).contains("many-" + i);
      }
      try (var more = conversation(app)) {
        more.say(row("many-8"));
        assertThat(more.head()).startsWith("HTTP/1.1 503 ");
      }
      for (var talk : open) {
        talk.say(row("more-" + open.indexOf(talk)));
        assertThat(talk.hear()).contains("more-");
        talk.end();
        assertThat(talk.hear()).isEqualTo("{\"written\":2,\"refused\":0}");
        talk.close();
      }
    }
  }

  /// Lines that are long, though their rows are short.
  private static byte[] lines(String name, int count, int bytes) {
    var text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      var row = row(name + "-" + i).strip();
      text.append(row).append(" ".repeat(bytes - row.length() - 1)).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private List<String> upload(byte[] body) throws Exception {
    var request =
        to(TARGET)
            .header("Content-Type", NDJSON)
            .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
    return client.send(request.build(), BodyHandlers.ofString()).body().lines().toList();
  }

  @Test
  void takes_more_than_any_other_body_may_have() throws Exception {
    var told = upload(lines("much", 300, STREAM_MAX / 300));
    assertThat(told).hasSize(301);
    assertThat(told.getLast()).isEqualTo("{\"written\":300,\"refused\":0}");
  }

  @Test
  void ends_at_its_own_limit_and_says_what_it_kept() throws Exception {
    for (int bytes : new int[] {STREAM_MAX + 10_000, 20 * STREAM_MAX}) {
      try (var talk = conversation()) {
        talk.say(new String(lines("over" + bytes, 10, 1_000), StandardCharsets.UTF_8));
        for (int i = 0; i < 10; i++) {
          assertThat(talk.hear()).contains("\"status\":201");
        }
        var sending =
            Thread.ofVirtual()
                .start(
                    () -> {
                      try {
                        for (int sent = 10_000; sent < bytes; sent += 100_000) {
                          talk.say(" ".repeat(99_999) + "\n");
                        }
                      } catch (IOException _) {
                        return; // the server has had enough
                      }
                    });
        assertThat(talk.hear())
            .startsWith("{\"written\":10,\"refused\":0,\"problem\":")
            .contains("\"status\":413", "more than " + STREAM_MAX + " bytes");
        sending.join();
      }
    }
  }

  @Test
  void changes_rows_that_are_there_by_a_key() throws Exception {
    var first = send("PUT", TARGET + "&by=sku", row("key-1"));
    assertThat(first.headers().firstValue("Content-Type")).contains(NDJSON);
    assertThat(first.body()).startsWith("{\"line\":1,\"status\":201,");
    var again = send("PUT", TARGET + "&by=sku", row("key-1") + row("key-2"));
    assertThat(again.body().lines().toList().getFirst()).contains("\"status\":200");
    assertThat(again.body()).contains("\"line\":2,\"status\":201", "\"written\":2");
    var ignored = send("POST", TARGET + "&onConflict=ignore", row("key-1")).body();
    assertThat(ignored).contains("\"status\":200", "\"written\":1");
  }

  @Test
  void writes_no_more_for_who_is_no_longer_let_in(@TempDir Path folder) throws Exception {
    try (var app = new AppOnDisk(folder)) {
      app.start("product:\n  fields: { sku: text }\n  access: { read: true, write: true }\n");
      var first = new ByteArrayInputStream(row("a").getBytes(StandardCharsets.UTF_8));
      var second = new ByteArrayInputStream(row("b").getBytes(StandardCharsets.UTF_8));
      var asked = new AtomicInteger();
      var call = Call.internal(app.clock().instant());
      var incoming =
          new Request.Incoming(
              new SequenceInputStream(first, second),
              () -> {
                if (asked.getAndIncrement() > 0) {
                  throw problem(new SignInNeeded("Sign in again."));
                }
                return call;
              });
      var headers = Map.of("Content-Type", NDJSON);
      var request =
          new Request(
              "POST",
              "/api/products",
              "atomic=false",
              name -> Optional.ofNullable(headers.get(name)),
              new byte[0],
              incoming,
              call);
      var told = Sent.text(app.doors().handle(request)).lines().toList();
      assertThat(told.getFirst()).startsWith("{\"line\":1,\"status\":201,");
      assertThat(told.getLast())
          .startsWith("{\"written\":1,\"refused\":0,\"problem\":")
          .contains("\"status\":401");
      assertThat(app.admin("GET", "/api/products?fields=sku"))
          .contains("\"a\"")
          .doesNotContain("\"b\"");
    }
  }

  @Test
  void answers_as_one_object_to_who_takes_no_lines() throws Exception {
    var answer = send("POST", TARGET, row("whole-1"), "Accept", "application/json");
    assertThat(answer.body()).startsWith("{\"data\":[{\"status\":201,\"row\":").endsWith("}");
    var all = send("POST", "/api/products", row("whole-2") + row("whole-2"));
    assertThat(all.statusCode()).isEqualTo(409);
    assertThat(skus("whole-")).contains("whole-1").doesNotContain("whole-2");
  }

  @Test
  void refuses_before_it_begins_what_can_not_be() throws Exception {
    var keyed = send("POST", TARGET, row("no-1"), "Idempotency-Key", "k1");
    assertThat(keyed.statusCode()).isEqualTo(400);
    assertThat(keyed.body()).contains("by and onConflict");
    assertThat(send("POST", "/api/closeds?atomic=false", "{\"name\":\"x\"}\n").statusCode())
        .isEqualTo(401);
    assertThat(send("POST", TARGET + "&nothing=1", row("no-2")).statusCode()).isEqualTo(400);
    assertThat(send("PUT", TARGET, row("no-3")).statusCode()).isEqualTo(400);
    assertThat(send("POST", TARGET + "&validate=only", row("no-4")).statusCode()).isEqualTo(400);
    assertThat(skus("no-")).startsWith("{\"data\":[]");
  }
}
