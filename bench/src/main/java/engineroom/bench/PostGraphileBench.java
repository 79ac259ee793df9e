package engineroom.bench;

import engineroom.bench.LoadClient.Load;
import engineroom.bench.LoadClient.Measure;
import engineroom.bench.LoadClient.Workload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// GraphQL on Chinook in PostgreSQL, by the real program and by PostGraphile: what a request costs
/// the program, and what it costs the database.
final class PostGraphileBench {
  private static final int CONNECTIONS = 16;
  private static final String ROW = "%-24s | %8s %8s %8s %8s | %8s %8s %8s %8s | %6s %6s%n";
  private static final Pattern NAME = Pattern.compile("\"(name|title|billingCity)\":\"");

  /// What our rule says, as PostgreSQL has it: row security for a role that may read.
  private static final List<String> SECURITY =
      List.of(
          "CREATE ROLE visitor",
          "GRANT USAGE ON SCHEMA %1$s TO visitor",
          "GRANT SELECT ON %1$s.customer, %1$s.invoice TO visitor",
          "ALTER TABLE %1$s.customer ENABLE ROW LEVEL SECURITY",
          "ALTER TABLE %1$s.invoice ENABLE ROW LEVEL SECURITY",
          "CREATE POLICY own ON %1$s.customer FOR SELECT TO visitor"
              + " USING (agent = current_setting('app.user')::uuid)",
          "CREATE POLICY own ON %1$s.invoice FOR SELECT TO visitor USING (total >= 1.00 AND EXISTS"
              + " (SELECT FROM %1$s.customer c WHERE c.id = invoice.customer))");

  private final Path source;
  private final Path work;
  private final Duration block;

  PostGraphileBench(Path source, Path work, Duration block) {
    this.source = source;
    this.work = work;
    this.block = block;
  }

  void run() throws Exception {
    var peer = new PostGraphile(work.resolve("peer"));
    var app = work.resolve("app");
    var data = work.resolve("data");
    Bench.clear(app);
    Bench.clear(data);
    Files.createDirectories(data);
    ChinookApp.write(ChinookApp.sample(source), app);
    try (var database = new DatabaseServer(work.resolve("database"));
        var real = ServerProcess.appOn(source, app, data, database.address())) {
      var schema = one(database, "SELECT schemaname FROM pg_tables WHERE tablename = 'track'");
      for (var sql : SECURITY) {
        execute(database, sql.formatted(schema));
      }
      database.analyzed();
      var agent = one(database, "SELECT id FROM " + schema + ".\"user\"");
      try (var other = peer.start(plain(database), schema, agent)) {
        var token = ChinookApp.token(real);
        sameRows(real, other, token);
        beside(database, real.client(), other.client(), token);
      }
    }
  }

  private static String plain(DatabaseServer database) {
    return database.address().replace("postgres://", "postgresql://");
  }

  private static String one(DatabaseServer database, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(database.jdbc());
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      if (!rows.next()) {
        throw new IllegalStateException("no answer to " + sql);
      }
      return rows.getString(1);
    }
  }

  private static void execute(DatabaseServer database, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(database.jdbc());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// Both must give as many names of rows.
  private static void sameRows(ServerProcess real, ServerProcess other, String token)
      throws IOException {
    var ours = List.of(ChinookRequests.byKey(1), ChinookRequests.three(), ChinookRequests.rule(0));
    for (int i = 0; i < ours.size(); i++) {
      var first = answer(real, ours.get(i), token);
      var credential = i == 2 ? PostGraphile.TOKEN.substring("Bearer ".length()) : "";
      var second = answer(other, PostGraphile.samples().get(i), credential);
      if (names(first) != names(second) || names(first) == 0) {
        throw new IllegalStateException(
            "%s is answered differently:%n%s%n%s".formatted(ours.get(i), first, second));
      }
    }
    System.out.println("Both give the same rows.");
  }

  private static String answer(ServerProcess server, String body, String token) throws IOException {
    var asked = body.getBytes(StandardCharsets.UTF_8);
    return new String(server.ask(asked, token), StandardCharsets.UTF_8);
  }

  private static long names(String answer) {
    return NAME.matcher(answer).results().count();
  }

  /// What a block gave, and what it cost the database.
  private record Cost(Measure program, double databaseMicros) {
    double all() {
      return program.cpuMicros() + databaseMicros;
    }
  }

  private void beside(DatabaseServer database, LoadClient real, LoadClient other, String token)
      throws IOException, InterruptedException {
    System.out.printf(
        ROW,
        "workload",
        "real/s",
        "µs app",
        "µs db",
        "p99 ms",
        "peer/s",
        "µs app",
        "µs db",
        "p99 ms",
        "app x",
        "all x");
    for (int i = 0; i < PostGraphile.all().size(); i++) {
      var ours = ChinookRequests.all(token).get(i);
      var theirs = PostGraphile.all().get(i);
      real.settle(ours, CONNECTIONS);
      other.settle(theirs, CONNECTIONS);
      var first = cost(database, real, ours);
      var second = cost(database, other, theirs);
      var third = cost(database, other, theirs);
      var fourth = cost(database, real, ours);
      print(mean(first, fourth), mean(second, third));
    }
  }

  private Cost cost(DatabaseServer database, LoadClient client, Workload workload)
      throws IOException, InterruptedException {
    long before = database.cpuMicros();
    var measured = client.run(workload, new Load(CONNECTIONS, Duration.ZERO, block));
    long spent = database.cpuMicros() - before;
    return new Cost(measured, spent / (double) Math.max(1, measured.requests()));
  }

  private static Cost mean(Cost one, Cost two) {
    var program = Pair.mean(one.program(), two.program());
    return new Cost(program, (one.databaseMicros() + two.databaseMicros()) / 2);
  }

  private static void print(Cost real, Cost peer) {
    var ours = real.program();
    var theirs = peer.program();
    System.out.printf(
        ROW,
        ours.workload(),
        "%.0f".formatted(ours.perSecond()),
        "%.1f".formatted(ours.cpuMicros()),
        "%.1f".formatted(real.databaseMicros()),
        "%.1f".formatted(ours.p99Millis()),
        "%.0f".formatted(theirs.perSecond()),
        "%.1f".formatted(theirs.cpuMicros()),
        "%.1f".formatted(peer.databaseMicros()),
        "%.1f".formatted(theirs.p99Millis()),
        "%.1f".formatted(theirs.cpuMicros() / ours.cpuMicros()),
        "%.1f".formatted(peer.all() / real.all()));
  }
}
