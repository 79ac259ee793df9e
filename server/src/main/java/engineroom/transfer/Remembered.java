package engineroom.transfer;

import engineroom.data.Value;
import engineroom.rows.Known;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Remembers the rows that were last referred to, for many lines refer to few.
final class Remembered implements Known {
  private static final int MAX = 10_000;

  private Known store = Known.NOTHING;
  private final Map<Key, Value> ids =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Value> eldest) {
          return size() > MAX;
        }
      };

  private record Key(String entity, String field, Value value) {}

  /// From now on asks here.
  void through(Known other) {
    store = other;
  }

  @Override
  public Optional<Value> findId(String entity, String field, Value value) {
    var key = new Key(entity, field, value);
    var id = ids.get(key);
    if (id != null) {
      return Optional.of(id);
    }
    var found = store.findId(entity, field, value);
    found.ifPresent(known -> ids.put(key, known));
    return found;
  }
}
