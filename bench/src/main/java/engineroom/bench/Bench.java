package engineroom.bench;

import engineroom.bench.LoadClient.Load;
import engineroom.bench.LoadClient.Measure;
import engineroom.bench.LoadClient.Workload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// Measures the real program and the limit program in turns on this machine, and prints tables.
public final class Bench {
  private static final int READERS = 16;
  private static final int WRITERS = 500;
  private static final int STARTS = 5;
  private static final Duration WARM_UP = Duration.ofSeconds(10);

  private final Path source;
  private final Path work;
  private final Duration block;

  private Bench(Path source, Path work, Duration block) {
    this.source = source.toAbsolutePath();
    this.work = work.toAbsolutePath();
    this.block = block;
  }

  /// Measures; the arguments are the source folder, a work folder, which parts (`start`, `imports`,
  /// `reads`, `inserts`, `signed-in`, `sign-ins`, `timing`, `profile`), and how many seconds a
  /// block takes.
  public static void main(String... arguments) throws Exception {
    var parts = Set.of(arguments.length > 2 ? arguments[2].split(",") : new String[] {"all"});
    int seconds = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 5;
    var bench =
        new Bench(Path.of(arguments[0]), Path.of(arguments[1]), Duration.ofSeconds(seconds));
    bench.accounts(parts);
    if (Set.of("signed-in", "sign-ins", "timing").containsAll(parts)) {
      return; // these need no shop
    }
    bench.prepare();
    if (parts.contains("start") || parts.contains("all")) {
      bench.starts();
    }
    if (parts.contains("profile")) {
      bench.profile(Duration.ofSeconds(seconds));
    }
    if (parts.contains("imports") || parts.contains("all")) {
      new Imports(bench.source, bench.work.resolve("imports")).run();
    }
    if (!Collections.disjoint(parts, Set.of("all", "reads", "inserts"))) {
      bench.pairs(parts);
    }
  }

  private void accounts(Set<String> parts) throws IOException, InterruptedException {
    var signedIn = new SignedIn(source, work.resolve("signed-in"), block);
    if (parts.contains("signed-in") || parts.contains("all")) {
      signedIn.cost();
    }
    if (parts.contains("sign-ins") || parts.contains("all")) {
      signedIn.storms();
    }
    if (parts.contains("timing")) {
      new Timing(source, work.resolve("timing")).run();
    }
  }

