package engineroom.data;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A map that keeps the order in which it was given and never changes, as `Map.copyOf` would make
/// it if that kept an order: what is a copy already is not copied again.
public final class Ordered<K, V> extends AbstractMap<K, V> {
  private final Map<K, V> entries;

  private Ordered(Map<K, V> entries) {
    this.entries = entries;
  }

  /// A copy, in the same order.
  public static <K, V> Map<K, V> copyOf(Map<K, V> map) {
    if (map.isEmpty()) {
      return Map.of();
    }
    return map instanceof Ordered ? map : new Ordered<>(new LinkedHashMap<>(map));
  }

  @Override
  public @Nullable V get(Object key) {
    return entries.get(key);
  }

  @Override
  public boolean containsKey(Object key) {
    return entries.containsKey(key);
  }

  @Override
  public int size() {
    return entries.size();
  }

  @Override
  public Set<Entry<K, V>> entrySet() {
    return Collections.unmodifiableMap(entries).entrySet();
  }

  @Override
  public Set<K> keySet() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  @Override
  public void forEach(BiConsumer<? super K, ? super V> action) {
    entries.forEach(action);
  }
}
