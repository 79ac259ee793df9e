package engineroom.account;

import engineroom.operation.Caller;
import java.time.Duration;

/// A session that has begun or goes on, and what carries it.
///
/// @param caller who is signed in, as rules see them
public record SignedIn(Caller.User caller, Carried carried) {
  /// What the client keeps.
  public sealed interface Carried {
    /// What apps keep.
    ///
    /// @param expiresIn how long the access token is good
    record Tokens(String access, String refresh, Duration expiresIn) implements Carried {}

    /// What browsers keep.
    ///
    /// @param expiresIn how long the browser keeps it
    record Cookie(String token, Duration expiresIn) implements Carried {}
  }
}