  /// Makes a folder empty.
  static void clear(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /// Records where the processor time of each program goes, one recording for each workload.
  private void profile(Duration time) throws IOException, SQLException, InterruptedException {
    var requests = new ShopRequests(work.resolve("prepared/shop.db"));
    var reads = requests.reads();
    profile("point-read", reads.get(0), new Load(READERS, WARM_UP, time));
    profile("list", reads.get(1), new Load(READERS, WARM_UP, time));
    profile("insert", requests.inserts(), new Load(WRITERS, WARM_UP, time));
  }

  private void profile(String name, Workload workload, Load load)
      throws IOException, InterruptedException {
    try (var real = ServerProcess.real(source, work.resolve("real"), recorded(name))) {
      System.out.println(real.client().run(workload, load));
    }
    var database = work.resolve("limit/shop.db");
    try (var limit = ServerProcess.limit(database, recorded("limit-" + name))) {
      System.out.println(limit.client().run(workload, load));
    }
  }

  private List<String> recorded(String name) {
    var options = "jdk.CPUTimeSample#enabled=true,jdk.CPUTimeSample#throttle=500/s,filename=";
    return List.of(
        "-XX:StartFlightRecording:" + options + work.resolve(name + ".jfr"),
        "-XX:+UnlockDiagnosticVMOptions",
        "-XX:+DebugNonSafepoints");
  }

  /// Seeds the shop once; each server gets a copy.
  private void prepare() throws IOException {
    var prepared = work.resolve("prepared");
    if (!Files.exists(prepared.resolve("shop.db"))) {
      Files.createDirectories(prepared);
      ServerProcess.real(source, prepared, List.of()).close();
    }
    for (var name : List.of("real", "limit")) {
      var folder = Files.createDirectories(work.resolve(name));
      for (var end : List.of("", "-wal", "-shm")) {
        Files.deleteIfExists(folder.resolve("shop.db" + end));
      }
      Files.copy(prepared.resolve("shop.db"), folder.resolve("shop.db"));
    }
  }

  private void starts() throws IOException, SQLException {
    System.out.printf("%-24s %12s %12s%n", "start", "first answer", "idle after 10 s");
    start("with the start cache", ServerProcess.startCache(source));
    start("without", List.of());
  }

  private void start(String name, List<String> options) throws IOException, SQLException {
    var path = new ShopRequests(work.resolve("prepared/shop.db")).product(1);
    var millis = new ArrayList<Double>();
    for (int i = 0; i < STARTS; i++) {
      long start = System.nanoTime();
      try (var server = ServerProcess.real(source, work.resolve("real"), options)) {
        server.get(path);
        millis.add((System.nanoTime() - start) / 1e6);
      }
    }
    millis.sort(null);
    try (var server = ServerProcess.real(source, work.resolve("real"), options)) {
      server.get(path);
      ServerProcess.pause(10_000);
      System.out.printf(
          "%-24s %9.0f ms %9.0f MB%n", name, millis.get(STARTS / 2), server.megabytes());
    }
  }

  private void pairs(Set<String> parts) throws IOException, SQLException, InterruptedException {
    try (var real =
            ServerProcess.real(source, work.resolve("real"), ServerProcess.startCache(source));
        var limit = ServerProcess.limit(work.resolve("limit/shop.db"), List.of())) {
      var requests = new ShopRequests(work.resolve("prepared/shop.db"));
      for (var path : requests.samples()) {
        alike(path, real.get(path), limit.get(path));
      }
      System.out.println("Both answer the same bytes.");
      System.out.println(Pair.HEAD);
      var pair = new Pair(real.client(), limit.client());
      if (parts.contains("reads") || parts.contains("all")) {
        for (var workload : requests.reads()) {
          System.out.println(pair.run(workload, workload, READERS, block));
        }
      }
      if (parts.contains("inserts") || parts.contains("all")) {
        var ofReal = requests.inserts();
        var ofLimit = requests.inserts();
        for (int connections : new int[] {1, 64, 500}) {
          System.out.println(pair.run(ofReal, ofLimit, connections, block));
        }
      }
    }
  }

  /// Both must do the same work; only the sealed cursor can't be made by hand.
  private static void alike(String path, byte[] real, byte[] limit) {
    var first = text(real);
    var second = text(limit);
    if (!first.equals(second)) {
      int at = Arrays.mismatch(first.toCharArray(), second.toCharArray());
      throw new IllegalStateException(
          "%s is answered differently:%n%s%n%s"
              .formatted(path, around(first, at), around(second, at)));
    }
  }

  private static String around(String text, int at) {
    return text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 200));
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8)
        .replaceFirst("\"page\":\\{\"next\":\"[^\"]+\"", "\"page\":{\"next\":\"…\"");
  }

  /// Two servers under the same load in turns.
  private record Pair(LoadClient real, LoadClient limit) {
    static final String HEAD =
        "%-22s %4s | %8s %8s %8s %8s | %8s %8s %8s %8s | %6s %6s"
            .formatted(
                "workload",
                "c",
                "real/s",
                "µs CPU",
                "p50 ms",
                "p99 ms",
                "limit/s",
                "µs CPU",
                "p50 ms",
                "p99 ms",
                "CPU %",
                "rate %");

    String run(Workload ofReal, Workload ofLimit, int connections, Duration time)
        throws IOException, InterruptedException {
      real.settle(ofReal, connections);
      limit.settle(ofLimit, connections);
      var load = new Load(connections, Duration.ofMillis(500), time);
      var realFirst = real.run(ofReal, load);
      var limitFirst = limit.run(ofLimit, load);
      var limitThen = limit.run(ofLimit, load);
      var realThen = real.run(ofReal, load);
      return line(mean(realFirst, realThen), mean(limitFirst, limitThen));
    }

    private static Measure mean(Measure a, Measure b) {
      return new Measure(
          a.workload(),
          a.connections(),
          a.requests() + b.requests(),
          (a.perSecond() + b.perSecond()) / 2,
          (a.cpuMicros() + b.cpuMicros()) / 2,
          (a.p50Millis() + b.p50Millis()) / 2,
          (a.p99Millis() + b.p99Millis()) / 2);
    }

    private static String line(Measure real, Measure limit) {
      return "%-22s %4d | %8.0f %8.1f %8.2f %8.2f | %8.0f %8.1f %8.2f %8.2f | %6.0f %6.0f"
          .formatted(
              real.workload(),
              real.connections(),
              real.perSecond(),
              real.cpuMicros(),
              real.p50Millis(),
              real.p99Millis(),
              limit.perSecond(),
              limit.cpuMicros(),
              limit.p50Millis(),
              limit.p99Millis(),
              100 * limit.cpuMicros() / real.cpuMicros(),
              100 * real.perSecond() / limit.perSecond());
    }
  }
}
