package engineroom.run;

import engineroom.operation.Call;
import engineroom.outcome.Change;
import java.util.List;

/// Hears of changes in the transaction that makes them, on its thread, so it must be quick. What it
/// hears may be undone yet, or come again.
@FunctionalInterface
public interface ChangeWatch {
  /// Hears nothing.
  ChangeWatch NONE = (call, changes) -> {};

  /// Hears of changes.
  ///
  /// @param call what made them
  void made(Call call, List<Change> changes);
}
