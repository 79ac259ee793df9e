package engineroom.mail;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The server that takes our mails.
///
/// @param user null where nobody signs in
/// @param password null where nobody signs in
public record SmtpServer(
    String host, int port, Safety safety, @Nullable String user, @Nullable String password) {
  private static final int SUBMISSION = 587;
  private static final int SUBMISSIONS = 465;
  private static final int PORT_MAX = 65_535;

  /// How the connection is protected.
  public enum Safety {
    /// From the first byte: `smtps://`.
    TLS,
    /// After the greeting, or not at all: `smtp://`.
    STARTTLS,
    /// Not: `smtp://…?tls=off`, for a server on the same machine.
    NONE
  }

  public SmtpServer {
    if (host.isEmpty()) {
      throw new IllegalArgumentException("it names no host");
    }
    if (port < 1 || port > PORT_MAX) {
      throw new IllegalArgumentException("the port must be 1 to " + PORT_MAX);
    }
    if ((user == null) != (password == null)) {
      throw new IllegalArgumentException("it names a user without a password");
    }
  }

  /// The server that a URL says: `smtp://user:password@host:587`, `smtps://host`. What is wrong is
  /// told without the URL, which may hold a password.
  public static SmtpServer parse(String url) {
    var uri = uri(url);
    var safety = safety(uri);
    var sign = uri.getRawUserInfo();
    int colon = sign == null ? -1 : sign.indexOf(':');
    if (sign != null && colon < 1) {
      throw new IllegalArgumentException("it names a user without a password");
    }
    var host = uri.getHost().replaceAll("[\\[\\]]", "");
    int usual = safety == Safety.TLS ? SUBMISSIONS : SUBMISSION;
    return new SmtpServer(
        host,
        uri.getPort() < 0 ? usual : uri.getPort(),
        safety,
        sign == null ? null : decoded(sign.substring(0, colon)),
        sign == null ? null : decoded(sign.substring(colon + 1)));
  }

  private static URI uri(String url) {
    try {
      var uri = new URI(url);
      if (uri.getHost() == null) {
        throw new IllegalArgumentException(
            "it is no URL with a host; characters like @ : / # in a password are written %40 %3A"
                + " %2F %23");
      }
      if (!uri.getRawPath().isEmpty() && !uri.getRawPath().equals("/")) {
        throw new IllegalArgumentException("nothing but ?tls=off may follow the port");
      }
      return uri;
    } catch (URISyntaxException _) {
      throw new IllegalArgumentException(
          "it is no URL; characters like @ : / # in a password are written %40 %3A %2F %23");
    }
  }

  private static Safety safety(URI uri) {
    var query = uri.getRawQuery();
    if (uri.getRawFragment() != null || (query != null && !query.equals("tls=off"))) {
      throw new IllegalArgumentException("nothing but ?tls=off may follow the port");
    }
    return switch (String.valueOf(uri.getScheme())) {
      case "smtps" -> {
        if (query != null) {
          throw new IllegalArgumentException("smtps:// and ?tls=off contradict each other");
        }
        yield Safety.TLS;
      }
      case "smtp" -> query == null ? Safety.STARTTLS : Safety.NONE;
      default -> throw new IllegalArgumentException("it must begin with smtp:// or smtps://");
    };
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /// Where it is, without who signs in.
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
