package engineroom.data;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// A map that keeps the order in which it was given and never changes, as `Map.copyOf` would make
/// it if that kept an order: what is a copy already is not copied again. Maps with the same keys
/// can share them, so that a row with one value changed is one short array.
public final class Ordered<K, V> extends AbstractMap<K, V> {
  private final OrderedKeys<K> keys;
  private final V[] values;

  private Ordered(OrderedKeys<K> keys, V[] values) {
    this.keys = keys;
    this.values = values;
  }

  /// A copy, in the same order.
  public static <K, V> Map<K, V> copyOf(Map<K, V> map) {
    if (map.isEmpty()) {
      return Map.of();
    }
    if (map instanceof Ordered) {
      return map;
    }
    var keys = new Object[map.size()];
    var values = new Object[map.size()];
    int place = 0;
    for (var entry : map.entrySet()) {
      keys[place] = entry.getKey();
      values[place] = entry.getValue();
      place++;
    }
    return of(new OrderedKeys<>(keys), values);
  }

  /// A copy with one value changed or, at the end, added.
  public static <K, V> Map<K, V> with(Map<K, V> map, K key, V value) {
    if (map instanceof Ordered<K, V> ordered) {
      int place = ordered.keys.place(key);
      if (place >= 0) {
        var values = ordered.values.clone();
        values[place] = value;
        return new Ordered<>(ordered.keys, values);
      }
    }
    var more = new LinkedHashMap<>(map);
    more.put(key, value);
    return copyOf(more);
  }

  /// A map from keys that others have too.
  ///
  /// @param value by the place of its key
  public static <K, V> Map<K, V> of(OrderedKeys<K> keys, IntFunction<V> value) {
    var values = new Object[keys.size()];
    for (int place = 0; place < values.length; place++) {
      values[place] = value.apply(place);
    }
    return of(keys, values);
  }

  @SuppressWarnings("unchecked") // nothing but V was put into it, and it never leaves the map
  private static <K, V> Map<K, V> of(OrderedKeys<K> keys, Object[] values) {
    return new Ordered<>(keys, (V[]) values);
  }

  @Override
  public @Nullable V get(Object key) {
    int place = keys.place(key);
    return place < 0 ? null : values[place];
  }

  @Override
  public V getOrDefault(Object key, V other) {
    int place = keys.place(key);
    return place < 0 ? other : values[place];
  }

  @Override
  public boolean containsKey(Object key) {
    return keys.place(key) >= 0;
  }

  @Override
  public int size() {
    return values.length;
  }

  @Override
  public Set<Entry<K, V>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<K, V>> iterator() {
        return new Places<>(place -> new SimpleImmutableEntry<>(keys.at(place), values[place]));
      }

      @Override
      public int size() {
        return values.length;
      }
    };
  }

  @Override
  public Set<K> keySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<K> iterator() {
        return new Places<>(keys::at);
      }

      @Override
      public int size() {
        return values.length;
      }

      @Override
      public boolean contains(Object key) {
        return keys.place(key) >= 0;
      }
    };
  }

  @Override
  public void forEach(BiConsumer<? super K, ? super V> action) {
    for (int place = 0; place < values.length; place++) {
      action.accept(keys.at(place), values[place]);
    }
  }

  /// What stands at one place after the other.
  private final class Places<T> implements Iterator<T> {
    private final IntFunction<T> at;
    private int next;

    private Places(IntFunction<T> at) {
      this.at = at;
    }

    @Override
    public boolean hasNext() {
      return next < values.length;
    }

    @Override
    public T next() {
      if (next == values.length) {
        throw new NoSuchElementException();
      }
      return at.apply(next++);
    }
  }
}
