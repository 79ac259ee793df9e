package engineroom.stores;

import java.util.Map;

/// A database of a MariaDB or MySQL server, and who signs in there. As text it shows no password.
///
/// @param make of the server
/// @param options what is written behind `?`, by the driver's names
public record MariaAddress(
    Make make, String host, int port, String database, Login login, Map<String, String> options) {
  private static final int PORT = 3306;
  private static final Map<String, String> OPTIONS =
      Map.of(
          "sslMode", "sslMode",
          "serverSslCert", "serverSslCert",
          "trustStore", "trustStore",
          "trustStorePassword", "trustStorePassword",
          "connectTimeout", "connectTimeout");
  private static final Map<String, String> MYSQL_OPTIONS =
      Map.of(
          "sslMode", "sslMode",
          "serverSslCert", "serverSslCert",
          "trustStore", "trustStore",
          "trustStorePassword", "trustStorePassword",
          "connectTimeout", "connectTimeout",
          "serverRsaPublicKeyFile", "serverRsaPublicKeyFile",
          "allowPublicKeyRetrieval", "allowPublicKeyRetrieval");

  /// A make of servers.
  public enum Make {
    MARIADB("MariaDB", "mariadb"),
    MYSQL("MySQL", "mysql");

    private final String words;
    private final String scheme;

    Make(String words, String scheme) {
      this.words = words;
      this.scheme = scheme;
    }

    /// How it is called.
    public String words() {
      return words;
    }

    /// How addresses begin.
    public String scheme() {
      return scheme;
    }

    private ServerUrl.Kind kind() {
      return switch (this) {
        case MARIADB -> new ServerUrl.Kind(words, BadAddress.MARIADB, PORT, OPTIONS);
        case MYSQL -> new ServerUrl.Kind(words, BadAddress.MYSQL, PORT, MYSQL_OPTIONS);
      };
    }
  }

  public MariaAddress {
    options = Map.copyOf(options);
  }

  /// Who signs in.
  public record Login(String user, String password) {
    @Override
    public String toString() {
      return user + ":***";
    }
  }

  /// Reads `mariadb://user:password@host:port/name`, or the same with `mysql`.
  ///
  /// @throws BadAddress told without what was written, which may hold a password
  static MariaAddress parse(Make make, String text) {
    var url = ServerUrl.parse(text, make.kind());
    var login = new Login(url.user(), url.password());
    return new MariaAddress(make, url.host(), url.port(), url.database(), login, url.options());
  }

  /// How many connections the program opens at most.
  public int connections() {
    return ServerUrl.connections(options);
  }

  /// What the driver is told.
  public Map<String, String> driverOptions() {
    return ServerUrl.driverOptions(options);
  }

  /// The address as the driver takes it, without who signs in and without options.
  public String url() {
    var name = ServerUrl.encoded(database);
    return "jdbc:mariadb://" + ServerUrl.shown(host) + ":" + port + "/" + name;
  }

  /// The address without the password.
  @Override
  public String toString() {
    return make.scheme()
        + "://"
        + login.user()
        + "@"
        + ServerUrl.shown(host)
        + ":"
        + port
        + "/"
        + database;
  }
}
