package engineroom.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Counts the syncs to disk that the kernel sees: every acknowledged write is behind one, and
/// writers at the same time share them. A kill can't show this, for what a process wrote outlives
/// it; a power cut would.
class SyncTest {
  private static final Path STRACE = Path.of("/usr/bin/strace");
  private static final int ALONE = 40;
  private static final int WRITERS = 32;
  private static final int EACH = 10;

  private static final String MODEL =
      """
      engineroom: 1
      name: Sync
      entities:
        entry:
          plural: entries
          fields:
            text: { type: text }
      """;

  @TempDir Path folder;

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void syncs_before_every_answer_and_shares_syncs_between_writers() throws Exception {
    if (!Files.isExecutable(STRACE)) {
      System.err.println(
          "SKIPPED: SyncTest needs strace (Debian package strace); .ci/run installs it.");
    }
    Assumptions.assumeTrue(Files.isExecutable(STRACE), "strace is not installed");
    Files.writeString(folder.resolve("engineroom.yaml"), MODEL);
    var trace = folder.resolve("trace.txt");
    var wrapper =
        List.of(
            STRACE.toString(), "-f", "-qq", "-e", "trace=fsync,fdatasync", "-o", trace.toString());
    try (var server = ChildServer.start(folder, folder.resolve("data"), wrapper)) {
      create(server.address());
      int before = syncs(trace);
      for (int i = 0; i < ALONE; i++) {
        create(server.address());
      }
      int alone = syncs(trace) - before;
      assertThat(alone)
          .as("syncs for %d writes, one after the other", ALONE)
          .isGreaterThanOrEqualTo(ALONE);
      int together = together(server.address(), trace);
      System.out.println(
          "SyncTest: "
              + ALONE
              + " single writes made "
              + alone
              + " syncs, "
              + (WRITERS * EACH)
              + " writes of "
              + WRITERS
              + " writers made "
              + together);
      assertThat(together).as("syncs of writers at once").isPositive().isLessThan(WRITERS * EACH);
    }
  }

  private int together(URI server, Path trace) throws Exception {
    int before = syncs(trace);
    var failed = new AtomicInteger();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < WRITERS; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int n = 0; n < EACH; n++) {
                      try {
                        create(server);
                      } catch (IOException | InterruptedException | AssertionError e) {
                        failed.incrementAndGet();
                      }
                    }
                  }));
    }
    for (var thread : threads) {
      thread.join();
    }
    assertThat(failed).hasValue(0);
    return syncs(trace) - before;
  }

  private static int syncs(Path trace) throws IOException {
    try (var lines = Files.lines(trace)) {
      return (int)
          lines.filter(line -> line.contains("sync(") && !line.contains("resumed")).count();
    }
  }

  private void create(URI server) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(server.resolve("/api/entries"))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + ChildServer.KEY)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"text\":\"x\"}"))
            .build();
    assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(201);
  }
}
