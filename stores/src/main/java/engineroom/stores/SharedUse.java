package engineroom.stores;

import java.util.List;

/// What all processes that serve a database have used of limits. Each tells now and then what it
/// used since, and hears what all have.
public interface SharedUse {
  /// What one key of a limit has used.
  ///
  /// @param whole the moment when the key has its whole limit again, in nanoseconds since 1970
  /// @param used what was used since it was told, as the nanoseconds in which that comes back
  record Use(String limit, long key, long whole, long used) {}

  /// Adds what was used here, and gives what all have used of the keys that anybody told of in the
  /// last seconds; the first time, and after a while without an answer, of all.
  List<Use> exchange(List<Use> used);

  /// Forgets keys that have their whole limit.
  void forget(long now);
}
