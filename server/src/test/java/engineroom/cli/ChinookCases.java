package engineroom.cli;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import engineroom.app.App;
import engineroom.http.HttpConfig;
import engineroom.server.Engineroom;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Chinook, a database of somebody else's, is adopted and served as it is, with the same answers on
/// any database. They were worked out by SQL beforehand.
@Timeout(120)
abstract class ChinookCases {
  static final Path DATA =
      Path.of(System.getProperty("engineroom.root", ".."), "../shared/data/chinook").normalize();
  private static final String KEY = "correct-horse-battery";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private App.Running app;

  /// Makes the database and tells its address.
  abstract String database() throws IOException;

  /// Everything in the adopted tables, definitions and rows.
  abstract String dump();

  /// What a plan says where it uses an index.
  String indexed() {
    return "(?is).*(index).*";
  }

  /// Makes the app fit for the database of tests.
  void prepared(Path project) throws IOException {}

  /// Does something to the adopted tables as another program does.
  abstract void otherwise(String sql);

  /// A name as this database has it, of `Album` or `AlbumId`.
  abstract String named(String name);

  @BeforeEach
  void adopted_and_served() throws IOException {
    assumeTrue(Files.isDirectory(DATA), "SKIPPED: there is no " + DATA);
    var address = database();
    var code = engineroom("adopt", address, "--out", project().toString());
    assertThat(code).as(printed()).isZero();
    prepared(project());
    app = start();
  }

  @AfterEach
  void ended() {
    if (app != null) {
      app.close();
    }
  }

  Path project() {
    return folder.resolve("app");
  }

  int engineroom(String... arguments) {
    var console = new Main.Console(new PrintStream(out), new PrintStream(out));
    return Main.run(Engineroom::new, console, arguments);
  }

  String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private App.Running start() {
    return start(App.Mode.DEVELOPMENT);
  }

  private App.Running start(App.Mode mode) {
    var http = HttpConfig.defaults().at("127.0.0.1", 0);
    var options = new App.ServeOptions(http, null, App.Seeding.NONE, mode, KEY);
    return new Engineroom().start(project(), options);
  }

