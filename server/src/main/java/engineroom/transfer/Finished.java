package engineroom.transfer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came of an import.
///
/// @param id by which it can be undone; null where nothing was kept
/// @param errors the first of the refused lines
public record Finished(@Nullable String id, Tally tally, List<Refusal> errors) {
  public Finished {
    errors = List.copyOf(errors);
  }
}
