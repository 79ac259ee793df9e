package engineroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/// Clients of an app with entities `note` and `tally`: they create, count, write several rows at
/// once and read. Whatever gets no answer, or one that asks for it, they send again with the same
/// `Idempotency-Key` until it is acknowledged; in the end exactly that is there.
final class KeyedLoad implements AutoCloseable {
  private static final int CLIENTS = 4;
  private static final int SERVED_IN_A_ROW = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// What a client sends again: a balancer answers 502 and 504 where it lost a process.
  private static final Set<Integer> AGAIN = Set.of(409, 502, 503, 504);

  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
  private static final Pattern TEXT = Pattern.compile("\"text\":\"([^\"]+)\"");
  private static final Pattern NEXT = Pattern.compile("\"next\":\"([^\"]+)\"");

  private final List<Integer> ports;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
  private final ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> failed = new ConcurrentLinkedQueue<>();
  private final AtomicInteger counted = new AtomicInteger();
  private final AtomicInteger triedAgain = new AtomicInteger();
  private final AtomicInteger probes = new AtomicInteger();
  private String tally = "";
  private volatile boolean over;

  /// @param ports of the processes, or of what stands before them
  KeyedLoad(List<Integer> ports) {
    this.ports = List.copyOf(ports);
  }

  /// A request; reads have no key.
  private record Asked(String method, String path, String key, String body) {}

  void start() throws Exception {
    var made =
        send(ports.getFirst(), posted("/api/tallys", "tally", "{\"name\":\"all\",\"total\":0}"));
    tally = "/api/tallys/" + found(ID, made.body());
    for (var i = 0; i < CLIENTS; i++) {
      var number = i;
      var _ = clients.submit(() -> client(number));
    }
  }

  private static Asked posted(String path, String key, String body) {
    return new Asked("POST", path, key, body);
  }

  private static String found(Pattern pattern, String text) {
    var matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
    return matcher.group(1);
  }

  private HttpResponse<String> send(int port, Asked asked)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + asked.path()))
            .timeout(Duration.ofSeconds(20))
            .method(asked.method(), BodyPublishers.ofString(asked.body()));
    if (!asked.key().isEmpty()) {
      request.header("Content-Type", "application/json").header("Idempotency-Key", asked.key());
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  /// Sends until it is acknowledged, now to this process, now to that.
  private String sure(Random random, Asked asked) throws InterruptedException {
    var end = System.nanoTime() + PATIENCE.toNanos();
    var last = "";
    while (System.nanoTime() < end) {
      try {
        var answer = send(ports.get(random.nextInt(ports.size())), asked);
        if (answer.statusCode() / 100 == 2) {
          return answer.body();
        }
        last = answer.statusCode() + " " + answer.body();
        if (!AGAIN.contains(answer.statusCode())) {
          break;
        }
      } catch (IOException e) {
        last = e.toString();
      }
      triedAgain.incrementAndGet();
      Thread.sleep(random.nextInt(20, 80));
    }
    failed.add(asked + ": " + last);
    return "";
  }

  private void client(int number) {
    var random = new Random(number);
    try {
      for (var i = 0; !over; i++) {
        once(random, "c" + number + "-" + i);
      }
    } catch (Exception e) {
      failed.add(e.toString());
    }
  }

  private void once(Random random, String text) throws InterruptedException {
    acknowledge(sure(random, posted("/api/notes", text, note(text))), text);
    var change = new Asked("PATCH", tally, text + "-count", "{\"total\":{\"$add\":1}}");
    if (!sure(random, change).isEmpty()) {
      counted.incrementAndGet();
    }
    var both = sure(random, posted("/api/batch", text + "-both", two(text)));
    acknowledge(both, text + "-a");
    acknowledge(both, text + "-b");
    var _ = sure(random, new Asked("GET", "/api/notes?limit=5", "", ""));
  }

  private static String note(String text) {
    return "{\"text\":\"" + text + "\"}";
  }

  private static String two(String text) {
    return """
    {"requests":[{"method":"POST","path":"/notes","body":%s},
      {"method":"POST","path":"/notes","body":%s}]}"""
        .formatted(note(text + "-a"), note(text + "-b"));
  }

  private void acknowledge(String answer, String text) {
    if (!answer.isEmpty()) {
      acknowledged.add(text);
    }
  }

  /// Notes a row that somebody else wrote.
  void alsoThere(String text) {
    acknowledged.add(text);
  }

  /// How long it took until each process answered reads and writes at once, one after the other.
  Duration servedAgain(Duration patience) throws InterruptedException {
    var begun = System.nanoTime();
    for (var port : ports) {
      for (var inRow = 0; inRow < SERVED_IN_A_ROW; ) {
        inRow = served(port) ? inRow + 1 : 0;
        assertThat(System.nanoTime() - begun)
            .as("not served for " + patience)
            .isLessThan(patience.toNanos());
      }
    }
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private boolean served(int port) throws InterruptedException {
    var text = "probe" + probes.incrementAndGet();
    try {
      if (send(port, new Asked("GET", "/api/notes?limit=1", "", "")).statusCode() != 200) {
        return pause();
      }
    } catch (IOException _) {
      return pause();
    }
    try {
      if (send(port, posted("/api/notes", text, note(text))).statusCode() == 201) {
        acknowledged.add(text);
        return true;
      }
    } catch (IOException _) {
      // sent once more below, as by any client
    }
    acknowledge(sure(new Random(probes.get()), posted("/api/notes", text, note(text))), text);
    return false;
  }

  private static boolean pause() throws InterruptedException {
    Thread.sleep(20);
    return false;
  }

  /// Lets every client come to an end with what it is at.
  void finish() throws InterruptedException {
    over = true;
    clients.shutdown();
    assertThat(clients.awaitTermination(PATIENCE.toSeconds() + 20, TimeUnit.SECONDS)).isTrue();
  }

  /// Every acknowledged write is there, once, and nothing else.
  void check(int port) throws Exception {
    assertThat(failed).isEmpty();
    assertThat(acknowledged.size()).isGreaterThan(30);
    assertThat(texts(port)).containsExactlyInAnyOrderElementsOf(acknowledged);
    var count = send(port, new Asked("GET", tally + "?fields=total", "", "")).body();
    assertThat(count).isEqualTo("{\"total\":" + counted + "}");
    System.err.printf(
        "%d rows, %d counted, %d requests sent again%n",
        acknowledged.size(), counted.get(), triedAgain.get());
  }

  private List<String> texts(int port) throws Exception {
    var texts = new ArrayList<String>();
    var path = "/api/notes?limit=500";
    while (!path.isEmpty()) {
      var page = send(port, new Asked("GET", path, "", "")).body();
      TEXT.matcher(page).results().forEach(found -> texts.add(found.group(1)));
      var more = NEXT.matcher(page);
      path = more.find() ? "/api/notes?limit=500&after=" + more.group(1) : "";
    }
    return texts;
  }

  @Override
  public void close() {
    over = true;
    clients.shutdownNow();
    http.shutdownNow();
  }
}
