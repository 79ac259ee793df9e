package engineroom.account.token;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps keys in memory; counts how often it is asked.
final class MemoryKeys implements KeyStore {
  final Map<String, StoredKey> kept = new ConcurrentHashMap<>();
  int asked;

  @Override
  public synchronized List<StoredKey> list() {
    asked++;
    return List.copyOf(kept.values());
  }

  @Override
  public void save(StoredKey key) {
    kept.put(key.kid(), key);
  }

  @Override
  public void delete(String kid) {
    kept.remove(kid);
  }
}
