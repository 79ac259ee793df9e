package engineroom.modelfile;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How often somebody may ask. What is null has no limit.
///
/// @param guests requests without credentials, for each address
/// @param callers requests with good credentials, for each caller
/// @param refused requests with credentials that are no good, for each address
/// @param transfers exports and imports, for each caller or address
/// @param credentials attempts to sign in and the like, for each account and each address
/// @param routes narrower limits, for each caller or address: by method and path, `POST
///   /api/orders`
public record Rates(
    @Nullable Rate guests,
    @Nullable Rate callers,
    @Nullable Rate refused,
    @Nullable Rate transfers,
    @Nullable Rate credentials,
    Map<String, Rate> routes) {
  /// Routes with limits of their own: each request looks through them.
  static final int ROUTES_MAX = 100;

  public Rates {
    routes = Collections.unmodifiableMap(new LinkedHashMap<>(routes));
  }

  /// So many in so long.
  public record Rate(int count, Duration window) {
    static final int COUNT_MAX = 1_000_000;
    static final Duration WINDOW_MAX = Duration.ofDays(1);

    public Rate {
      if (count < 1 || count > COUNT_MAX) {
        throw new IllegalArgumentException("count must be 1 to " + COUNT_MAX + ", was " + count);
      }
      if (window.toSeconds() < 1 || window.compareTo(WINDOW_MAX) > 0) {
        throw new IllegalArgumentException("window must be 1s to 24h, was " + window);
      }
    }
  }

  /// What holds where the owner says nothing.
  public static Rates defaults() {
    var ten = Duration.ofSeconds(10);
    var minute = Duration.ofMinutes(1);
    return new Rates(
        new Rate(300, ten),
        new Rate(1_000, ten),
        new Rate(100, ten),
        new Rate(10, minute),
        new Rate(10, minute),
        Map.of());
  }

  /// No limit but that of attempts to sign in: without it, passwords could be guessed.
  public static Rates off() {
    return new Rates(null, null, null, null, defaults().credentials(), Map.of());
  }
}
