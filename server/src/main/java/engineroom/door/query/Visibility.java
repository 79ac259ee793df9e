package engineroom.door.query;

import engineroom.operation.Call;
import java.util.Set;

/// Says which names a caller may use. What it leaves out does not exist for the caller.
@FunctionalInterface
public interface Visibility {
  /// The fields and lists of an entity that the caller may read. The same set again for the same
  /// rights, so that what was made from it can be kept.
  Set<String> names(Call call, String entity);

  /// The fields that the caller may give values for: also those that are written and never shown,
  /// as secrets.
  default Set<String> writable(Call call, String entity) {
    return names(call, entity);
  }
}
