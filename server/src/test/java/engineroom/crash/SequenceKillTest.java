package engineroom.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many clients number rows of two shops at the same time, without gaps. Most of what they send
/// comes to nothing: a rule is broken at the end, a value is there already, a savepoint is rolled
/// back, the client only asks whether it could, or leaves, or the server is killed. Then the
/// numbers of each shop are 1 to n, n rows have them, and every row that was acknowledged has its
/// own.
class SequenceKillTest {
  private static final int KILLS = Integer.getInteger("sequence.kills", 8);
  private static final int ABORTS = Integer.getInteger("sequence.aborts", 1_200);
  private static final int CLIENTS = 32;
  private static final List<String> SHOPS = List.of("north", "south");
  private static final Pattern MADE =
      Pattern.compile(
          "\"number\":(\\d+),\"code\":\"(\\w+)\"|\"code\":\"(\\w+)\",\"number\":(\\d+)");

  private static final String MODEL =
      """
      engineroom: 1
      name: Numbers
      entities:
        invoice:
          fields:
            shop: { type: enum, values: [north, south] }
            number: { type: integer, sequence: { gapFree: true, per: [shop] } }
            code: { type: text, unique: true }
          checks:
            - { name: lines, that: size(lines) > 0, message: must have lines }
        line:
          fields:
            invoice: { type: invoice, owned: true }
            text: text
      """;

  @TempDir Path folder;

  private final AtomicInteger codes = new AtomicInteger();
  private final AtomicInteger aborted = new AtomicInteger();
  private final AtomicInteger left = new AtomicInteger();
  private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /// A row as it came out.
  private record Numbered(String shop, long number, String code) {}

  @Test
  void gives_every_number_once_and_none_in_vain() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("SequenceKillTest: seed " + seed + ", kills " + KILLS);
    Files.writeString(folder.resolve("engineroom.yaml"), MODEL);
    var data = folder.resolve("data");
    for (int kill = 1; kill <= KILLS; kill++) {
      try (var server = ChildServer.start(folder, data, List.of())) {
        writeUntilKilled(server, seed + kill, ABORTS * kill / KILLS);
      }
    }
    try (var server = ChildServer.start(folder, data, List.of())) {
      check(server.address());
    }
  }

  private void writeUntilKilled(ChildServer server, long seed, int aborts) throws Exception {
    var over = new AtomicBoolean();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < CLIENTS; i++) {
      var random = new Random(seed * CLIENTS + i);
      threads.add(Thread.ofVirtual().start(() -> write(server.address(), random, over)));
    }
    while (aborted.get() < aborts) {
      Thread.sleep(5);
    }
    server.kill(); // with the requests of all clients under way
    over.set(true);
    for (var thread : threads) {
      thread.join();
    }
  }

  private void write(URI server, Random random, AtomicBoolean over) {
    while (!over.get()) {
      try {
        one(server, random);
      } catch (IOException _) {
        return; // killed: what was not answered may be there or not
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void one(URI server, Random random) throws IOException, InterruptedException {
    var shop = SHOPS.get(random.nextInt(SHOPS.size()));
    var good = invoice(shop, code(), true);
    var path = "/api/invoices?fields=number,code";
    switch (random.nextInt(8)) {
      case 0 -> made(send(server, path, good), 201);
      case 1 -> made(send(server, path, list(good, invoice("south", code(), true))), 201);
      case 2 -> refused(send(server, path, list(good, invoice(shop, code(), false))), 422);
      case 3 -> refused(send(server, path, list(good, good)), 409);
      case 4 -> refused(send(server, "/api/invoices?validate=only", good), 200);
      case 5 -> {
        var bad = invoice(shop, code(), false);
        made(send(server, path + "&atomic=false", list(bad, good, good, bad)), 200);
        aborted.addAndGet(3);
      }
      case 6 -> refused(send(server, "/api/batch", batch(good, invoice(shop, "x", false))), 422);
      default -> leave(server, random.nextBoolean() ? good : list(good, good));
    }
  }

  private String code() {
    return "c" + codes.incrementAndGet();
  }

  private static String invoice(String shop, String code, boolean whole) {
    return "{\"shop\":\"%s\",\"code\":\"%s\"%s}"
        .formatted(shop, code, whole ? ",\"lines\":{\"create\":[{\"text\":\"x\"}]}" : "");
  }

  private static String list(String... rows) {
    return "[" + String.join(",", rows) + "]";
  }

  private static String batch(String... rows) {
    var requests = new ArrayList<String>();
    for (var row : rows) {
      requests.add("{\"method\":\"POST\",\"path\":\"/invoices\",\"body\":" + row + "}");
    }
    return "{\"requests\":" + requests + "}";
  }

  private void made(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    var found = MADE.matcher(answer.body());
    while (found.find()) {
      var first = found.group(1) != null;
      var number = Long.valueOf(found.group(first ? 1 : 4));
      acknowledged.put(found.group(first ? 2 : 3), number);
    }
  }

  private void refused(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    aborted.incrementAndGet();
  }

  /// Sends and does not wait for the answer.
  private void leave(URI server, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    var head =
        "POST /api/invoices HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            + ("Authorization: Bearer " + ChildServer.KEY)
            + ("\r\nContent-Length: " + bytes.length + "\r\n\r\n");
    try (var socket = new Socket(server.getHost(), server.getPort())) {
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      left.incrementAndGet();
    }
  }

  private void check(URI server) throws IOException, InterruptedException {
    var rows = rows(server);
    System.out.println(
        "SequenceKillTest: %d rows, %d acknowledged, %d aborted, %d clients left"
            .formatted(rows.size(), acknowledged.size(), aborted.get(), left.get()));
    for (var shop : SHOPS) {
      var numbers = rows.stream().filter(row -> row.shop().equals(shop)).map(Numbered::number);
      var sorted = numbers.sorted(Comparator.naturalOrder()).toList();
      assertThat(sorted)
          .as("the numbers of " + shop)
          .containsExactlyElementsOf(LongStream.rangeClosed(1, sorted.size()).boxed().toList());
    }
    var present = rows.stream().collect(Collectors.toMap(Numbered::code, Numbered::number));
    assertThat(present).as("rows that were acknowledged").containsAllEntriesOf(acknowledged);
    assertThat(acknowledged).hasSizeGreaterThan(100);
    assertThat(aborted).as("aborted transactions").hasValueGreaterThanOrEqualTo(1_000);
  }

  private List<Numbered> rows(URI server) throws IOException, InterruptedException {
    var path = server.resolve("/api/invoices/export?fields=shop,number,code");
    var request =
        HttpRequest.newBuilder(path)
            .header("Authorization", "Bearer " + ChildServer.KEY)
            .header("Accept", "text/csv")
            .build();
    var answer = client.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer
        .body()
        .lines()
        .skip(1)
        .map(line -> line.split(",", -1))
        .map(cells -> new Numbered(cells[0], Long.parseLong(cells[1]), cells[2]))
        .toList();
  }

  private HttpResponse<String> send(URI server, String path, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(server.resolve(path))
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + ChildServer.KEY)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
