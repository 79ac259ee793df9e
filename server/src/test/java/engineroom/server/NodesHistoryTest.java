package engineroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.app.App.Mode;
import engineroom.crash.ListClients;
import engineroom.crash.ListClients.Server;
import engineroom.testkit.ListHistory;
import engineroom.testkit.run.Alone;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What batches saw that were sent to two processes on one PostgreSQL fits some order of them,
/// while the server is killed and connections are cut. `-Dhistory.troubles=100` for more.
@Alone
class NodesHistoryTest {
  private static final int TROUBLES = Integer.getInteger("history.troubles", 2);

  @TempDir Path folder;

  private static Server over(Node one, Node two) {
    var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    return (method, path, body) -> {
      var port = ThreadLocalRandom.current().nextBoolean() ? one.port() : two.port();
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .timeout(Duration.ofSeconds(60))
              .header("Authorization", "Bearer " + Node.KEY)
              .header("Content-Type", "application/json")
              .method(method, BodyPublishers.ofString(body));
      return client.send(request.build(), BodyHandlers.ofString()).body();
    };
  }

  @Test
  void histories_through_kills_and_cuts_of_postgresql_fit_an_order() throws Exception {
    try (var postgres = new OwnPostgres(folder.resolve("postgres"))) {
      var model = ListClients.MODEL + "store: " + postgres.address() + "\n";
      try (var one = new Node(folder.resolve("one")).with(model).start(Mode.PRODUCTION);
          var two = new Node(folder.resolve("two")).with(model).keysOf(one)) {
        two.start(Mode.PRODUCTION);
        histories(postgres, over(one, two));
      }
    }
  }

  private static void histories(OwnPostgres postgres, Server server) throws Exception {
    ListClients.make(server);
    var history = new ListHistory();
    var over = new AtomicBoolean();
    var clients = new ListClients().start(server, history, () -> !over.get());
    for (int trouble = 0; trouble < TROUBLES; trouble++) {
      Thread.sleep(2_000);
      postgres.cutConnections();
      Thread.sleep(1_000);
      killed(postgres);
    }
    Thread.sleep(2_000);
    over.set(true);
    for (var client : clients) {
      client.join();
    }
    assertThat(history.anomalies(ListClients.last(server))).isEmpty();
    assertThat(history.committed()).isGreaterThan(50);
    System.err.println(history.committed() + " batches fit an order");
  }

  private static void killed(OwnPostgres postgres) throws IOException {
    postgres.kill();
    postgres.start();
  }
}
