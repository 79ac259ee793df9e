package engineroom.http;

import engineroom.operation.Caller;

/// Says who sends a request.
public interface Authenticator {
  /// The caller; a problem where the credentials are not good.
  ///
  /// @param authorization the `Authorization` field, or empty
  Caller caller(String authorization);
}
