package engineroom.stores.mariadb;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/// Where a database is, and who opens it: `mariadb://user:password@host:3306/database`. What stands
/// behind a question mark goes to the driver, as `sslMode=verify-full`.
public record MariaAddress(String url, String user, String password) {
  private static final int PORT = 3306;

  /// Reads an address.
  public static MariaAddress parse(String text) {
    var uri = URI.create(text);
    var known = "mariadb".equals(uri.getScheme());
    if (!known || uri.getHost() == null || uri.getPath().length() < 2) {
      throw new IllegalArgumentException(
          "a MariaDB address is mariadb://user:password@host:3306/database");
    }
    var port = uri.getPort() < 0 ? PORT : uri.getPort();
    var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    var who = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
    var colon = who.indexOf(':');
    return new MariaAddress(
        "jdbc:mariadb://" + uri.getHost() + ":" + port + uri.getRawPath() + query,
        decoded(colon < 0 ? who : who.substring(0, colon)),
        decoded(colon < 0 ? "" : who.substring(colon + 1)));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /// The password is in no log.
  @Override
  public String toString() {
    return url;
  }
}
