package engineroom.door.query;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Keeps what was read from texts, the least used going first. What was read under other rights is
/// not given out.
final class Memory<K, V> {
  private record Kept<V>(V value, Map<String, Set<String>> seen) {}

  private final Map<K, Kept<V>> kept;

  Memory(int size) {
    kept =
        new LinkedHashMap<>(64, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, Kept<V>> eldest) {
            return size() > size;
          }
        };
  }

  /// What is kept for a key, or what the reading gives now.
  ///
  /// @param names of the caller; a kept value counts only where all the names it was read with are
  ///   the same
  V of(K key, Names names, Function<Names, V> reading) {
    var found = find(key);
    if (found.isPresent() && same(found.get(), names)) {
      return found.get().value();
    }
    var fresh = names.fresh();
    var value = reading.apply(fresh);
    synchronized (kept) {
      kept.put(key, new Kept<>(value, Map.copyOf(fresh.seen())));
    }
    return value;
  }

  private Optional<Kept<V>> find(K key) {
    synchronized (kept) {
      return Optional.ofNullable(kept.get(key));
    }
  }

  private static <V> boolean same(Kept<V> found, Names names) {
    return found.seen().entrySet().stream()
        .allMatch(seen -> names.of(seen.getKey()).equals(seen.getValue()));
  }
}
