package engineroom.stores;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/// What the processes that serve a database tell each other for a moment, by names of their own.
/// Nothing is lost by losing it.
public interface SharedNotes {
  /// Leaves notes for others.
  void leave(Map<String, String> notes);

  /// Those of some names that were left.
  Map<String, String> read(Collection<String> names);

  /// Forgets what was left before.
  void forget(Duration age);
}
