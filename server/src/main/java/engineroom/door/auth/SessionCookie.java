package engineroom.door.auth;

import engineroom.http.Request.Headers;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The cookie that carries a browser's session: no script reads it, no other host sets it, and it
/// travels over TLS alone. On this very machine, where there is no TLS, it does without.
final class SessionCookie {
  private static final String NAME = "er_s";
  private static final String HOST = "__Host-";
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final String ATTRIBUTES = "; Path=/; HttpOnly; SameSite=Lax; Max-Age=";

  private SessionCookie() {}

  /// What sets it.
  static String set(Headers headers, String token, Duration good) {
    return set(headers, NAME, token, good);
  }

  /// What sets a cookie of ours that is as well kept.
  static String set(Headers headers, String name, String token, Duration good) {
    var cookie = name(headers, name) + "=" + token + ATTRIBUTES + good.toSeconds();
    return local(headers) ? cookie : cookie + "; Secure";
  }

  /// What takes it away.
  static String clear(Headers headers) {
    return set(headers, "", Duration.ZERO);
  }

  private static String name(Headers headers, String name) {
    return local(headers) ? name : HOST + name;
  }

  /// Whether the browser and the program are on one machine, with nothing between them.
  private static boolean local(Headers headers) {
    var host = headers.find("Host").orElse("").toLowerCase(Locale.ROOT);
    int port = host.lastIndexOf(':');
    var name = port < 0 || host.endsWith("]") ? host : host.substring(0, port);
    return LOCAL.contains(name)
        && headers.find("Forwarded").isEmpty()
        && headers.find("X-Forwarded-For").isEmpty()
        && headers.find("X-Forwarded-Proto").isEmpty();
  }

  /// The token in it; empty where there is none, or where two of the name leave open which is ours.
  static Optional<String> read(Headers headers) {
    return read(headers, NAME);
  }

  /// What a cookie of ours holds.
  static Optional<String> read(Headers headers, String name) {
    var cookies = headers.find("Cookie");
    if (cookies.isEmpty() || !cookies.get().contains(name)) {
      return Optional.empty();
    }
    var wanted = name(headers, name) + "=";
    String found = null;
    for (var cookie : cookies.get().split("[;,]", -1)) {
      var plain = cookie.strip();
      if (plain.startsWith(wanted)) {
        if (found != null) {
          return Optional.empty();
        }
        found = plain.substring(wanted.length());
      }
    }
    return Optional.ofNullable(found).filter(token -> !token.isEmpty());
  }
}
