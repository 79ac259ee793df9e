package engineroom.crash;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` during mixed writes: whatever was answered is there afterwards, nothing is half done,
/// and starting again needs no hand.
class KillTest {
  private static final int KILLS = Integer.getInteger("kills", 60);
  private static final int WRITERS = 8;
  private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
  private static final Pattern TOTAL = Pattern.compile("\"amount\":(\\d+)");

  private static final String MODEL =
      """
      engineroom: 1
      name: Crash
      entities:
        account:
          fields:
            owner: { type: text, max: 80 }
            amount: { type: integer, default: 0, min: 0 }
        entry:
          plural: entries
          fields:
            account: { type: account, onDelete: cascade }
            text: { type: text }
            pair: { type: text }
      """;

  @TempDir Path folder;

  /// What was answered: the last state of each row that the server acknowledged. Absent is deleted.
  private final ConcurrentMap<String, Integer> amounts = new ConcurrentHashMap<>();

  private final ConcurrentMap<String, Boolean> deleted = new ConcurrentHashMap<>();
  private final List<String> pairs = new ArrayList<>();

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  @Test
  void keeps_every_acknowledged_write_through_every_kill() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("KillTest: seed " + seed + ", kills " + KILLS);
    var random = new Random(seed);
    Files.writeString(folder.resolve("engineroom.yaml"), MODEL);
    var data = folder.resolve("data");
    for (int kill = 0; kill < KILLS; kill++) {
      try (var server = ChildServer.start(folder, data, List.of())) {
        check(server.address());
        writeUntilKilled(server, 40 + random.nextInt(260), random.nextLong());
      }
    }
    try (var server = ChildServer.start(folder, data, List.of())) {
      check(server.address());
    }
    assertThat(amounts).as("rows that were acknowledged").hasSizeGreaterThan(KILLS);
  }

  private void writeUntilKilled(ChildServer server, int millis, long seed) throws Exception {
    var over = new AtomicBoolean();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < WRITERS; i++) {
      var random = new Random(seed + i);
      threads.add(Thread.ofVirtual().start(() -> write(server.address(), random, over)));
    }
    Thread.sleep(millis); // the moment of the kill is the point of the test
    server.kill();
    over.set(true);
    for (var thread : threads) {
      thread.join();
    }
  }

  private void write(URI server, Random random, AtomicBoolean over) {
    while (!over.get()) {
      try {
        switch (random.nextInt(4)) {
          case 0, 1 -> create(server, random);
          case 2 -> createPair(server, random);
          default -> createChangeAndPerhapsDelete(server, random);
        }
      } catch (IOException e) {
        return; // killed: what was not answered may be there or not
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private String create(URI server, Random random) throws IOException, InterruptedException {
    int amount = random.nextInt(1000);
    var answer =
        send(
            server,
            "POST",
            "/api/accounts",
            "{\"owner\":\"o" + random.nextInt() + "\",\"amount\":" + amount + "}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    var id = find(ID, answer.body());
    amounts.put(id, amount);
    return id;
  }

  private void createPair(URI server, Random random) throws IOException, InterruptedException {
    var account = create(server, random);
    var pair = "p" + random.nextLong();
    var entry = "{\"account\":\"" + account + "\",\"text\":\"x\",\"pair\":\"" + pair + "\"}";
    var answer = send(server, "POST", "/api/entries", "[" + entry + "," + entry + "]");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    synchronized (pairs) {
      pairs.add(pair);
    }
  }

  private void createChangeAndPerhapsDelete(URI server, Random random)
      throws IOException, InterruptedException {
    var id = create(server, random);
    int before = amounts.remove(id);
    var changed = send(server, "PATCH", "/api/accounts/" + id, "{\"amount\":{\"$add\":1}}");
    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
    amounts.put(id, before + 1);
    if (random.nextBoolean()) {
      amounts.remove(id);
      assertThat(send(server, "DELETE", "/api/accounts/" + id, "").statusCode()).isEqualTo(204);
      deleted.put(id, true);
    }
  }

  private void check(URI server) throws IOException, InterruptedException {
    for (var expected : amounts.entrySet()) {
      var answer = send(server, "GET", "/api/accounts/" + expected.getKey(), "");
      assertThat(answer.statusCode()).as("account " + expected.getKey()).isEqualTo(200);
      assertThat(find(TOTAL, answer.body())).isEqualTo(expected.getValue().toString());
    }
    for (var id : deleted.keySet()) {
      assertThat(send(server, "GET", "/api/accounts/" + id, "").statusCode()).isEqualTo(404);
    }
    var halves =
        send(
            server,
            "GET",
            "/api/entries/aggregate?group=pair&count&having.count.ne=2&limit=500",
            "");
    assertThat(halves.body()).as("pairs written by halves").contains("\"data\":[]");
    for (var pair : List.copyOf(pairs)) {
      var both = send(server, "GET", "/api/entries?pair=" + pair + "&count=exact", "");
      assertThat(both.body()).contains("\"count\":2");
    }
    amounts.keySet().removeIf(id -> amounts.size() > 2000);
    pairs.clear();
  }

  private HttpResponse<String> send(URI server, String method, String path, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(server.resolve(path))
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + ChildServer.KEY)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static String find(Pattern pattern, String text) {
    var matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }
}
