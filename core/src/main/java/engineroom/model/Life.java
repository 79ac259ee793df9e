package engineroom.model;

import engineroom.expression.Expression;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What becomes of an entity's rows in the course of time.
///
/// @param history whether every version of a row is kept
/// @param past how long those are kept
/// @param trash how long deleted rows can be brought back; null where they are gone at once
/// @param appendOnly rows are added, never changed or deleted
/// @param freeze from when on a row stays as it is; null for never
public record Life(
    boolean history,
    Past past,
    @Nullable Duration trash,
    boolean appendOnly,
    @Nullable Freeze freeze) {
  /// Rows come, change and go.
  public static final Life USUAL = new Life(false, null, false, null);

  /// Where versions are kept, they are for ever.
  public Life(
      boolean history, @Nullable Duration trash, boolean appendOnly, @Nullable Freeze freeze) {
    this(history, Past.EVER, trash, appendOnly, freeze);
  }

  /// Rows that stay as they are from some moment on.
  ///
  /// @param when holds of the rows as they are
  /// @param except fields that can be changed all the same
  public record Freeze(Expression when, List<String> except) {
    public Freeze {
      except = List.copyOf(except);
    }
  }
}
