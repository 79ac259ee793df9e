package engineroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.app.App;
import engineroom.http.HttpConfig;
import engineroom.server.Engineroom;
import engineroom.server.PostgresServer;
import engineroom.stores.PostgresAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `engineroom copy`: an app moves, and nobody who asks it can tell.
@Timeout(180)
final class CopyCommandTest {
  private static final String KEY = "correct-horse-battery";
  private static final String FILE = "sqlite:data/shop.db";
  private static final String USER =
      "{\"email\":\"ann@shop.example\",\"password\":\"a very long secret\",\"name\":\"Ann\"}";
  private static final String MODEL =
      """
      engineroom: 1
      name: Shop
      store: %s
      accounts: {}
      entities:
        user: { fields: { name: text? }, access: { read: true, create: true } }
        product:
          history: true
          fields:
            name: { type: text, search: true }
            price: { type: money, currency: EUR }
            number: { type: text?, sequence: { gapFree: true, format: "P-{number:4}" } }
            hint: text?
          access: { read: true, write: true, fields: { hint: { read: false } } }
        bill:
          trash: 30d
          fields:
            product: { type: product, inverse: bills, onDelete: cascade }
            pieces: { type: integer, min: 1 }
          access: { read: true, write: true }
      """;

  private final PostgresAddress server = PostgresServer.fresh();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream notes = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @BeforeEach
  void kept_in_a_file() throws IOException {
    store(FILE);
  }

  private void store(String store) throws IOException {
    Files.writeString(folder.resolve("engineroom.yaml"), MODEL.formatted(store));
  }

