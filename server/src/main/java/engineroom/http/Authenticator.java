package engineroom.http;

import engineroom.operation.Caller;

/// Says who sends a request.
public interface Authenticator {
  /// @param authorization the `Authorization` field, or empty
  Caller caller(String authorization);
}
