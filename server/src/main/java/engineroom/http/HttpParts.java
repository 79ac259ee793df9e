package engineroom.http;

import engineroom.operation.Caller;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// What the server works with.
///
/// @param handler answers; give a [SwitchHandler] to change it while requests are under way
/// @param checks what `/ready` tells
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

  /// What is left when the server has ended.
  HttpParts gone() {
    Handler nobody =
        request -> {
          throw new IllegalStateException("the server has ended");
        };
    return new HttpParts(nobody, sent -> Caller.Guest.GUEST, List.of(), clock, random);
  }

  /// One thing that `/ready` tells.
  ///
  /// @param holds must be quick; asked at most once a second
  /// @param reason told where it does not hold, unless it is empty
  public record Check(String name, BooleanSupplier holds, Weight weight, Supplier<String> reason) {
    public Check(String name, BooleanSupplier holds, Weight weight) {
      this(name, holds, weight, () -> "");
    }

    /// A condition of being ready.
    public Check(String name, BooleanSupplier holds) {
      this(name, holds, Weight.NEEDED);
    }

    /// A condition of being ready, and why it does not hold.
    public Check(String name, BooleanSupplier holds, Supplier<String> reason) {
      this(name, holds, Weight.NEEDED, reason);
    }
  }

  /// What follows where a check does not hold.
  public enum Weight {
    /// The server is not ready.
    NEEDED,
    /// It is ready, and whoever watches it is told.
    TOLD
  }
}
