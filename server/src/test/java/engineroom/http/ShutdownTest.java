package engineroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.operation.Caller;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

final class ShutdownTest {
  private static final int CLIENTS = 8;

  private final AtomicInteger answered = new AtomicInteger();
  private final List<String> failures = Collections.synchronizedList(new ArrayList<>());

  @Test
  void fails_no_request_of_a_client_that_behaves() throws Exception {
    var warm = new CountDownLatch(200);
    Handler slow =
        _ -> {
          LockSupport.parkNanos(2_000_000); // work under way while the server is told to stop
          warm.countDown();
          return Response.of(200, "text/plain", "done".getBytes(StandardCharsets.UTF_8));
        };
    var parts =
        new HttpParts(
            slow, _ -> Caller.Guest.GUEST, List.of(), InstantSource.system(), new SecureRandom());
    var server = HttpServer.start(HttpConfig.defaults().at("127.0.0.1", 0), parts);
    var uri = URI.create("http://127.0.0.1:" + server.port() + "/");
    var clients = new ArrayList<Thread>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(Thread.ofPlatform().start(() -> ask(uri)));
    }
    warm.await();
    server.close();
    for (var client : clients) {
      client.join(60_000);
    }
    assertThat(failures).isEmpty();
    assertThat(answered.get()).isGreaterThan(200);
  }

  /// Asks until nobody listens any more, which is no failure: another node would take the request.
  private void ask(URI uri) {
    try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      while (true) {
        var response = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        if (response.statusCode() != 200 || !response.body().equals("done")) {
          failures.add("status " + response.statusCode());
        }
        answered.incrementAndGet();
      }
    } catch (ConnectException _) {
      return; // the port is closed
    } catch (IOException e) {
      failures.add(e.toString());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
