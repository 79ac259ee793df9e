package engineroom.stores.postgres;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/// Where a database is, and who opens it: `postgres://user:password@host:5432/database`. What
/// stands behind a question mark goes to the driver, as `sslmode=verify-full`.
public record PostgresAddress(String url, String user, String password) {
  private static final int PORT = 5432;

  /// Reads an address.
  public static PostgresAddress parse(String text) {
    var uri = URI.create(text);
    var known = "postgres".equals(uri.getScheme()) || "postgresql".equals(uri.getScheme());
    if (!known || uri.getHost() == null || uri.getPath().length() < 2) {
      throw new IllegalArgumentException(
          "a PostgreSQL address is postgres://user:password@host:5432/database");
    }
    var port = uri.getPort() < 0 ? PORT : uri.getPort();
    var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    var who = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
    var colon = who.indexOf(':');
    return new PostgresAddress(
        "jdbc:postgresql://" + uri.getHost() + ":" + port + uri.getRawPath() + query,
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
