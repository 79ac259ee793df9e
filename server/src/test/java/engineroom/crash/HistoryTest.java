package engineroom.crash;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.http.Sent;
import engineroom.json.SchemaCheck;
import engineroom.modelfile.ModelReader;
import engineroom.modelfile.ModelReader.Reading;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.server.Wiring;
import engineroom.store.MemoryStore;
import engineroom.store.Store;
import engineroom.stores.sqlite.SqliteDatabase;
import engineroom.testkit.ListHistory;
import engineroom.testkit.ListHistory.End;
import engineroom.testkit.ListHistory.Step;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Batches append to lists and read them, many at once: what they saw must fit some order of them,
/// one after another, through every kill.
class HistoryTest {
  private static final int CLIENTS = 16;
  private static final int LISTS = 6;
  private static final int BATCHES = 3000;
  private static final int KILLS = Integer.getInteger("history.kills", 8);
  private static final Duration TIME = Duration.ofSeconds(30);
  private static final Pattern ITEMS = Pattern.compile("\"items\":\\[([0-9,]*)]");

  private static final String MODEL =
      """
      engineroom: 1
      name: Lists
      entities:
        list:
          fields:
            items: integer[]
      """;

  @TempDir Path folder;

  private final AtomicInteger values = new AtomicInteger();

  /// A server, however it is reached: the body of an answer, or an error where nobody knows.
  private interface Server {
    String send(String method, String path, String body) throws IOException, InterruptedException;
  }

  @Test
  void histories_in_memory_and_on_sqlite_fit_an_order() throws Exception {
    var good = model();
    assertThat(anomalies(inProcess(new MemoryStore(good.model()), good))).isEmpty();
    try (var database = SqliteDatabase.open(folder.resolve("lists.db"))) {
      assertThat(anomalies(inProcess(database.store(good.model()), good))).isEmpty();
    }
  }

  @Test
  void a_store_that_tears_transactions_is_found_out() throws Exception {
    var good = model();
    var torn = new TornStore(new MemoryStore(good.model()));
    assertThat(anomalies(inProcess(torn, good))).isNotEmpty();
  }

