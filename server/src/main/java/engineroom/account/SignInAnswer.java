package engineroom.account;

import java.time.Duration;

/// What showing one's credentials leads to.
public sealed interface SignInAnswer {
  /// A session has begun.
  record Done(SignedIn in) implements SignInAnswer {}

  /// The second factor is asked for.
  ///
  /// @param token good for showing that, and nothing else
  /// @param expiresIn how long
  record Step(String token, Duration expiresIn) implements SignInAnswer {}
}
