package engineroom.rows;

import engineroom.data.Value;
import java.util.Optional;

/// Finds rows that are there already, for references by a unique field.
public interface Known {
  Optional<Value> findId(String entity, String field, Value value);

  /// Knows no row: for an empty store.
  Known NOTHING = (_, _, _) -> Optional.empty();
}
