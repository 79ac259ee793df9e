package engineroom.crash;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.testkit.run.Alone;
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
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// 64 clients sell a stock, each sale a batch with a key. Answers get lost, connections break, the
/// server is killed between effect and answer; every client sends again until it knows. No sale may
/// happen twice, none be lost, and the stock must always be what the sales left of it.
@Alone
class RetryTest {
  private static final int SALES = Integer.getInteger("sales", 10_000);
  private static final int KILLS = Integer.getInteger("retry.kills", 12);
  private static final int CLIENTS = 64;
  private static final int PRODUCTS = 4;
  private static final int STOCK = SALES / 5;
  private static final int DONE = 200;
  private static final int SOLD_OUT = 422;
  private static final int STILL_RUNNING = 409;
  private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");

  private static final String MODEL =
      """
      engineroom: 1
      name: Sales
      entities:
        product:
          fields:
            stock: { type: integer, min: 0 }
        sale:
          fields:
            product: product
            order: { type: text, max: 80 }
      """;

  @TempDir Path folder;

  private final AtomicReference<URI> server = new AtomicReference<>();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger sentAgain = new AtomicInteger();
  private final Set<String> sold = ConcurrentHashMap.newKeySet();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final List<String> products = new ArrayList<>();

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  @Test
  void does_no_retried_write_twice_and_loses_none() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("RetryTest: seed " + seed + ", sales " + SALES + ", kills " + KILLS);
    Files.writeString(folder.resolve("engineroom.yaml"), MODEL);
    var random = new Random(seed);
    var threads = new ArrayList<Thread>();
    for (int kill = 0; kill < KILLS; kill++) {
      try (var child = ChildServer.start(folder, folder.resolve("data"), List.of())) {
        server.set(child.address());
        if (kill == 0) {
          stock();
          for (int i = 0; i < CLIENTS; i++) {
            var own = new Random(seed + i);
            threads.add(Thread.ofVirtual().start(() -> sell(own)));
          }
        }
        Thread.sleep(100 + random.nextInt(400)); // the moment of the kill is the point of the test
        child.kill();
      }
    }
    try (var child = ChildServer.start(folder, folder.resolve("data"), List.of())) {
      server.set(child.address());
      for (var thread : threads) {
        thread.join();
      }
      check();
    }
  }

  private void stock() throws IOException, InterruptedException {
    for (int i = 0; i < PRODUCTS; i++) {
      var answer = send("POST", "/api/products", "p" + i, "{\"stock\":" + STOCK + "}");
      var id = ID.matcher(answer.body());
      assertThat(id.find()).as(answer.body()).isTrue();
      products.add(id.group(1));
    }
  }

  private void sell(Random random) {
    for (int order = next.getAndIncrement(); order < SALES; order = next.getAndIncrement()) {
      sell("order-" + order, random);
    }
  }

  private void sell(String order, Random random) {
    var product = products.get(random.nextInt(PRODUCTS));
    var body =
        """
        {"requests": [
          {"method": "PATCH", "path": "/products/%s", "body": {"stock": {"$add": -1}}},
          {"method": "POST", "path": "/sales", "body": {"product": "%s", "order": "%s"}}]}"""
            .formatted(product, product, order);
    if (random.nextInt(4) == 0) {
      sendAndForget(order, body);
      sentAgain.incrementAndGet();
    }
    while (true) {
      try {
        var answer = send("POST", "/api/batch", order, body);
        if (answer.statusCode() == DONE) {
          sold.add(order);
          return;
        }
        if (answer.statusCode() == SOLD_OUT) {
          refused.add(order);
          return;
        }
        assertThat(answer.statusCode()).as(answer.body()).isIn(STILL_RUNNING, 503);
      } catch (IOException _) {
        // killed, or not there yet: nobody knows what became of it, so it is sent again
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
      sentAgain.incrementAndGet();
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Leaves before the answer comes.
  private void sendAndForget(String key, String body) {
    var to = server.get();
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    var head =
        "POST /api/batch HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            + ("Authorization: Bearer " + ChildServer.KEY + "\r\nIdempotency-Key: " + key)
            + ("\r\nContent-Length: " + bytes.length + "\r\n\r\n");
    try (var socket = new Socket(to.getHost(), to.getPort())) {
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    } catch (IOException _) {
      // the server is being killed: as good as an answer that was lost
    }
  }

  private void check() throws IOException, InterruptedException {
    assertThat(sold.size() + refused.size()).isEqualTo(SALES);
    assertThat(sentAgain).as("requests sent again").hasValueGreaterThan(SALES / 5);
    var left = 0;
    for (var product : products) {
      left += number("/api/products/" + product + "?fields=stock", "stock");
    }
    assertThat(left).as("stock left").isEqualTo(PRODUCTS * STOCK - sold.size());
    assertThat(number("/api/sales/aggregate?count", "count")).isEqualTo(sold.size());
    var twice = send("GET", "/api/sales/aggregate?group=order&count&having.count.ne=1", "", "");
    assertThat(twice.body()).as("sales that happened twice").contains("\"data\":[]");
    for (var order : refused.stream().limit(200).toList()) {
      assertThat(send("GET", "/api/sales?order=" + order, "", "").body()).contains("\"data\":[]");
    }
    for (var order : sold.stream().limit(200).toList()) {
      assertThat(send("GET", "/api/sales?order=" + order, "", "").body()).contains(order);
    }
  }

  private int number(String path, String name) throws IOException, InterruptedException {
    var answer = send("GET", path, "", "").body();
    var number = Pattern.compile("\"" + name + "\":(\\d+)").matcher(answer);
    assertThat(number.find()).as(answer).isTrue();
    return Integer.parseInt(number.group(1));
  }

  private HttpResponse<String> send(String method, String path, String key, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(server.get().resolve(path))
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + ChildServer.KEY)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!key.isEmpty()) {
      request.header("Idempotency-Key", key);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
