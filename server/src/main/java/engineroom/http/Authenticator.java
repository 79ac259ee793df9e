package engineroom.http;

import engineroom.operation.Caller;
import java.time.Instant;

/// Says who sends a request.
public interface Authenticator {
  /// What a request says of its sender.
  ///
  /// @param method upper case
  /// @param path decoded, without the query
  /// @param time at which it came
  /// @param address of the client
  record Credentials(
      String method, String path, Instant time, String address, Request.Headers headers) {}

  /// The caller; a problem where the credentials are not good.
  Caller caller(Credentials sent);

  /// Whether a sender is heard however many bad credentials came from their address: others there
  /// must not be able to keep them out.
  default boolean alwaysHeard(Credentials sent) {
    return false;
  }
}
