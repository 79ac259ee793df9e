package engineroom.crash;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.crash.ListClients.Server;
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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Batches append to lists and read them, many at once: what they saw must fit some order of them,
/// one after another, through every kill.
class HistoryTest {
  private static final int BATCHES = 3000;
  private static final int KILLS = Integer.getInteger("history.kills", 8);
  private static final Duration TIME = Duration.ofSeconds(30);
  @TempDir Path folder;

  private final ListClients lists = new ListClients();

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
          ListClients.make(server);
        }
        var over = new AtomicBoolean();
        var clients = lists.start(server, history, () -> !over.get());
        Thread.sleep(300 + random.nextInt(600)); // the moment of the kill is the point of the test
        child.kill();
        over.set(true);
        for (var client : clients) {
          client.join();
        }
      }
    }
    try (var child = ChildServer.start(folder, folder.resolve("data"), List.of())) {
      assertThat(history.anomalies(ListClients.last(overHttp(child.address())))).isEmpty();
    }
    assertThat(history.committed()).isGreaterThan(KILLS * 5L);
  }

  private Reading.Good model() throws IOException {
    Files.writeString(folder.resolve("engineroom.yaml"), ListClients.MODEL);
    return switch (ModelReader.read(folder, Map.of(), new SchemaCheck())) {
      case Reading.Good good -> good;
      case Reading.Bad(var mistakes) -> throw new AssertionError(mistakes.toString());
    };
  }

  private List<String> anomalies(Server server) throws Exception {
    ListClients.make(server);
    var history = new ListHistory();
    var left = new AtomicInteger(BATCHES);
    for (var client : lists.start(server, history, () -> left.getAndDecrement() > 0)) {
      client.join();
    }
    assertThat(history.committed()).isEqualTo(BATCHES);
    return history.anomalies(ListClients.last(server));
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
}
