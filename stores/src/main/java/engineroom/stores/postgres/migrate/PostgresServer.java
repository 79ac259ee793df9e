package engineroom.stores.postgres.migrate;

import static engineroom.problem.ProblemException.problem;

import engineroom.problem.StoreProblem.Unavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a server says of itself when a database of it is opened.
///
/// @param version the major one
/// @param product all that it says, as `PostgreSQL 18.4 on x86_64 …`
/// @param encoding of the database
/// @param connectionsMax how many it takes, from everybody together
public record PostgresServer(int version, String product, String encoding, int connectionsMax) {
  private static final int VERSION_MIN = 15;
  private static final String ASKED =
      "SELECT current_setting('server_encoding'), current_setting('max_connections')";

  /// Asks it; refused where the program can't be on it.
  ///
  /// @param connections that the program may open at most
  public static PostgresServer looked(Connection connection, int connections) throws SQLException {
    try (var statement = connection.createStatement()) {
      var product = product(statement);
      OtherEngine.of(product).ifPresent(OtherEngine::refuse);
      try (var rows = statement.executeQuery(ASKED)) {
        rows.next();
        var version = connection.getMetaData().getDatabaseMajorVersion();
        var found = new PostgresServer(version, product, rows.getString(1), rows.getInt(2));
        found.check(connections);
        return found;
      }
    }
  }

  private static String product(Statement statement) throws SQLException {
    try (var rows = statement.executeQuery("SELECT version()")) {
      rows.next();
      return rows.getString(1);
    }
  }

  private void check(int connections) {
    if (version < VERSION_MIN) {
      throw refused(
          "The database is PostgreSQL " + version + ".",
          "Use PostgreSQL " + VERSION_MIN + " or newer; 18 is tested.");
    }
    if (!encoding.equals("UTF8")) {
      throw refused(
          "The database is not encoded in UTF-8.",
          "Make one with CREATE DATABASE … ENCODING 'UTF8'.");
    }
    if (connections >= connectionsMax) {
      throw refused(
          "The program would open up to "
              + (connections + 1)
              + " connections, and PostgreSQL takes "
              + connectionsMax
              + " from everybody (max_connections).",
          "Write ?pool= with fewer into the address, or raise max_connections.");
    }
  }

  private static RuntimeException refused(String what, String wayOut) {
    return problem(new Unavailable(what, wayOut));
  }

  /// Engines that only speak PostgreSQL's protocol, and why the program is not let onto them.
  enum OtherEngine {
    COCKROACH(
        "cockroachdb",
        "CockroachDB",
        "it has no advisory locks, by which the change log is read without a gap"),
    YUGABYTE("-yb-", "YugabyteDB", "its sequences and locks were not tested with this program"),
    REDSHIFT("redshift", "Amazon Redshift", "it does not keep to uniques");

    private final String sign;
    private final String title;
    private final String reason;

    OtherEngine(String sign, String title, String reason) {
      this.sign = sign;
      this.title = title;
      this.reason = reason;
    }

    /// The one that says so of itself; nothing for PostgreSQL.
    static Optional<OtherEngine> of(String product) {
      var said = product.toLowerCase(Locale.ROOT);
      return Arrays.stream(values()).filter(engine -> said.contains(engine.sign)).findFirst();
    }

    private void refuse() {
      throw refused(
          "The database is " + title + ", which only speaks PostgreSQL's protocol: " + reason + ".",
          "Use PostgreSQL itself; docs/stores.md says more.");
    }
  }
}