  private int copy(String... options) {
    out.reset();
    notes.reset();
    var arguments = new ArrayList<>(List.of("copy", folder.toString()));
    arguments.addAll(List.of(options));
    var console = new Main.Console(new PrintStream(out), new PrintStream(notes));
    return Main.run(Engineroom::new, console, arguments.toArray(String[]::new));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String notes() {
    return notes.toString(StandardCharsets.UTF_8);
  }

  private App.Running start() {
    var options =
        new App.ServeOptions(
            HttpConfig.defaults().at("127.0.0.1", 0),
            null,
            App.Seeding.NONE,
            App.Mode.PRODUCTION,
            KEY);
    return new Engineroom().start(folder, options);
  }

  private static String send(App.Running app, String method, String path, String body)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + path))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + KEY)
            .method(method, BodyPublishers.ofString(body));
    if (method.equals("POST")) {
      request.header("Idempotency-Key", Integer.toString(body.hashCode()));
    }
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request.build(), BodyHandlers.ofString());
      return answer.statusCode() + " " + answer.body();
    }
  }

  private static String product(int number) {
    return "{\"name\":\"Tea no %d\",\"price\":{\"amount\":%d,\"currency\":\"EUR\"},\"hint\":\"h\"}"
        .formatted(number, number);
  }

  private static String id(String answer) {
    return answer.replaceAll("(?s)^.*?\"id\":\"([^\"]+)\".*$", "$1");
  }

  /// Sells for a while: products with bills, changed and deleted.
  private static void sell(App.Running app) throws Exception {
    assertThat(send(app, "POST", "/auth/sign-up", USER)).startsWith("20");
    for (var number = 1; number <= 12; number++) {
      var made = send(app, "POST", "/api/products", product(number));
      assertThat(made).startsWith("201 ");
      var id = id(made);
      var bill = "{\"product\":\"" + id + "\",\"pieces\":" + number + "}";
      var sold = send(app, "POST", "/api/bills", bill);
      assertThat(sold).startsWith("201 ");
      if (number % 3 == 0) {
        send(app, "PATCH", "/api/products/" + id, "{\"name\":\"Mate no " + number + "\"}");
        assertThat(send(app, "DELETE", "/api/bills/" + id(sold), "")).startsWith("20");
      }
    }
  }

  /// What is asked before and after; the time of day is in none of it.
  private static List<String> asked(App.Running app) throws Exception {
    var answers = new ArrayList<String>();
    for (var path :
        List.of(
            "/api/products?sort=number&limit=100",
            "/api/products?search=mate&sort=-name",
            "/api/bills?expand=product&sort=pieces",
            "/api/users",
            "/api/bills/trash",
            "/api/bills/aggregate?group=product.name&count")) {
      answers.add(send(app, "GET", path, ""));
    }
    var first = id(send(app, "GET", "/api/products?sort=number&limit=3&offset=2", ""));
    answers.add(send(app, "GET", "/api/products/" + first + "/history", ""));
    answers.add(send(app, "POST", "/api/products", product(1))); // kept: it is told again
    assertThat(answers).allMatch(answer -> answer.startsWith("20"));
    return answers;
  }

  @Test
  void moves_an_app_to_postgres_and_back_and_answers_stay() throws Exception {
    List<String> before;
    try (var app = start()) {
      sell(app);
      before = asked(app);
    }
    assertThat(before.getFirst()).contains("P-0012");
    assertThat(before.get(4)).contains("\"pieces\":9");
    assertThat(copy("--to", server.toString())).as(notes()).isZero();
    assertThat(out())
        .containsPattern("product +same +12 rows")
        .contains("Both are the same at change ");
    store(server.toString());
    try (var app = start()) {
      assertThat(asked(app)).isEqualTo(before);
      assertThat(send(app, "POST", "/api/products", product(13))).contains("P-0013");
      before = asked(app);
    }
    assertThat(copy("--to", "sqlite:data/again.db")).as(notes()).isZero();
    store("sqlite:data/again.db");
    try (var app = start()) {
      assertThat(asked(app)).isEqualTo(before);
      assertThat(send(app, "POST", "/api/products", product(14))).contains("P-0014");
    }
    assertThat(copy("--to", server.toString(), "--verify")).isOne();
    assertThat(out()).containsPattern("product +DIFFERENT +14 rows, in the target 13");
  }

  @Test
  void follows_a_served_app_until_it_stops() throws Exception {
    var app = start();
    var copied = CompletableFuture.supplyAsync(() -> copy("--to", server.toString(), "--follow"));
    sell(app);
    while (!notes().contains("Stop the app")) {
      assertThat(copied).isNotDone();
      Thread.sleep(Duration.ofMillis(20));
    }
    send(app, "POST", "/api/products", product(99));
    var before = asked(app);
    app.close();
    assertThat(copied.get()).as(notes()).isZero();
    assertThat(out()).contains("Change store:");
    store(server.toString());
    try (var moved = start()) {
      assertThat(asked(moved)).isEqualTo(before);
    }
  }

  @Test
  void says_that_a_served_app_goes_on_without_the_copy() throws Exception {
    try (var app = start()) {
      send(app, "POST", "/api/products", product(1));
      assertThat(copy("--to", "sqlite:data/copy.db")).isZero();
      assertThat(out()).contains("The source is served").contains("--follow");
    }
  }

  @Test
  void refuses_what_can_not_be_copied() throws Exception {
    assertThat(copy("--to", server.toString())).isEqualTo(78);
    assertThat(notes()).contains("There is no database ");
    start().close();
    assertThat(copy()).isEqualTo(2);
    assertThat(copy("--to", "oracle:x")).isEqualTo(78);
    assertThat(notes()).contains("There is no such store.");
    assertThat(copy("--to", "mysql:x")).isEqualTo(78);
    assertThat(notes()).contains("The store is no address of MySQL.");
    assertThat(copy("--to", FILE)).isEqualTo(78);
    assertThat(notes()).contains("are the same database");
    Files.writeString(
        folder.resolve("engineroom.yaml"), MODEL.formatted(FILE).replace("pieces:", "amount:"));
    assertThat(copy("--to", server.toString())).isEqualTo(78);
    assertThat(notes()).contains("Migrate it first");
    assertThat(PostgresServer.tables(server)).isEmpty();
  }
}
