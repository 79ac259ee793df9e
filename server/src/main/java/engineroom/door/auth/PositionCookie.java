package engineroom.door.auth;

import engineroom.http.Request.Headers;
import java.time.Duration;
import java.util.Optional;

/// The cookie beside a session's that says for some seconds what a browser wrote, so that what it
/// reads next is not older. Forged, it has more reads go to the server that is written to.
public final class PositionCookie {
  /// The field of answers that sets cookies.
  public static final String FIELD = "Set-Cookie";

  private static final String NAME = "er_p";

  private PositionCookie() {}

  /// What sets it; nothing where no cookie carries the session.
  ///
  /// @param seconds for which it is kept
  public static Optional<String> set(Headers headers, String position, int seconds) {
    return SessionCookie.read(headers)
        .map(_ -> SessionCookie.set(headers, NAME, position, Duration.ofSeconds(seconds)));
  }

  /// The position in it.
  public static Optional<String> read(Headers headers) {
    return SessionCookie.read(headers, NAME);
  }
}