  @Test
  void histories_through_kills_fit_an_order() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("HistoryTest: seed " + seed + ", kills " + KILLS);
    model();
    var random = new Random(seed);
    var history = new ListHistory();
    for (int kill = 0; kill < KILLS; kill++) {
      try (var child = ChildServer.start(folder, folder.resolve("data"), List.of())) {
        var server = overHttp(child.address());
        if (kill == 0) {
          lists(server);
        }
        var over = new AtomicBoolean();
        var clients = clients(server, history, () -> !over.get());
        Thread.sleep(300 + random.nextInt(600)); // the moment of the kill is the point of the test
        child.kill();
        over.set(true);
        for (var client : clients) {
          client.join();
        }
      }
    }
    try (var child = ChildServer.start(folder, folder.resolve("data"), List.of())) {
      assertThat(history.anomalies(last(overHttp(child.address())))).isEmpty();
    }
    assertThat(history.committed()).isGreaterThan(KILLS * 5L);
  }

  private Reading.Good model() throws IOException {
    Files.writeString(folder.resolve("engineroom.yaml"), MODEL);
    return switch (ModelReader.read(folder, Map.of(), new SchemaCheck())) {
      case Reading.Good good -> good;
      case Reading.Bad(var mistakes) -> throw new AssertionError(mistakes.toString());
    };
  }

  private List<String> anomalies(Server server) throws Exception {
    lists(server);
    var history = new ListHistory();
    var left = new AtomicInteger(BATCHES);
    for (var client : clients(server, history, () -> left.getAndDecrement() > 0)) {
      client.join();
    }
    assertThat(history.committed()).isEqualTo(BATCHES);
    return history.anomalies(last(server));
  }

  private static Server inProcess(Store store, Reading.Good good) {
    var wiring = new Wiring(Wiring.Keys.of(new byte[32]));
    var doors = wiring.doors(wiring.engine(store), good.settings());
    return (method, path, body) -> {
      var call =
          new Call(
              Caller.Administrator.ADMINISTRATOR, Instant.now(), method, "127.0.0.1", "r", TIME);
      var type = Map.of("Content-Type", "application/json");
      var headers = body.isEmpty() ? Map.<String, String>of() : type;
      return Sent.text(new Sent(method, path, headers, body).to(doors, call));
    };
  }

  private static Server overHttp(URI address) {
    var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    return (method, path, body) -> {
      var request =
          HttpRequest.newBuilder(address.resolve(path))
              .timeout(Duration.ofSeconds(20))
              .header("Authorization", "Bearer " + ChildServer.KEY)
              .header("Content-Type", "application/json")
              .method(
                  method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
      return client.send(request.build(), BodyHandlers.ofString()).body();
    };
  }

  private static String id(int list) {
    return "01980000-0000-7000-8000-00000000000" + list;
  }

  private static void lists(Server server) throws Exception {
    for (int list = 0; list < LISTS; list++) {
      assertThat(server.send("PUT", "/api/lists/" + id(list), "{\"items\":[]}"))
          .contains("\"items\":[]");
    }
  }

  private static Map<String, List<Integer>> last(Server server) throws Exception {
    var last = new HashMap<String, List<Integer>>();
    for (int list = 0; list < LISTS; list++) {
      last.put(id(list), items(server.send("GET", "/api/lists/" + id(list), "")).getFirst());
    }
    return last;
  }

  private static List<List<Integer>> items(String answer) {
    var found = new ArrayList<List<Integer>>();
    var items = ITEMS.matcher(answer);
    while (items.find()) {
      var text = items.group(1);
      found.add(
          text.isEmpty()
              ? List.of()
              : Arrays.stream(text.split(",")).map(Integer::valueOf).toList());
    }
    return found;
  }

  private List<Thread> clients(Server server, ListHistory history, BooleanSupplier more) {
    var clients = new ArrayList<Thread>();
    for (int i = 0; i < CLIENTS; i++) {
      var random = new Random(values.get() * 31L + i);
      clients.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (more.getAsBoolean()) {
                      batch(server, history, random);
                    }
                  }));
    }
    return clients;
  }

  /// Two to four steps, each an append or a read of some list.
  private void batch(Server server, ListHistory history, Random random) {
    var planned = new ArrayList<Step>();
    var requests = new ArrayList<String>();
    int steps = 2 + random.nextInt(3);
    for (int i = 0; i < steps; i++) {
      var list = id(random.nextInt(LISTS));
      if (random.nextBoolean()) {
        int value = values.incrementAndGet();
        planned.add(new Step.Append(list, value));
        requests.add(
            "{\"method\":\"PATCH\",\"path\":\"/lists/%s?fields=id\",".formatted(list)
                + "\"body\":{\"items\":{\"$append\":[%d]}}}".formatted(value));
      } else {
        planned.add(new Step.Read(list, List.of()));
        requests.add("{\"method\":\"GET\",\"path\":\"/lists/%s?fields=items\"}".formatted(list));
      }
    }
    try {
      var body = "{\"requests\":[" + String.join(",", requests) + "]}";
      var answer = server.send("POST", "/api/batch", body);
      assertThat(answer).startsWith("{\"responses\"");
      history.add(seen(planned, items(answer)), End.COMMITTED);
    } catch (IOException _) {
      history.add(planned.stream().filter(Step.Append.class::isInstance).toList(), End.UNKNOWN);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Step> seen(List<Step> planned, List<List<Integer>> reads) {
    var next = reads.iterator();
    return planned.stream()
        .map(
            step ->
                switch (step) {
                  case Step.Append append -> append;
                  case Step.Read(var list, _) -> (Step) new Step.Read(list, next.next());
                })
        .toList();
  }
}
