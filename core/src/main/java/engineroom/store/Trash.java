package engineroom.store;

import engineroom.data.Value;
import engineroom.outcome.TrashUnit;
import java.time.Instant;
import java.util.List;

/// What was deleted and can be brought back, as one transaction sees it: apart from the rows, so
/// that no read, unique or reference knows of it.
public interface Trash {
  /// Units of one row that are found: the row may come back and be deleted again, or be made anew
  /// under its id.
  int OF_ROW_MAX = 100;

  /// Adds a unit. A few units whose time is over go.
  ///
  /// @param others the rows that went with it
  TrashUnit keep(TrashUnit unit, List<TrashUnit.With> others);

  /// The units of an entity whose time is not over, the newest first.
  ///
  /// @param before only those with a smaller number
  List<TrashUnit> units(String entity, long before, int limit, Instant now);

  /// The units of one row whose time is not over, the newest first.
  List<TrashUnit> ofRow(String entity, Value id, Instant now);

  /// The rows that went with a unit's row, in the order in which they were kept.
  List<TrashUnit.With> others(long number);

  /// Takes out a unit whose rows are back. A store that can go back in time remembers it until its
  /// time is over.
  void takeOut(long number);

  /// Forgets a unit for good.
  void forget(long number);

  /// Forgets units whose time is over, those longest over first; tells how many.
  ///
  /// @param limit at most so many
  int purge(Instant now, int limit);
}
