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
/// @param gate refuses those who ask too often
public record HttpParts(
    Handler handler,
    Authenticator authenticator,
    List<Check> checks,
    InstantSource clock,
    RandomGenerator random,
    Gate gate) {
  public HttpParts {
    checks = List.copyOf(checks);
  }

  /// Without limits on how often somebody asks.
  public HttpParts(
      Handler handler,
      Authenticator authenticator,
      List<Check> checks,
      InstantSource clock,
      RandomGenerator random) {
    this(handler, authenticator, checks, clock, random, Gate.OPEN);
  }

  /// One condition of being ready.
  ///
  /// @param holds must be quick; asked at most once a second
  public record Check(String name, BooleanSupplier holds) {}
}
