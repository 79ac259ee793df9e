package engineroom.stores;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A database of a PostgreSQL server, and who signs in there. As text it shows no password.
///
/// @param options what is written behind `?`, by the driver's names
public record PostgresAddress(
    String host, int port, String database, Login login, Map<String, String> options) {
  /// What the driver calls the schema that tables are made in.
  private static final String SCHEMA = "currentSchema";

  /// Options as libpq calls them.
  private static final ServerUrl.Kind KIND =
      new ServerUrl.Kind(
          "PostgreSQL",
          BadAddress.POSTGRES,
          5432,
          Map.of(
              "sslmode",
              "sslmode",
              "sslrootcert",
              "sslrootcert",
              "sslcert",
              "sslcert",
              "sslkey",
              "sslkey",
              "channel_binding",
              "channelBinding",
              "connect_timeout",
              "connectTimeout",
              "application_name",
              "ApplicationName",
              "schema",
              SCHEMA,
              Standbys.REPLICAS,
              Standbys.REPLICAS,
              Standbys.STALENESS,
              Standbys.STALENESS));

  public PostgresAddress {
    options = Map.copyOf(options);
  }

  /// Who signs in.
  public record Login(String user, String password) {
    @Override
    public String toString() {
      return user + ":***";
    }
  }

  static PostgresAddress parse(String text) {
    var url = ServerUrl.parse(text, KIND);
    var login = new Login(url.user(), url.password());
    Standbys.check(url.options());
    return new PostgresAddress(url.host(), url.port(), url.database(), login, url.options());
  }

  /// How many connections the program opens at most, besides one for its duties.
  public int connections() {
    return ServerUrl.connections(options);
  }

  /// What the driver is told.
  public Map<String, String> driverOptions() {
    return Standbys.without(ServerUrl.driverOptions(options));
  }

  /// The same database on its standby servers, which answer reads: a standby is a copy of the whole
  /// server, so who signs in, and how, is the same.
  public List<PostgresAddress> replicas() {
    var shared = Standbys.without(options);
    return Standbys.of(options, port).stream()
        .map(at -> new PostgresAddress(at.host(), at.port(), database, login, shared))
        .toList();
  }

  /// How long after a change replicas may answer those without it who don't say what they wrote;
  /// nothing where these are not to ask replicas.
  public Optional<Duration> staleness() {
    return Standbys.staleness(options);
  }

  /// The schema that the address names; nothing where the user's is meant.
  public Optional<String> schema() {
    return Optional.ofNullable(options.get(SCHEMA));
  }

  /// The same, with tables in a schema, unless one is named already.
  public PostgresAddress in(String schema) {
    var more = new LinkedHashMap<>(options);
    more.putIfAbsent(SCHEMA, schema);
    return new PostgresAddress(host, port, database, login, more);
  }

  /// The address as the driver takes it, without who signs in and without options.
  public String url() {
    var name = ServerUrl.encoded(database);
    return "jdbc:postgresql://" + ServerUrl.shown(host) + ":" + port + "/" + name;
  }

  /// The address without the password.
  @Override
  public String toString() {
    return "postgres://" + login.user() + "@" + ServerUrl.shown(host) + ":" + port + "/" + database;
  }
}
