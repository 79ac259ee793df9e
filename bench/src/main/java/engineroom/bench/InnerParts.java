package engineroom.bench;

import engineroom.Engine;
import engineroom.data.Value;
import engineroom.door.cursor.CursorSeal;
import engineroom.expression.Arguments;
import engineroom.expression.Expression.Compare;
import engineroom.expression.Expression.Comparison;
import engineroom.expression.Expression.Parameter;
import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import engineroom.json.SchemaCheck;
import engineroom.modelfile.ModelReader;
import engineroom.modelfile.ModelReader.Reading;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.operation.Operation.Fetch;
import engineroom.operation.Operation.Find;
import engineroom.operation.Query;
import engineroom.operation.Query.Counting;
import engineroom.operation.Query.Page;
import engineroom.operation.Selection;
import engineroom.operation.Selection.Direction;
import engineroom.operation.Selection.Sort;
import engineroom.outcome.Outcome;
import engineroom.server.Wiring;
import engineroom.stores.sqlite.SqliteDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// The parts of a request without the network, on one thread: the engine on SQLite beside the same
/// SQL by hand, the JSON reader, the seal of cursors.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class InnerParts {
  private static final byte[] BODY =
      """
      {"sku": "P00001", "name": "Larkspur Pale Rain jacket", "details": "A quiet favourite of ours.",
       "price": {"amount": 6850, "currency": "EUR"}, "weight": "0.466", "stock": 38, "status": "active",
       "category": {"id": "01942599-6fc5-74dc-822c-8fb6cf3d8e86"}, "keywords": ["a", "b"],
       "attributes": {"colour": "amber", "boxed": false}, "availableFrom": "2025-01-02"}"""
          .getBytes(StandardCharsets.UTF_8);

  /// The folder that `bench/run` has prepared.
  @Param("")
  public String work = "";

  /// The project's folder.
  @Param("")
  public String source = "";

  private SqliteDatabase database;
  private Engine engine;
  private LimitReads limit;
  private Call guest;
  private List<UUID> products;
  private String category;
  private Find list;
  private CursorSeal seal;
  private int turn;

  @Setup
  public void open() throws IOException, SQLException {
    var folder = Files.createTempDirectory("inner-parts");
    var file = folder.resolve("shop.db");
    Files.copy(Path.of(work, "prepared", "shop.db"), file);
    var requests = new ShopRequests(file);
    products = requests.products().stream().map(UUID::fromString).toList();
    category = requests.categories().getFirst();
    var reading = ModelReader.read(Path.of(source, "examples/shop"), Map.of(), new SchemaCheck());
    if (!(reading instanceof Reading.Good(var model, _, _))) {
      throw new IllegalStateException("the shop has mistakes");
    }
    database = SqliteDatabase.open(file);
    engine = new Wiring(Wiring.Keys.of(new byte[32])).engine(database.store(model));
    limit = new LimitReads(file);
    guest =
        new Call(
            Caller.Guest.GUEST, Instant.now(), "GET", "127.0.0.1", "r", Duration.ofSeconds(30));
    var product = model.entity("product");
    var filter =
        new Compare(
            Comparison.EQUAL,
            product.get("category"),
            new Parameter(0, product.field("category").type().type()));
    var sort = List.of(new Sort(product.get("price"), Direction.DESCENDING));
    var query = new Query("product", Selection.ALL, filter, sort, Counting.NONE);
    var id = List.<Value>of(new Value.Uuid(UUID.fromString(category)));
    list = new Find(query, Page.first(30), new Arguments(id));
    seal = new CursorSeal(new byte[32]);
  }

  @TearDown
  public void close() {
    database.close();
  }

  private UUID product() {
    return products.get(Math.floorMod(turn++ * 7919, products.size()));
  }

  @Benchmark
  public Outcome pointReadByEngine() {
    return engine.run(new Fetch("product", new Value.Uuid(product()), Selection.ALL), guest);
  }

  @Benchmark
  public byte[] pointReadByHand() {
    return limit.one(product().toString());
  }

  @Benchmark
  public Outcome listOf30ByEngine() {
    return engine.run(list, guest);
  }

  @Benchmark
  public byte[] listOf30ByHand() {
    return limit.list(category);
  }

  @Benchmark
  public Json readBody() {
    return JsonReader.read(BODY, JsonLimits.defaults());
  }

  @Benchmark
  public String sealCursor() {
    var keys = List.of(Value.of(turn++), new Value.Uuid(products.getFirst()));
    return seal.seal(list.query(), keys);
  }
}
