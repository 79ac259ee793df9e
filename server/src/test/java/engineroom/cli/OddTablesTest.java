package engineroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.app.App;
import engineroom.http.HttpConfig;
import engineroom.server.Engineroom;
import engineroom.server.PostgresServer;
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
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Tables as one meets them are adopted: what can be served is, and the rest is told.
@Timeout(120)
final class OddTablesTest {
  private static final String MODEL = "app/model/adopted.yaml";
  private static final String KEY = "correct-horse-battery";

  private static final String POSTGRES =
      """
      CREATE TYPE mood AS ENUM ('happy', 'sad');
      CREATE TABLE users (
        code text COLLATE "en-x-icu" PRIMARY KEY, mail varchar(80) NOT NULL UNIQUE,
        mood mood NOT NULL DEFAULT 'happy', extra jsonb, born timestamptz,
        weight numeric, shout text GENERATED ALWAYS AS (upper(mail)) STORED,
        age smallint CHECK (age > 0));
      COMMENT ON TABLE users IS 'Who "we" know: all of them';
      COMMENT ON COLUMN users.mail IS 'Where to write # to';
      CREATE TABLE "Orders" (
        "Id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        "User" text COLLATE "en-x-icu" NOT NULL REFERENCES users ON DELETE CASCADE,
        made_at timestamp NOT NULL DEFAULT now(), tags text[]);
      CREATE INDEX ON "Orders" ("User");
      CREATE TABLE label (shelf text, place text, note text, PRIMARY KEY (shelf, place));
      CREATE TABLE keyless (a int);
      CREATE VIEW many AS SELECT "User" AS who, count(*) AS orders FROM "Orders" GROUP BY 1;
      INSERT INTO users (code, mail, age) VALUES ('b', 'b@x', 2), ('A', 'a@x', 3), ('ä', 'c@x', 4);
      """;

  private static final String SQLITE =
      """
      CREATE TABLE thing (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE,
        size DECIMAL(8,3), mixed, made DATETIME, day DATE, kind TEXT DEFAULT 'plain',
        good BOOLEAN, twice INTEGER GENERATED ALWAYS AS (id * 2) VIRTUAL, CHECK (size < 100));
      INSERT INTO thing (name, size, mixed, made, day, good) VALUES
        ('one', 1.5, 1, '2020-01-02 03:04:05', '2020-01-02', 1),
        ('two', 0.125, 'x', NULL, NULL, 0);
      CREATE TABLE bare (a INTEGER, b TEXT);
      CREATE TABLE odd (word TEXT PRIMARY KEY, value REAL) WITHOUT ROWID;
      INSERT INTO odd VALUES ('a,b', 0.1);
      """;

  private static final String BUSY =
      """

      busy:
        table: public.many
        plural: busy
        readOnly: true
        key: [who]
        fields: { who: text, orders: integer? }
      """;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private App.@Nullable Running app;

  @TempDir private Path folder;

  @AfterEach
  void ended() {
    if (app != null) {
      app.close();
    }
  }

  private void adopt(String address) {
    var console = new Main.Console(new PrintStream(out), new PrintStream(out));
    var project = folder.resolve("app").toString();
    assertThat(Main.run(Engineroom::new, console, "adopt", address, "--out", project))
        .as(() -> out.toString(StandardCharsets.UTF_8))
        .isZero();
  }

  private void serve() {
    var http = HttpConfig.defaults().at("127.0.0.1", 0);
    var options = new App.ServeOptions(http, null, App.Seeding.NONE, App.Mode.PRODUCTION, KEY);
    app = new Engineroom().start(folder.resolve("app"), options);
  }

  private String model() throws IOException {
    return Files.readString(folder.resolve(MODEL));
  }

