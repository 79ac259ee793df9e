package engineroom.http;

import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/// What the server works with.
///
/// @param handler answers; give a [SwitchHandler] to change it while requests are under way
/// @param checks what must hold before `/ready` says yes
/// @param random for request ids
public record HttpParts(
    Handler handler,
    Authenticator authenticator,
    List<Check> checks,
    InstantSource clock,
    RandomGenerator random) {
  public HttpParts {
    checks = List.copyOf(checks);
  }

  /// One condition of being ready.
  ///
  /// @param holds must be quick; asked at most once a second
  public record Check(String name, BooleanSupplier holds) {}
}
