package engineroom.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How long what rows were is kept.
///
/// @param versions after their end; null for ever
/// @param deleted all versions of a deleted row, after its deletion; null for as long as versions
public record Past(@Nullable Duration versions, @Nullable Duration deleted) {
  /// For ever.
  public static final Past EVER = new Past(null, null);

  public Past {
    if (versions != null && deleted != null && deleted.compareTo(versions) > 0) {
      throw new IllegalArgumentException("what is over is kept for " + versions + " at most");
    }
  }

  /// Whether anything is forgotten.
  public boolean ends() {
    return gone() != null;
  }

  /// How long after its deletion a row is forgotten whole; null for never.
  public @Nullable Duration gone() {
    return deleted == null ? versions : deleted;
  }
}
