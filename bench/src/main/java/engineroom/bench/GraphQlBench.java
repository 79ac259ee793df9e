package engineroom.bench;

import engineroom.bench.LoadClient.Load;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// GraphQL on Chinook beside a statement written by hand for each operation, behind the same HTTP
/// library.
final class GraphQlBench {
  private static final int READERS = 16;
  private static final int KINDS = 3;
  private static final Duration WARM_UP = Duration.ofSeconds(10);

  private final Path source;
  private final Path work;
  private final Duration block;

  GraphQlBench(Path source, Path work, Duration block) {
    this.source = source;
    this.work = work;
    this.block = block;
  }

  void run() throws IOException, SQLException, InterruptedException {
    var data = prepared();
    try (var real = real(data, List.of())) {
      var token = ChinookApp.token(real);
      try (var limit = limit(data, token)) {
        beside(real, limit, token);
      }
    }
  }

  private void beside(ServerProcess real, ServerProcess limit, String token)
      throws IOException, InterruptedException {
    for (var body : ChinookRequests.samples()) {
      var text = new String(body, StandardCharsets.UTF_8);
      Pair.alike(text, real.ask(body, token), limit.ask(body, token));
    }
    System.out.println("Both answer the same bytes.");
    System.out.println(Pair.HEAD);
    var pair = new Pair(real.client(), limit.client());
    for (var workload : ChinookRequests.all(token)) {
      System.out.println(pair.run(workload, workload, READERS, block));
    }
  }

  /// What documents that are made to hurt cost.
  void hostile() throws IOException, SQLException, InterruptedException {
    prepared();
    HostileDocuments.run(work.resolve("app"));
  }

  /// Records where the processor time of the three levels goes, on both sides.
  void profile() throws IOException, SQLException, InterruptedException {
    var data = prepared();
    var load = new Load(READERS, WARM_UP, block);
    for (int i = 0; i < KINDS; i++) {
      var file = work.resolve("graphql-" + i + ".jfr");
      try (var real = real(data, Bench.recorded(file))) {
        var workload = ChinookRequests.all(ChinookApp.token(real)).get(i);
        System.out.println(real.client().run(workload, load));
      }
    }
  }

  /// A database with the rows of the sample, which both programs only read.
  private Path prepared() throws IOException, SQLException {
    var app = work.resolve("app");
    var data = work.resolve("data");
    if (!Files.exists(data.resolve("chinook.db"))) {
      Bench.clear(work);
      Files.createDirectories(data);
      ChinookApp.write(ChinookApp.sample(source), app);
      ServerProcess.seeded(source, app, data).close();
    }
    return data;
  }

  private ServerProcess real(Path data, List<String> options) throws IOException {
    return ServerProcess.app(source, work.resolve("app"), data, options);
  }

  private static ServerProcess limit(Path data, String token) throws IOException {
    var file = data.resolve("chinook.db");
    return ServerProcess.byHand(LimitGraphQl.class, file, Map.of("TOKEN", token));
  }
}
