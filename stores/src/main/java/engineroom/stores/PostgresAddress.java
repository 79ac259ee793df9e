package engineroom.stores;

import engineroom.problem.Nearest;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A database of a PostgreSQL server, and who signs in there. As text it shows no password.
///
/// @param options what the driver is told besides, by the driver's names
public record PostgresAddress(
    String host, int port, String database, Login login, Map<String, String> options) {
  private static final int USUAL_PORT = 5432;
  private static final int PORT_MAX = 65_535;

  /// user, password, host, port, name, options
  private static final Pattern URL =
      Pattern.compile(
          "^postgres(?:ql)?://(?:([^:@/?#]*)(?::([^@/?#]*))?@)?"
              + "(\\[[0-9A-Fa-f:.]+\\]|[^:@/?#\\[\\]]+)(?::([0-9]{1,5}))?"
              + "/([^/?#]+)(?:\\?([^#]*))?$");

  /// What may be written behind `?`, as libpq calls it, and what the driver calls it.
  private static final Map<String, String> OPTIONS =
      new TreeMap<>(
          Map.of(
              "sslmode", "sslmode",
              "sslrootcert", "sslrootcert",
              "sslcert", "sslcert",
              "sslkey", "sslkey",
              "channel_binding", "channelBinding",
              "connect_timeout", "connectTimeout",
              "application_name", "ApplicationName"));

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
    var url = URL.matcher(text);
    if (!url.matches()) {
      throw new BadAddress(
          "The store is no address of PostgreSQL.",
          "Write " + BadAddress.POSTGRES + " Put %40, %3A, %2F for @, : and / in a password.");
    }
    var user = decoded(url.group(1));
    if (user.isEmpty()) {
      throw new BadAddress("The store says no user.", "Write " + BadAddress.POSTGRES);
    }
    var host = url.group(3).replace("[", "").replace("]", "");
    return new PostgresAddress(
        host,
        port(url.group(4)),
        decoded(url.group(5)),
        new Login(user, decoded(url.group(2))),
        options(url.group(6)));
  }

  private static int port(@Nullable String written) {
    var port = written == null ? USUAL_PORT : Integer.parseInt(written);
    if (port < 1 || port > PORT_MAX) {
      throw new BadAddress("The store's port must be 1 to 65535.", "Write " + BadAddress.POSTGRES);
    }
    return port;
  }

  private static String decoded(@Nullable String part) {
    try {
      return part == null
          ? ""
          : URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw new BadAddress(
          "The store's address has a % that stands for nothing.", "Write %25 for % itself.");
    }
  }

  private static Map<String, String> options(@Nullable String query) {
    var options = new LinkedHashMap<String, String>();
    if (query == null || query.isEmpty()) {
      return options;
    }
    for (var pair : List.of(query.split("&", -1))) {
      int equals = pair.indexOf('=');
      var name = equals < 0 ? pair : pair.substring(0, equals);
      var known = OPTIONS.get(name);
      if (known == null) {
        throw unknown(name);
      }
      options.put(known, decoded(equals < 0 ? "" : pair.substring(equals + 1)));
    }
    return options;
  }

  private static BadAddress unknown(String name) {
    var nearest = Nearest.of(name, OPTIONS.keySet());
    return new BadAddress(
        "The store's address knows no option " + name + ".",
        nearest == null
            ? "There are: " + String.join(", ", OPTIONS.keySet()) + "."
            : "Did you mean " + nearest + "?");
  }

  /// The address as the driver takes it, without who signs in and without options.
  public String url() {
    var name = URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
    return "jdbc:postgresql://" + shownHost() + ":" + port + "/" + name;
  }

  private String shownHost() {
    return host.indexOf(':') < 0 ? host : "[" + host + "]";
  }

  /// The address without the password.
  @Override
  public String toString() {
    return "postgres://" + login.user() + "@" + shownHost() + ":" + port + "/" + database;
  }
}
