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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/// Measures the shop on PostgreSQL beside a program written by hand with the same SQL, what each
/// request costs the program and the database, and what two and three programs do together.
final class PostgresBench {
  /// What stands for the values of a request in what was recorded.
  static final String ID = "@id@";

  static final String CATEGORY = "@category@";
  static final String NEW_ID = "@new@";
  static final String CUSTOMER = "@customer@";
  static final String STREET = "@street@";

  private static final int CONNECTIONS = 16;
  private static final int WRITERS = 64;
  private static final int NODES = 3;
  private static final List<String> KEYS = List.of("accounts.key", "audit.key", "cursor.key");
  private static final Pattern MADE = Pattern.compile("\"id\":\"([^\"]+)\"");
  private static final String ROW = "%-22s %4s | %8s %8s %8s %8s | %8s %8s %8s %8s | %7s %6s%n";

  private final Path source;
  private final Path work;
  private final Duration block;

  PostgresBench(Path source, Path work, Duration block) {
    this.source = source;
    this.work = work;
    this.block = block;
  }

  void run() throws Exception {
    try (var database = new DatabaseServer(work.resolve("database"));
        var real = ServerProcess.realOn(source, work.resolve("node0"), database.address())) {
      database.analyzed();
      var requests = new ShopRequests(database.jdbc());
      var recorded = work.resolve("recorded.properties");
      Recorded.keep(recorded(database, real, requests), recorded);
      try (var limit = ServerProcess.limitOn(database.jdbc(), recorded)) {
        for (var path : List.of(requests.product(1), requests.list(1), ShopRequests.EXPANDED)) {
          Pair.alike(path, real.get(path), limit.get(path));
        }
        System.out.println("Both answer the same bytes.");
        beside(database, real, limit, requests);
      }
      together(database, real, requests);
    }
  }

  /// What the real program asks for one request of each kind.
  private static Map<String, Recorded> recorded(
      DatabaseServer database, ServerProcess real, ShopRequests requests)
      throws IOException, SQLException {
    var id = requests.products().getFirst();
    var category = requests.categories().getFirst();
    var customer = requests.customers().getFirst();
    var found = new LinkedHashMap<String, Recorded>();
    var product = database.heard(() -> real.get("/api/products/" + id));
    found.put("one", theOne(product, "SELECT", "product", Map.of(id, ID)));
    var list = "/api/products?category=" + category + "&sort=-price&limit=30";
    var listed = database.heard(() -> real.get(list));
    found.put("list", theOne(listed, "SELECT", "product", Map.of(category, CATEGORY)));
    var expanded = database.heard(() -> real.get(ShopRequests.EXPANDED));
    found.put("expanded", theOne(expanded, "SELECT", "review", Map.of()));
    var made = new ArrayList<String>();
    var inserted =
        database.heard(
            () -> {
              var json =
                  "{\"customer\":\"%s\",\"street\":\"Lime Walk\",\"postcode\":\"9000\",\"city\":\"Ghent\",\"country\":\"BE\"}";
              var answer = real.post("/api/addresses", json.formatted(customer));
              var row = MADE.matcher(new String(answer, StandardCharsets.UTF_8));
              if (row.find()) {
                made.add(row.group(1));
              }
            });
    var marks = Map.of(made.getFirst(), NEW_ID, customer, CUSTOMER, "Lime Walk", STREET);
    found.put("insert", theOne(inserted, "INSERT", "address", marks));
    found.put("log", theOne(inserted, "INSERT", "_engineroom_change", marks));
    return found;
  }

  /// The first statement of a kind about a table, with marks for values.
  private static Recorded theOne(String log, String verb, String table, Map<String, String> marks) {
    return Recorded.all(log).stream()
        .filter(statement -> statement.sql().startsWith(verb))
        .filter(statement -> statement.sql().contains(table))
        .filter(statement -> !statement.sql().contains("_engineroom_mail"))
        .map(statement -> new Recorded(statement.sql(), statement.values(marks)))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no " + verb + " of " + table + " in " + log));
  }

  /// What a block gave, and what it cost the database.
  private record Cost(Measure program, double databaseMicros) {
    static Cost mean(Cost one, Cost two) {
      var a = one.program();
      var b = two.program();
      return new Cost(
          new Measure(
              a.workload(),
              a.connections(),
              a.requests() + b.requests(),
              (a.perSecond() + b.perSecond()) / 2,
              (a.cpuMicros() + b.cpuMicros()) / 2,
              (a.p50Millis() + b.p50Millis()) / 2,
              (a.p99Millis() + b.p99Millis()) / 2),
          (one.databaseMicros() + two.databaseMicros()) / 2);
    }

    /// Of the program and of the database.
    double allMicros() {
      return program.cpuMicros() + databaseMicros;
    }
  }

