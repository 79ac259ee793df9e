package engineroom.modelfile;

import java.time.Duration;
import java.util.Set;

/// What the owner sets under `settings`.
///
/// @param origins that browsers may call from
public record Settings(Set<String> origins, Limits limits) {
  public Settings {
    origins = Set.copyOf(origins);
  }

  /// How much one request may ask.
  ///
  /// @param importBytes of a file that is imported
  /// @param filterNodes conditions of a filter
  /// @param expandDepth names in one expanded path
  public record Limits(
      int bodyBytes,
      int importBytes,
      int pageRows,
      int filterNodes,
      int filterDepth,
      int sortKeys,
      int expandDepth,
      int expandPaths,
      Duration request) {
    public Limits {
      positive("bodyBytes", bodyBytes, 1 << 30);
      positive("importBytes", importBytes, Integer.MAX_VALUE);
      positive("pageRows", pageRows, 10_000);
      positive("filterNodes", filterNodes, 500);
      positive("filterDepth", filterDepth, 32);
      positive("sortKeys", sortKeys, 64);
      positive("expandDepth", expandDepth, 10);
      positive("expandPaths", expandPaths, 100);
      if (request.isNegative() || request.isZero() || request.toSeconds() > 3_600) {
        throw new IllegalArgumentException("requestSeconds must be 1 to 3600");
      }
    }

    private static void positive(String name, int value, int max) {
      if (value < 1 || value > max) {
        throw new IllegalArgumentException(name + " must be 1 to " + max + ", was " + value);
      }
    }
  }

  /// What holds where the owner says nothing.
  public static Settings defaults() {
    return new Settings(
        Set.of(), new Limits(1_048_576, 256 << 20, 500, 100, 8, 8, 5, 20, Duration.ofSeconds(30)));
  }
}
