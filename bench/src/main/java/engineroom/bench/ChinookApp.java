package engineroom.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// An app of our own with the rows of the Chinook sample: artists, albums, tracks, customers and
/// invoices. The sample is a SQLite file that is not part of the project.
final class ChinookApp {
  /// Names the file of the sample; beside the sources otherwise.
  private static final String FILE = "CHINOOK";

  private static final String MODEL =
      """
      engineroom: 1
      name: Chinook
      store: ${DATABASE_URL:sqlite:data/chinook.db}
      roles: { staff: }
      accounts: { confirm: optional, accessMinutes: 60 }
      settings: { rates: { guests: off, callers: off, refused: off, credentials: off } }
      entities:
        artist:
          fields: { id: integer, name: text? }
          access: { read: true }
        genre:
          fields: { id: integer, name: text? }
          access: { read: true }
        album:
          fields:
            id: integer
            title: { type: text, max: 160 }
            artist: { type: artist, inverse: albums }
          access: { read: true }
        track:
          fields:
            id: integer
            name: { type: text, max: 200 }
            album: { type: album?, inverse: tracks }
            genre: { type: genre?, inverse: tracks }
            composer: text?
            milliseconds: integer
            unitPrice: { type: decimal, precision: 10, scale: 2 }
          access: { read: true }
        customer:
          fields:
            id: integer
            firstName: text
            lastName: text
            country: text?
            agent: { type: user?, inverse: customers }
          access: { read: "agent == caller.id || caller.is('staff')" }
        invoice:
          fields:
            id: integer
            customer: { type: customer, inverse: invoices }
            billingCity: text?
            billingCountry: { type: text? }
            total: { type: decimal, precision: 10, scale: 2 }
          indexes: [ [billingCountry] ]
          access: { read: "customer.agent == caller.id && total >= 1.00 || caller.is('staff')" }
      """;

  private static final Map<String, String> TABLES =
      Map.of(
          "artist",
          "SELECT ArtistId AS id, Name AS name FROM Artist",
          "genre",
          "SELECT GenreId AS id, Name AS name FROM Genre",
          "album",
          "SELECT AlbumId AS id, Title AS title, ArtistId AS artist FROM Album",
          "track",
          "SELECT TrackId AS id, Name AS name, AlbumId AS album, GenreId AS genre, Composer AS"
              + " composer, Milliseconds AS milliseconds, printf('%.2f', UnitPrice) AS"
              + " unitPrice FROM Track",
          "invoice",
          "SELECT InvoiceId AS id, CustomerId AS customer, BillingCity AS billingCity,"
              + " BillingCountry AS billingCountry, printf('%.2f', Total) AS total FROM"
              + " Invoice");

  /// Two of three customers are those of the one who asks.
  private static final String CUSTOMERS =
      "SELECT CustomerId AS id, FirstName AS firstName, LastName AS lastName, Country AS country,"
          + " CASE WHEN CustomerId % 3 = 0 THEN '' ELSE 'agent@example.org' END AS \"agent.email\""
          + " FROM Customer";

  /// Who asks where somebody must be signed in.
  static final String AGENT = "agent@example.org";

  private static final String PASSWORD = "quiet river under a bridge";
  private static final Pattern TOKEN = Pattern.compile("\"accessToken\":\"([^\"]+)\"");

  private ChinookApp() {}

  /// An access token of whose customers most are.
  static String token(ServerProcess server) throws IOException {
    var body = "{\"login\":\"%s\",\"password\":\"%s\"}".formatted(AGENT, PASSWORD);
    var answer = new String(server.post("/auth/sign-in", body), StandardCharsets.UTF_8);
    var token = TOKEN.matcher(answer);
    if (!token.find()) {
      throw new IllegalStateException("signing in was answered " + answer);
    }
    return token.group(1);
  }

  /// Where the sample is.
  static Path sample(Path source) {
    var named = System.getenv(FILE);
    var file =
        named == null
            ? source.resolve("../shared/data/chinook/Chinook_Sqlite.sqlite").normalize()
            : Path.of(named);
    if (!Files.isRegularFile(file)) {
      throw new IllegalStateException(
          "The Chinook sample is not at %s: get Chinook_Sqlite.sqlite, and name it in %s."
              .formatted(file, FILE.toUpperCase(Locale.ROOT)));
    }
    return file;
  }

  /// Writes the model, and the rows as seeds.
  static void write(Path sample, Path folder) throws IOException, SQLException {
    var seed = Files.createDirectories(folder.resolve("seed"));
    Files.writeString(folder.resolve("engineroom.yaml"), MODEL);
    var url = "jdbc:sqlite:file:" + sample.toAbsolutePath() + "?mode=ro&immutable=1";
    try (var connection = DriverManager.getConnection(url)) {
      var user = "- { email: %s, emailVerified: true, password: \"%s\" }\n";
      Files.writeString(seed.resolve("user.yaml"), user.formatted(AGENT, PASSWORD));
      Files.write(seed.resolve("customer.csv"), cells(connection));
      for (var table : TABLES.entrySet()) {
        Files.write(seed.resolve(table.getKey() + ".ndjson"), lines(connection, table.getValue()));
      }
    }
  }

  private static List<String> lines(Connection connection, String sql) throws SQLException {
    var lines = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql + " ORDER BY 1")) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        var members = new ArrayList<String>();
        for (int i = 1; i <= columns; i++) {
          members.add(quoted(rows.getMetaData().getColumnLabel(i)) + ":" + value(rows, i));
        }
        lines.add("{" + String.join(",", members) + "}");
      }
    }
    return lines;
  }

  private static List<String> cells(Connection connection) throws SQLException {
    var lines = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(CUSTOMERS + " ORDER BY 1")) {
      lines.add("id,firstName,lastName,country,agent.email");
      while (rows.next()) {
        var cells = new ArrayList<String>();
        for (int i = 1; i <= 5; i++) {
          var text = rows.getString(i);
          cells.add(text == null ? "" : '"' + text.replace("\"", "\"\"") + '"');
        }
        lines.add(String.join(",", cells));
      }
    }
    return lines;
  }

  private static String value(ResultSet rows, int column) throws SQLException {
    return switch (rows.getObject(column)) {
      case null -> "null";
      case Number number -> number.toString();
      case Object other -> quoted(other.toString());
    };
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