  /// Sends a request; values of its parameters are written as they are.
  private HttpResponse<String> send(String method, String path, String body, String... headers) {
    try {
      var uri = URI.create("http://127.0.0.1:" + app.port() + encoded(path));
      var request =
          HttpRequest.newBuilder(uri)
              .header("Content-Type", "application/json")
              .header("Authorization", "Bearer " + KEY)
              .method(method, BodyPublishers.ofString(body));
      if (headers.length > 0) {
        request.headers(headers);
      }
      return CLIENT.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String path) {
    int question = path.indexOf('?');
    if (question < 0) {
      return path;
    }
    var parameters = new ArrayList<String>();
    for (var parameter : path.substring(question + 1).split("&", -1)) {
      int equals = parameter.indexOf('=');
      parameters.add(
          equals < 0
              ? parameter
              : parameter.substring(0, equals + 1)
                  + URLEncoder.encode(parameter.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return path.substring(0, question + 1) + String.join("&", parameters);
  }

  private String get(String path) {
    return send("GET", path, "").body();
  }

  private String told(String method, String path, String body) {
    var answer = send(method, path, body);
    return answer.statusCode() + " " + answer.body();
  }

  /// Without versions, which are told apart only by being different.
  private static String plain(String json) {
    return json.replaceAll("\"version\":\\d+,?", "").replaceAll(",\"page\":.*$", "}");
  }

  @Test
  void ten_questions_have_their_known_answers() {
    questions();
  }

  private void questions() {
    var lines = "/api/invoiceLines/aggregate";
    var invoices = "/api/invoices/aggregate";
    asked("/api/tracks/aggregate?count", "{\"data\":[{\"count\":3503}]}");
    asked(
        lines + "?group=track.genre.name&sum=unitPrice&track.album.artist.name=Iron Maiden",
        """
        {"data":[{"group":{"track.genre.name":"Blues"},"sum":{"unitPrice":"3.96"}},\
        {"group":{"track.genre.name":"Heavy Metal"},"sum":{"unitPrice":"11.88"}},\
        {"group":{"track.genre.name":"Metal"},"sum":{"unitPrice":"69.30"}},\
        {"group":{"track.genre.name":"Rock"},"sum":{"unitPrice":"53.46"}}]}""");
    asked(
        lines + "?group=track.album.artist.name&sum=unitPrice&sort=-sum.unitPrice&limit=3",
        """
        {"data":[{"group":{"track.album.artist.name":"Iron Maiden"},"sum":{"unitPrice":"138.60"}},\
        {"group":{"track.album.artist.name":"U2"},"sum":{"unitPrice":"105.93"}},\
        {"group":{"track.album.artist.name":"Metallica"},"sum":{"unitPrice":"90.09"}}]}""");
    asked(
        invoices + "?group=billingCountry&sum=total&sort=-sum.total&limit=3",
        """
        {"data":[{"group":{"billingCountry":"USA"},"sum":{"total":"523.06"}},\
        {"group":{"billingCountry":"Canada"},"sum":{"total":"303.96"}},\
        {"group":{"billingCountry":"France"},"sum":{"total":"195.10"}}]}""");
    asked(
        invoices + "?group=customer.supportRep.lastName&sum=total&sort=-sum.total",
        """
        {"data":[{"group":{"customer.supportRep.lastName":"Peacock"},"sum":{"total":"833.04"}},\
        {"group":{"customer.supportRep.lastName":"Park"},"sum":{"total":"775.40"}},\
        {"group":{"customer.supportRep.lastName":"Johnson"},"sum":{"total":"720.16"}}]}""");
    asked(
        invoices
            + "?count&invoiceDate.gte=2023-01-01T00:00:00Z&invoiceDate.lt=2024-01-01T00:00:00Z",
        "{\"data\":[{\"count\":83}]}");
    asked(
        "/api/tracks?sort=-milliseconds&limit=1&fields=name,milliseconds",
        "{\"data\":[{\"name\":\"Occupation / Precipice\",\"milliseconds\":5286953}]}");
    asked(
        "/api/playlistTracks/aggregate?count&playlist.name=Grunge", "{\"data\":[{\"count\":15}]}");
    asked(
        "/api/employees/aggregate?group=reportsTo.lastName&count",
        """
        {"data":[{"group":{"reportsTo.lastName":"Adams"},"count":2},\
        {"group":{"reportsTo.lastName":"Edwards"},"count":3},\
        {"group":{"reportsTo.lastName":"Mitchell"},"count":2},\
        {"group":{"reportsTo.lastName":null},"count":1}]}""");
    asked("/api/artists/aggregate?count&filter=size(albums) == 0", "{\"data\":[{\"count\":71}]}");
  }

  private void asked(String path, String answer) {
    assertThat(plain(get(path))).as(path).isEqualTo(answer);
  }

  @Test
  void rows_lead_to_others_over_four_tables() {
    var path =
        "/api/playlistTracks/1,2?fields=id,track.name,track.album.title,track.album.artist.name";
    assertThat(plain(get(path + "&expand=track.album.artist")))
        .contains("\"id\":\"1,2\"", "\"Balls to the Wall\"", "\"artist\":{", "\"Accept\"");
  }

  @Test
  void a_boss_is_an_employee_and_has_some() {
    var boss = plain(get("/api/employees/2?expand=reportsTo,employees"));
    assertThat(boss)
        .contains("\"birthDate\":\"1958-12-08T00:00:00.000000Z\"", "\"lastName\":\"Adams\"")
        .contains("\"lastName\":\"Peacock\"", "\"lastName\":\"Park\"", "\"lastName\":\"Johnson\"");
  }

  @Test
  void a_row_with_a_key_of_two_columns_is_made_read_and_deleted_by_its_path() {
    var before = dump();
    var row = "{\"playlist\":18,\"track\":3503}";
    var made = send("POST", "/api/playlistTracks", row);
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(plain(made.body()))
        .isEqualTo("{\"id\":\"18,3503\",\"playlist\":{\"id\":18},\"track\":{\"id\":3503}}");
    assertThat(get("/api/playlistTracks/18,3503")).isEqualTo(made.body());
    assertThat(told("POST", "/api/playlistTracks", row)).startsWith("409 ");
    assertThat(dump()).isNotEqualTo(before);
    assertThat(told("DELETE", "/api/playlistTracks/18,3503", "")).startsWith("204");
    assertThat(told("GET", "/api/playlistTracks/18,3503", "")).startsWith("404 ");
    assertThat(told("PUT", "/api/playlistTracks/18,3503", "{}")).startsWith("201 ");
    assertThat(told("DELETE", "/api/playlistTracks/18,3503", "")).startsWith("204");
    assertThat(dump()).isEqualTo(before);
  }

  @Test
  void ids_that_are_none_have_no_row() {
    for (var id : List.of("1", "1,2,3", "x,y", "1,", "01,2", "1.0,2", "99,99")) {
      assertThat(told("GET", "/api/playlistTracks/" + id, "")).as(id).startsWith("404 ");
    }
    assertThat(told("POST", "/api/playlistTracks", "{\"id\":\"1,1\",\"playlist\":1,\"track\":2}"))
        .startsWith("422 ")
        .contains("is made of playlist and track");
  }

  @Test
  void values_are_written_as_the_columns_have_them() {
    var before = dump();
    var changed = "{\"invoiceDate\":\"2024-05-01T10:11:12Z\",\"total\":\"12.34\"}";
    assertThat(told("PATCH", "/api/invoices/5", changed))
        .startsWith("200 ")
        .contains("\"invoiceDate\":\"2024-05-01T10:11:12.000000Z\"", "\"total\":\"12.34\"");
    assertThat(dump()).contains("2024-05-01 10:11:12").contains("12.34");
    var back = "{\"invoiceDate\":\"2021-01-11T00:00:00Z\",\"total\":\"13.86\"}";
    assertThat(told("PATCH", "/api/invoices/5", back)).startsWith("200 ");
    assertThat(dump()).isEqualTo(before);
  }

  @Test
  void a_change_by_another_program_is_seen_by_if_match() {
    var tag = send("GET", "/api/artists/1", "").headers().firstValue("ETag").orElseThrow();
    otherwise("UPDATE %s SET %s = 'AC-DC' WHERE %s = 1", "Artist", "Name", "ArtistId");
    var refused = send("PATCH", "/api/artists/1", "{\"name\":\"Mine\"}", "If-Match", tag);
    assertThat(refused.statusCode()).isEqualTo(412);
    assertThat(refused.body()).contains("\"name\":\"AC-DC\"");
    var now = refused.headers().firstValue("ETag").orElseThrow();
    var done = send("PATCH", "/api/artists/1", "{\"name\":\"AC/DC\"}", "If-Match", now);
    assertThat(done.statusCode()).isEqualTo(200);
    assertThat(done.headers().firstValue("ETag")).contains(tag);
  }

  void otherwise(String sql, String... names) {
    otherwise(sql.formatted(List.of(names).stream().map(this::named).toArray()));
  }

  @Test
  void nothing_is_changed_by_a_start_by_reads_and_by_refused_writes() {
    app.close();
    var before = dump();
    app = start();
    get("/api/tracks?limit=500");
    assertThat(told("DELETE", "/api/albums/1", "")).startsWith("409 ");
    assertThat(told("PATCH", "/api/albums/1", "{\"artist\":99999}")).startsWith("422 ");
    assertThat(told("POST", "/api/albums", "{\"id\":1,\"title\":\"x\",\"artist\":1}"))
        .startsWith("409 ");
    assertThat(told("PATCH", "/api/albums/1", "{\"title\":null}")).startsWith("422 ");
    assertThat(dump()).isEqualTo(before);
  }

  @Test
  void a_field_without_a_column_is_refused_with_the_way_out() throws IOException {
    var before = dump();
    var file = project().resolve("model/adopted.yaml");
    var model = Files.readString(file);
    Files.writeString(
        file, model.replaceFirst("(artist:\n.*\n  fields:\n)", "$1    rank: text?\n"));
    assertThat(app.reload().mistakes().toString())
        .contains("artist.rank: the table")
        .contains("has no column rank", "is never altered");
    app.close();
    assertThat(engineroom("plan", project().toString())).isNotZero();
    assertThat(printed()).contains("artist.rank: the table").doesNotContain("Nothing to do");
    assertThat(engineroom("migrate", project().toString())).isNotZero();
    assertThat(dump()).isEqualTo(before);
    Files.writeString(file, model);
    app = start();
  }

  @Test
  void lookups_use_the_indexes_of_the_tables() {
    assertThat(get("/api/playlistTracks?id=1,2&explain=plan")).matches(indexed());
    assertThat(get("/api/albums?artist=5&explain=plan")).matches(indexed());
    assertThat(get("/api/albums?id=5&expand=artist,tracks&explain=plan"))
        .doesNotContain("Seq Scan", "SCAN adopted");
  }

  @Test
  void the_model_comes_to_own_the_tables() throws IOException {
    app.close();
    var before = dump();
    assertThat(engineroom("adopt", "--own", "--plan", project().toString())).isEqualTo(3);
    assertThat(printed())
        .containsPattern("take playlistTrack from \\S+ +slow +8715")
        .contains("stay as they are", "version begins at 1");
    assertThat(Files.readString(adopted())).contains("table:");
    assertThat(dump()).isEqualTo(before);
    assertThat(engineroom("adopt", "--own", project().toString())).as(printed()).isZero();
    assertThat(Files.readString(adopted())).doesNotContain("table:", "column:").contains("key:");
    assertThat(dump()).isEqualTo(before);
    app = start();
    questions();
    addresses();
    app.close();
    migrated();
    assertThat(dump()).isEqualTo(before);
  }

  private Path adopted() {
    return project().resolve("model/adopted.yaml");
  }

  /// Rows are where they were.
  private void addresses() {
    assertThat(get("/api/albums/1")).contains("\"id\":1,\"version\":1,", "\"artist\":{\"id\":1}");
    assertThat(told("POST", "/api/albums", "{\"title\":\"New\",\"artist\":1}"))
        .startsWith("201 ")
        .contains("\"id\":348");
    var row = "{\"playlist\":18,\"track\":3503}";
    assertThat(told("POST", "/api/playlistTracks", row)).contains("\"id\":\"18,3503\"");
    assertThat(told("POST", "/api/playlistTracks", row)).startsWith("409 ");
    assertThat(told("PATCH", "/api/playlistTracks/18,3503", "{\"track\":1}")).startsWith("422 ");
    assertThat(told("DELETE", "/api/playlistTracks/18,3503", "")).startsWith("204");
    assertThat(told("PUT", "/api/playlistTracks/18,3503", "{}")).startsWith("201 ");
    assertThat(told("GET", "/api/playlistTracks/18,3503", "")).startsWith("200 ");
    assertThat(told("GET", "/api/playlistTracks/18,1", "")).startsWith("404 ");
    assertThat(told("DELETE", "/api/artists/1", "")).startsWith("409 ").contains("by an album");
    assertThat(told("PATCH", "/api/albums/1", "{\"artist\":99999}")).startsWith("422 ");
  }

  /// The model changes as any does.
  private void migrated() throws IOException {
    var model = Files.readString(adopted());
    Files.writeString(
        adopted(),
        model
            .replaceFirst(
                "(artist:\n(?:.*\n)?  fields:\n)",
                """
                artist:
                  history: true
                  trash: 30d
                  fields:
                    owner: user?
                    stars: { type: integer, default: 3 }
                """)
            .replaceFirst("title: \\{ type: text", "called: { was: title, type: text"));
    assertThat(engineroom("plan", project().toString())).as(printed()).isEqualTo(3);
    assertThat(printed()).contains("rename album.title to album.called", "add artist.owner");
    assertThat(engineroom("migrate", project().toString())).as(printed()).isZero();
    app = start();
    assertThat(get("/api/albums/1?fields=called")).contains("For Those About To Rock");
    assertThat(get("/api/artists/1")).contains("\"stars\":3");
    assertThat(told("POST", "/api/artists", "{\"name\":\"Nobody\"}")).contains("\"id\":276");
    assertThat(told("DELETE", "/api/artists/276", "")).startsWith("204");
    assertThat(told("POST", "/api/artists/trash/276/restore", "")).startsWith("200 ");
    assertThat(get("/api/artists/276/history")).contains("\"Nobody\"");
    app.close();
    assertThat(engineroom("copy", "--to", "sqlite:copied.db", project().toString()))
        .as(printed())
        .isZero();
  }

  @Test
  void rows_of_the_program_and_adopted_ones_refer_to_each_other() throws IOException {
    app.close();
    var model = Files.readString(adopted());
    var medium = "    medium: { type: medium?, column: " + named("Bytes") + " }";
    Files.writeString(adopted(), model.replaceFirst("(?m)^    bytes: .*$", medium));
    Files.writeString(
        project().resolve("model/own.yaml"),
        """
        review:
          fields:
            album: { type: album, onDelete: cascade }
            artist: { type: artist?, onDelete: clear }
            said: text
        medium:
          plural: media
          fields: { id: integer, name: text }
        """);
    app = start();
    own();
    adoptedOnes();
    assertThat(engineroom("plan", project().toString())).as(printed()).isZero();
  }

  /// Rows of the program that refer to adopted ones.
  private void own() {
    var artist = "{\"id\":900,\"name\":\"Nobody\"}";
    assertThat(told("POST", "/api/artists", artist)).startsWith("201 ");
    var album = "{\"id\":901,\"title\":\"Nothing\",\"artist\":900}";
    assertThat(told("POST", "/api/albums", album)).startsWith("201 ");
    var review = "{\"album\":%s,\"artist\":%s,\"said\":\"good\"}";
    assertThat(told("POST", "/api/reviews", review.formatted(9999, 1))).startsWith("422 ");
    assertThat(told("POST", "/api/reviews", review.formatted(1, 900))).startsWith("201 ");
    assertThat(told("POST", "/api/reviews", review.formatted(901, 1))).startsWith("201 ");
    assertThat(get("/api/reviews?album.artist.name=AC/DC&expand=album.artist"))
        .contains("\"title\":\"For Those About To Rock We Salute You\"", "\"name\":\"AC/DC\"")
        .doesNotContain("Nothing");
    assertThat(get("/api/albums/1?expand=reviews")).contains("\"said\":\"good\"");
    asked("/api/albums/aggregate?count&filter=size(reviews) > 0", "{\"data\":[{\"count\":2}]}");
    assertThat(told("DELETE", "/api/albums/901", "")).startsWith("204");
    assertThat(told("DELETE", "/api/artists/900", "")).startsWith("204");
    assertThat(get("/api/reviews")).contains("\"album\":{\"id\":1},\"artist\":null");
    asked("/api/reviews/aggregate?count", "{\"data\":[{\"count\":1}]}");
  }

  /// Adopted rows that refer to rows of the program, or to none that are there.
  private void adoptedOnes() {
    assertThat(told("POST", "/api/media", "{\"id\":7,\"name\":\"Tape\"}")).startsWith("201 ");
    assertThat(told("PATCH", "/api/tracks/1", "{\"medium\":8}")).startsWith("422 ");
    assertThat(told("PATCH", "/api/tracks/1", "{\"medium\":7}")).startsWith("200 ");
    assertThat(get("/api/tracks?medium.name=Tape&expand=medium"))
        .contains("\"medium\":{\"id\":7,", "\"name\":\"Tape\"");
    assertThat(get("/api/media/7?expand=tracks")).contains("For Those About To Rock");
    assertThat(told("DELETE", "/api/media/7", "")).startsWith("409 ").contains("by a track");
    assertThat(get("/api/tracks/2?expand=medium")).contains("\"medium\":{\"id\":5510424}");
  }

  @Test
  void rows_that_do_not_fit_are_told_and_nothing_is_owned() throws IOException {
    app.close();
    var before = dump();
    var model = Files.readString(adopted());
    Files.writeString(adopted(), model.replaceFirst("(title: .*max: )\\d+", "$15"));
    assertThat(engineroom("adopt", "--own", project().toString())).isEqualTo(1);
    assertThat(printed())
        .contains("album 1: title must have at most 5 characters")
        .contains("rows do not fit", "Nothing was changed.");
    assertThat(Files.readString(adopted())).contains("table:");
    assertThat(dump()).isEqualTo(before);
    app = start();
    questions();
  }

  @Test
  void owning_that_was_cut_short_is_undone_or_ended_by_the_next_start() throws IOException {
    app.close();
    var model = Files.readString(adopted());
    assertThat(engineroom("adopt", "--own", "--plan", project().toString())).isEqualTo(3);
    var staged = project().resolve(".engineroom-own");
    staged(staged, owning(Files.readString(head()), model));
    app = start();
    assertThat(staged).doesNotExist();
    assertThat(Files.readString(adopted())).isEqualTo(model);
    questions();
    app.close();
    assertThat(engineroom("adopt", "--own", project().toString())).as(printed()).isZero();
    var owning = List.of(Files.readString(head()), Files.readString(adopted()));
    staged(staged, owning);
    formerFiles();
    app = start();
    assertThat(staged).doesNotExist();
    assertThat(Files.readString(head())).isEqualTo(owning.getFirst());
    assertThat(Files.readString(adopted())).isEqualTo(owning.getLast());
    questions();
  }

  private void formerFiles() throws IOException {
    var former = project().resolve("before-own");
    Files.copy(former.resolve("model/adopted.yaml"), adopted(), REPLACE_EXISTING);
    Files.copy(former.resolve("engineroom.yaml"), head(), REPLACE_EXISTING);
  }

  @Test
  void files_of_before_are_refused_until_what_is_owned_may_be_lost() throws IOException {
    app.close();
    assertThat(engineroom("adopt", "--own", project().toString())).as(printed()).isZero();
    formerFiles();
    for (var mode : List.of(App.Mode.PRODUCTION, App.Mode.DEVELOPMENT)) {
      assertThatThrownBy(() -> start(mode)).isInstanceOf(App.ConfigException.class);
    }
    assertThat(engineroom("adopt", "--own", project().toString())).as(printed()).isZero();
    assertThat(Files.readString(adopted())).doesNotContain("table:");
    formerFiles();
    assertThat(engineroom("migrate", "--allow-loss", project().toString())).as(printed()).isZero();
    app = start();
    questions();
  }

  private Path head() {
    return project().resolve("engineroom.yaml");
  }

  private List<String> owning(String app, String model) {
    return List.of(
        alone(app), model.replaceAll("(?m)^  table: .*\n", "").replaceAll(", column: [^,} ]+", ""));
  }

  /// What the app's file says where its model owns the tables.
  String alone(String app) {
    return app;
  }

  private static void staged(Path folder, List<String> texts) throws IOException {
    Files.createDirectories(folder.resolve("model"));
    Files.writeString(folder.resolve("engineroom.yaml"), texts.getFirst());
    Files.writeString(folder.resolve("model/adopted.yaml"), texts.getLast());
  }

  @Test
  void owning_that_is_killed_leaves_all_as_it_was_or_all_owned() throws Exception {
    app.close();
    var before = dump();
    for (var millis = 0; millis < 2_000; millis += 400) {
      killed(millis);
      app = start();
      questions();
      assertThat(project().resolve(".engineroom-own")).doesNotExist();
      assertThat(dump()).isEqualTo(before);
      app.close();
      if (!Files.readString(adopted()).contains("table:")) {
        return;
      }
    }
    assertThat(engineroom("adopt", "--own", project().toString())).as(printed()).isZero();
  }

  /// Lets another process begin, and kills it so long after it has.
  private void killed(long millis) throws Exception {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "adopt",
            "--own",
            project().toString());
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    while (process.isAlive() && !Files.exists(project().resolve(".engineroom-own"))) {
      process.waitFor(1, TimeUnit.MILLISECONDS);
    }
    process.waitFor(millis, TimeUnit.MILLISECONDS);
    process.destroyForcibly().onExit().join();
  }

  @Test
  void graphql_answers_too() {
    var query = "{\"query\":\"{ track(id: \\\"1\\\") { name album { artist { name } } } }\"}";
    assertThat(told("POST", "/graphql", query))
        .startsWith("200 ")
        .contains("{\"name\":\"For Those About To Rock (We Salute You)\",\"album\":{\"artist\":");
  }
}
