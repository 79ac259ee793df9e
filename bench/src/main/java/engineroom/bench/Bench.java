package engineroom.bench;

import engineroom.bench.LoadClient.Load;
import engineroom.bench.LoadClient.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// Measures the real program and the limit program in turns on this machine, and prints tables.
public final class Bench {
  private static final int READERS = 16;
  private static final int WRITERS = 500;
  private static final int STARTS = 5;
  private static final Set<String> OWN =
      Set.of(
          "signed-in",
          "sign-ins",
          "timing",
          "graphql",
          "graphql-profile",
          "hostile",
          "postgraphile");
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
  /// `reads`, `inserts`, `signed-in`, `sign-ins`, `timing`, `graphql`, `graphql-profile`,
  /// `hostile`, `postgraphile`, `postgres`, `profile`), and how many seconds a block takes.
  public static void main(String... arguments) throws Exception {
    var parts = Set.of(arguments.length > 2 ? arguments[2].split(",") : new String[] {"all"});
    int seconds = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 5;
    var bench =
        new Bench(Path.of(arguments[0]), Path.of(arguments[1]), Duration.ofSeconds(seconds));
    bench.accounts(parts);
    bench.graphQl(parts);
    if (OWN.containsAll(parts)) {
      return; // these need no shop
    }
    if (parts.contains("postgres")) {
      new PostgresBench(bench.source, bench.work.resolve("postgres"), bench.block).run();
      return;
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

  private void graphQl(Set<String> parts) throws Exception {
    var graphQl = new GraphQlBench(source, work.resolve("graphql"), block);
    if (parts.contains("graphql")) {
      graphQl.run();
    }
    if (parts.contains("graphql-profile")) {
      graphQl.profile();
    }
    if (parts.contains("hostile")) {
      graphQl.hostile();
    }
    if (parts.contains("postgraphile")) {
      new PostGraphileBench(source, work.resolve("postgraphile"), block).run();
    }
  }

  private void accounts(Set<String> parts) throws IOException, InterruptedException {
    if (parts.contains("signed-in") || parts.contains("all")) {
      new SignedIn(source, work.resolve("signed-in"), block).cost();
    }
    if (parts.contains("sign-ins") || parts.contains("all")) {
      SignInStorm.run(source, work.resolve("signed-in"));
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
    try (var real =
        ServerProcess.real(source, work.resolve("real"), recorded(work.resolve(name + ".jfr")))) {
      System.out.println(real.client().run(workload, load));
    }
    var database = work.resolve("limit/shop.db");
    try (var limit =
        ServerProcess.limit(database, recorded(work.resolve("limit-" + name + ".jfr")))) {
      System.out.println(limit.client().run(workload, load));
    }
  }

  /// Options of Java that record where processor time goes.
  static List<String> recorded(Path file) {
    var options = "jdk.CPUTimeSample#enabled=true,jdk.CPUTimeSample#throttle=500/s,filename=";
    return List.of(
        "-XX:StartFlightRecording:" + options + file,
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
        Pair.alike(path, real.get(path), limit.get(path));
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
}