  private void beside(
      DatabaseServer database, ServerProcess real, ServerProcess limit, ShopRequests requests)
      throws IOException, InterruptedException {
    System.out.printf(
        ROW,
        "workload",
        "c",
        "real/s",
        "µs app",
        "µs db",
        "p99 ms",
        "limit/s",
        "µs app",
        "µs db",
        "p99 ms",
        "all CPU%",
        "rate %");
    for (var workload : requests.reads().subList(0, 3)) {
      pair(database, real.client(), limit.client(), workload, CONNECTIONS);
    }
    for (int connections : new int[] {1, WRITERS}) {
      pair(database, real.client(), limit.client(), requests.inserts(), connections);
    }
  }

  private void pair(
      DatabaseServer database,
      LoadClient real,
      LoadClient limit,
      Workload workload,
      int connections)
      throws IOException, InterruptedException {
    real.settle(workload, connections);
    limit.settle(workload, connections);
    var first = cost(database, real, workload, connections);
    var second = cost(database, limit, workload, connections);
    var third = cost(database, limit, workload, connections);
    var fourth = cost(database, real, workload, connections);
    print(Cost.mean(first, fourth), Cost.mean(second, third));
  }

  private Cost cost(DatabaseServer database, LoadClient client, Workload workload, int connections)
      throws IOException, InterruptedException {
    var before = database.cpuMicros();
    var measured = client.run(workload, new Load(connections, Duration.ZERO, block));
    var spent = database.cpuMicros() - before;
    return new Cost(measured, spent / (double) Math.max(1, measured.requests()));
  }

  private static void print(Cost real, Cost limit) {
    var ofReal = real.program();
    var ofLimit = limit.program();
    System.out.printf(
        ROW,
        ofReal.workload(),
        ofReal.connections(),
        whole(ofReal.perSecond()),
        tenth(ofReal.cpuMicros()),
        tenth(real.databaseMicros()),
        tenth(ofReal.p99Millis()),
        whole(ofLimit.perSecond()),
        tenth(ofLimit.cpuMicros()),
        tenth(limit.databaseMicros()),
        tenth(ofLimit.p99Millis()),
        whole(100 * limit.allMicros() / real.allMicros()),
        whole(100 * ofReal.perSecond() / ofLimit.perSecond()));
  }

  private static String whole(double number) {
    return "%.0f".formatted(number);
  }

  private static String tenth(double number) {
    return "%.1f".formatted(number);
  }

  /// One, two and three programs on one database, the same clients spread over them.
  private void together(DatabaseServer database, ServerProcess first, ShopRequests requests)
      throws Exception {
    System.out.printf("%-22s %6s %10s %12s%n", "workload", "nodes", "together/s", "µs db");
    var nodes = new ArrayList<>(List.of(first));
    try {
      for (int count = 1; count <= NODES; count++) {
        if (count > nodes.size()) {
          nodes.add(more(database, count - 1));
        }
        for (var workload : List.of(requests.reads().getFirst(), requests.inserts())) {
          spread(database, nodes, workload);
        }
      }
    } finally {
      nodes.subList(1, nodes.size()).forEach(ServerProcess::close);
    }
  }

  /// One more program with the keys of the first.
  private ServerProcess more(DatabaseServer database, int number) throws IOException {
    var data = Files.createDirectories(work.resolve("node" + number));
    for (var key : KEYS) {
      Files.deleteIfExists(data.resolve(key));
      Files.copy(work.resolve("node0").resolve(key), data.resolve(key));
    }
    return ServerProcess.realOn(source, data, database.address());
  }

  private void spread(DatabaseServer database, List<ServerProcess> nodes, Workload workload)
      throws Exception {
    var each = Math.max(1, WRITERS / nodes.size());
    for (var node : nodes) {
      node.client().settle(workload, each);
    }
    var before = database.cpuMicros();
    var measured = atOnce(nodes, workload, each);
    var spent = database.cpuMicros() - before;
    var all = measured.stream().mapToLong(Measure::requests).sum();
    var rate = measured.stream().mapToDouble(Measure::perSecond).sum();
    System.out.printf(
        "%-22s %6d %10.0f %12.1f%n",
        workload.name(), nodes.size(), rate, spent / (double) Math.max(1, all));
  }

  private List<Measure> atOnce(List<ServerProcess> nodes, Workload workload, int connections)
      throws InterruptedException, ExecutionException {
    var load = new Load(connections, Duration.ZERO, block.multipliedBy(2));
    try (var threads = Executors.newFixedThreadPool(nodes.size())) {
      var runs =
          nodes.stream()
              .<Callable<Measure>>map(node -> () -> node.client().run(workload, load))
              .toList();
      var measured = new ArrayList<Measure>();
      for (var run : threads.invokeAll(runs)) {
        measured.add(run.get());
      }
      return measured;
    }
  }
}
