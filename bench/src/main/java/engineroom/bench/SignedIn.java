package engineroom.bench;

import engineroom.bench.LoadClient.Load;
import engineroom.bench.LoadClient.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// What it costs to be signed in.
final class SignedIn {
  private static final int READERS = 16;
  private static final int TURNS = 6;
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final Duration SETTLE = Duration.ofMillis(500);

  private final Path source;
  private final Path work;
  private final Duration block;

  SignedIn(Path source, Path work, Duration block) {
    this.source = source;
    this.work = work;
    this.block = block;
  }

  /// Point reads by a guest, and by who is signed in.
  void cost() throws IOException, InterruptedException {
    try (var app = AccountsApp.start(source, work, "optional")) {
      cost(app);
    }
  }

  private void cost(AccountsApp app) throws IOException, InterruptedException {
    var pages = app.rows("pages");
    var notes = app.rows("notes");
    var token = app.reader();
    var kinds =
        List.of(
            new Workload("guest", n -> LoadClient.get("/api/pages/" + nth(pages, n)), 200),
            new Workload(
                "signed in", n -> LoadClient.get("/api/pages/" + nth(pages, n), token), 200),
            new Workload(
                "signed in, rule over relation",
                n -> LoadClient.get("/api/notes/" + nth(notes, n), token),
                200));
    for (var kind : kinds) {
      app.client().run(kind, new Load(READERS, WARM_UP, SETTLE));
    }
    var micros = new double[kinds.size()][TURNS];
    for (int turn = 0; turn < TURNS; turn++) {
      for (int at = 0; at < kinds.size(); at++) {
        int kind = turn % 2 == 0 ? at : kinds.size() - 1 - at;
        var measure = app.client().run(kinds.get(kind), new Load(READERS, SETTLE, block));
        micros[kind][turn] = measure.cpuMicros();
      }
    }
    System.out.printf("%-32s %10s %14s %8s%n", "point read", "µs CPU", "least to most", "÷ guest");
    double guest = mean(micros[0]);
    for (int kind = 0; kind < kinds.size(); kind++) {
      var sorted = Arrays.stream(micros[kind]).sorted().toArray();
      System.out.printf(
          "%-32s %10.1f %6.1f to %4.1f %8.2f%n",
          kinds.get(kind).name(), mean(sorted), sorted[0], sorted[TURNS - 1], mean(sorted) / guest);
    }
  }

  /// One after another, in an order that no cache knows.
  static String nth(List<String> ids, long n) {
    return ids.get((int) Math.floorMod(n * 7919, (long) ids.size()));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }
}