  private String told(String method, String path, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + Objects.requireNonNull(app).port() + path))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + KEY)
            .method(method, BodyPublishers.ofString(body))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request, BodyHandlers.ofString());
      return (answer.statusCode() + " " + answer.body()).replaceAll("\"version\":\\d+,?", "");
    }
  }

  @Test
  void tables_of_postgresql_are_served_as_far_as_they_can_be() throws Exception {
    var server = PostgresServer.fresh();
    PostgresServer.execute(server, POSTGRES);
    adopt(server.toString());
    assertThat(Files.readString(folder.resolve("app/ADOPTED.md")))
        .contains("`public.keyless`: it has no primary key")
        .contains("`public.many`: a view has no key")
        .contains("`public.users.weight`: the column is left out: numeric holds numbers")
        .contains("`public.Orders.tags`: the column is left out: there is no type for text[]")
        .contains("`public.users`: the database alone keeps CHECK");
    Files.writeString(folder.resolve(MODEL), model() + BUSY);
    serve();
    users();
    orders();
    assertThat(told("GET", "/api/busy", "")).contains("{\"id\":\"A\",\"who\":\"A\",\"orders\":1}");
    assertThat(told("POST", "/api/busy", "{\"who\":\"x\"}")).startsWith("403 ");
    var label = "{\"shelf\":\"a,b\",\"place\":\"~\",\"note\":\"x\"}";
    assertThat(told("POST", "/api/labels", label)).contains("201 {\"id\":\"a~1b,~0\"");
    assertThat(told("GET", "/api/labels/a~1b,~0", "")).startsWith("200 ");
    assertThat(PostgresServer.tables(server))
        .containsExactly("Orders", "keyless", "label", "users");
  }

  private void users() throws Exception {
    assertThat(told("GET", "/api/userRows?sort=id&fields=id,mail", ""))
        .contains("\"id\":\"A\",\"mail\":\"a@x\"},{\"id\":\"b\"", "\"id\":\"ä\"");
    var made = "{\"id\":\"x\",\"mail\":\"x@x\",\"extra\":{\"a\": 1},\"age\":1}";
    assertThat(told("POST", "/api/userRows", made))
        .startsWith("201 ")
        .contains("\"mood\":\"happy\"", "\"shout\":\"X@X\"", "\"extra\":{\"a\": 1}");
    assertThat(told("POST", "/api/userRows", made)).startsWith("409 ").contains("\"id\"");
    assertThat(told("PATCH", "/api/userRows/x", "{\"mail\":\"b@x\"}"))
        .startsWith("409 ")
        .contains("\"mail\"");
    assertThat(told("PATCH", "/api/userRows/x", "{\"age\":0}")).startsWith("422 ").contains("age");
    assertThat(told("PATCH", "/api/userRows/x", "{\"age\":40000}")).startsWith("422 ");
    assertThat(told("PATCH", "/api/userRows/x", "{\"mood\":\"sad\"}")).contains("\"sad\"");
    assertThat(told("PATCH", "/api/userRows/x", "{\"mood\":\"odd\"}")).startsWith("422 ");
    assertThat(told("POST", "/api/userRows", "{\"mail\":\"y@x\"}"))
        .startsWith("422 ")
        .contains("\"path\":\"id\"");
    var plan = told("GET", "/api/userRows?id=x&explain=plan", "");
    assertThat(plan).contains("Index").doesNotContain("Seq Scan");
  }

  private void orders() throws Exception {
    assertThat(told("POST", "/api/orders", "{\"user\":\"A\"}"))
        .startsWith("201 {\"id\":1,")
        .containsPattern("\"madeAt\":\"20..-..-..T..:..:..\\.\\d{6}Z\"");
    assertThat(told("POST", "/api/orders", "{\"user\":\"x\"}")).startsWith("201 {\"id\":2,");
    assertThat(told("GET", "/api/orders/1?expand=user", "")).contains("\"mail\":\"a@x\"");
    assertThat(told("POST", "/api/orders", "{\"user\":\"none\"}")).startsWith("422 ");
    assertThat(told("DELETE", "/api/userRows/x", "")).startsWith("204");
    assertThat(told("GET", "/api/orders/2", "")).startsWith("404 ");
  }

  @Test
  void tables_of_sqlite_are_served_as_far_as_they_can_be() throws Exception {
    var file = folder.resolve("odd.db");
    sqlite(file, SQLITE);
    adopt("sqlite:" + file);
    assertThat(Files.readString(folder.resolve("app/ADOPTED.md")))
        .contains("`bare`: it has no primary key")
        .contains("`thing.mixed`: the column is left out: it holds values of several kinds")
        .contains("`thing`: the database alone keeps CHECK size < 100");
    serve();
    assertThat(told("GET", "/api/things/1", ""))
        .contains("\"size\":\"1.500\"", "\"made\":\"2020-01-02T03:04:05.000000Z\"")
        .contains("\"day\":\"2020-01-02\"", "\"good\":true", "\"twice\":2", "\"kind\":\"plain\"");
    var made = "{\"name\":\"three\",\"size\":\"0.001\",\"good\":false,\"made\":null}";
    assertThat(told("POST", "/api/things", made))
        .startsWith("201 {\"id\":3,")
        .contains("\"kind\":\"plain\"", "\"size\":\"0.001\"", "\"twice\":6");
    assertThat(told("POST", "/api/things", made)).startsWith("409 ").contains("\"name\"");
    assertThat(told("PATCH", "/api/things/3", "{\"size\":\"100.5\"}")).startsWith("422 ");
    assertThat(told("PATCH", "/api/things/3", "{\"twice\":7}")).startsWith("422 ");
    assertThat(told("DELETE", "/api/things/3", "")).startsWith("204");
    assertThat(told("POST", "/api/things", made)).startsWith("201 {\"id\":4,");
    assertThat(told("GET", "/api/odds/a%2Cb", "")).contains("\"value\":0.1");
    assertThat(told("GET", "/api/things/aggregate?sum=size", "")).contains("\"1.626\"");
  }

  private static void sqlite(Path file, String script) {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      for (var sql : List.of(script.split(";", -1))) {
        if (!sql.isBlank()) {
          statement.executeUpdate(sql);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private int own() {
    var console = new Main.Console(new PrintStream(out), new PrintStream(out));
    return Main.run(Engineroom::new, console, "adopt", "--own", folder.resolve("app").toString());
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void tables_of_postgresql_are_owned_as_far_as_they_were_served() throws Exception {
    var server = PostgresServer.fresh();
    PostgresServer.execute(server, POSTGRES);
    adopt(server.toString());
    var model = model();
    Files.writeString(folder.resolve(MODEL), model + BUSY);
    assertThat(own()).isEqualTo(1);
    assertThat(printed()).contains("busy: public.many is a view", "Nothing was changed.");
    assertThat(model()).isEqualTo(model + BUSY);
    Files.writeString(folder.resolve(MODEL), model);
    assertThat(own()).as(this::printed).isZero();
    assertThat(printed())
        .contains("userRow: no field holds weight: they stay behind.")
        .contains("userRow: mood has no default any more, which was 'happy'::")
        .contains("userRow: shout is worked out no more")
        .contains("userRow: CHECK ((age > 0)) is kept no more");
    serve();
    assertThat(told("GET", "/api/userRows?sort=id&fields=id,mail,mood,shout", ""))
        .contains("{\"id\":\"A\",\"mail\":\"a@x\",\"mood\":\"happy\",\"shout\":\"A@X\"}");
    var label = "{\"shelf\":\"a,b\",\"place\":\"~\",\"note\":\"x\"}";
    assertThat(told("POST", "/api/labels", label)).contains("201 {\"id\":\"a~1b,~0\"");
    assertThat(told("GET", "/api/labels/a~1b,~0", "")).startsWith("200 ");
  }

  @Test
  void values_that_would_be_lost_are_told_before_a_table_is_owned() throws Exception {
    var file = folder.resolve("odd.db");
    sqlite(file, SQLITE);
    adopt("sqlite:" + file);
    sqlite(file, "UPDATE thing SET made = 'nonsense', size = 1.0625 WHERE id = 1");
    assertThat(own()).isEqualTo(1);
    assertThat(printed())
        .contains("thing.made 1 row holds what is no", "thing.size 1 row holds what is no")
        .contains("Nothing was changed.");
    sqlite(file, "UPDATE thing SET made = NULL, size = 1.5 WHERE id = 1");
    assertThat(own()).as(this::printed).isZero();
    serve();
    assertThat(told("GET", "/api/things?sort=id&fields=id,size,twice", ""))
        .contains("{\"id\":1,\"size\":\"1.500\",\"twice\":2}");
    assertThat(told("GET", "/api/odds/a,b", "")).startsWith("200 ");
  }
}
