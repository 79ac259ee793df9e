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

/// The parts of `kind://user:password@host:port/name?option=value`, as a server's address has them.
record ServerUrl(
    String host,
    int port,
    String database,
    String user,
    String password,
    Map<String, String> options) {
  private static final int PORT_MAX = 65_535;

  /// How many connections the program opens at most; drivers know nothing of it.
  private static final String POOL = "pool";

  private static final int CONNECTIONS = 16;
  private static final int POOL_MIN = 2;
  private static final int POOL_MAX = 500;

  /// user, password, host, port, name, options
  private static final Pattern PARTS =
      Pattern.compile(
          "^[a-z]+://(?:([^:@/?#]*)(?::([^@/?#]*))?@)?"
              + "(\\[[0-9A-Fa-f:.]+\\]|[^:@/?#\\[\\]]+)(?::([0-9]{1,5}))?"
              + "/([^/?#]+)(?:\\?([^#]*))?$");

  /// A kind of servers.
  ///
  /// @param name of the product
  /// @param example how an address is written
  /// @param port the usual one
  /// @param options what may be written behind `?` besides `pool`, and what the driver calls it
  record Kind(String name, String example, int port, Map<String, String> options) {
    Kind {
      options = new TreeMap<>(options);
      options.put(POOL, POOL);
    }
  }

  static ServerUrl parse(String text, Kind kind) {
    var url = PARTS.matcher(text);
    if (!url.matches()) {
      throw new BadAddress(
          "The store is no address of " + kind.name() + ".",
          "Write " + kind.example() + " Put %40, %3A, %2F for @, : and / in a password.");
    }
    var user = decoded(url.group(1));
    if (user.isEmpty()) {
      throw new BadAddress("The store says no user.", "Write " + kind.example());
    }
    return new ServerUrl(
        url.group(3).replace("[", "").replace("]", ""),
        port(url.group(4), kind),
        decoded(url.group(5)),
        user,
        decoded(url.group(2)),
        options(url.group(6), kind));
  }

  private static int port(@Nullable String written, Kind kind) {
    var port = written == null ? kind.port() : Integer.parseInt(written);
    if (port < 1 || port > PORT_MAX) {
      throw new BadAddress("The store's port must be 1 to 65535.", "Write " + kind.example());
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

  private static Map<String, String> options(@Nullable String query, Kind kind) {
    var options = new LinkedHashMap<String, String>();
    if (query == null || query.isEmpty()) {
      return options;
    }
    for (var pair : List.of(query.split("&", -1))) {
      int equals = pair.indexOf('=');
      var name = equals < 0 ? pair : pair.substring(0, equals);
      var known = kind.options().get(name);
      if (known == null) {
        throw unknown(name, kind);
      }
      options.put(known, decoded(equals < 0 ? "" : pair.substring(equals + 1)));
    }
    checkPool(options.get(POOL));
    return options;
  }

  private static void checkPool(@Nullable String written) {
    if (written == null) {
      return;
    }
    var number = written.matches("[0-9]{1,4}") ? Integer.parseInt(written) : 0;
    if (number < POOL_MIN || number > POOL_MAX) {
      throw new BadAddress(
          "The store's pool must be " + POOL_MIN + " to " + POOL_MAX + " connections.",
          "Write ?pool=" + CONNECTIONS + ", or leave it out.");
    }
  }

  /// How many connections options allow.
  static int connections(Map<String, String> options) {
    var written = options.get(POOL);
    return written == null ? CONNECTIONS : Integer.parseInt(written);
  }

  /// The options that are the driver's.
  static Map<String, String> driverOptions(Map<String, String> options) {
    var driver = new LinkedHashMap<>(options);
    driver.remove(POOL);
    return driver;
  }

  private static BadAddress unknown(String name, Kind kind) {
    var nearest = Nearest.of(name, kind.options().keySet());
    return new BadAddress(
        "The store's address knows no option " + name + ".",
        nearest == null
            ? "There are: " + String.join(", ", kind.options().keySet()) + "."
            : "Did you mean " + nearest + "?");
  }

  /// A name as it stands in an address.
  static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /// A host as it stands in an address.
  static String shown(String host) {
    return host.indexOf(':') < 0 ? host : "[" + host + "]";
  }
}
