package engineroom.data;

import java.util.Collection;

/// The keys of [Ordered] maps and the place of each: a hash table with open addressing and linear
/// probing, never more than half full.
public final class OrderedKeys<K> {
  private final Object[] keys;

  /// The place of the key whose hash leads there, and one; 0 for none.
  private final int[] slots;

  /// @param keys all different, in their order
  public OrderedKeys(Collection<K> keys) {
    this(keys.toArray());
  }

  /// @param keys become its own
  OrderedKeys(Object[] keys) {
    this.keys = keys;
    this.slots = new int[Math.max(2, Integer.highestOneBit(keys.length) * 4)];
    for (int place = 0; place < keys.length; place++) {
      int slot = slot(keys[place]);
      while (slots[slot] != 0) {
        slot = slot + 1 & slots.length - 1;
      }
      slots[slot] = place + 1;
    }
  }

  private int slot(Object key) {
    int hash = key.hashCode();
    return (hash ^ hash >>> 16) & slots.length - 1;
  }

  /// The place of a key, from 0; -1 where it is none of them.
  int place(Object key) {
    for (int slot = slot(key); slots[slot] != 0; slot = slot + 1 & slots.length - 1) {
      int place = slots[slot] - 1;
      var there = keys[place];
      if (there == key || there.equals(key)) {
        return place;
      }
    }
    return -1;
  }

  @SuppressWarnings("unchecked") // nothing but K was put into it
  K at(int place) {
    return (K) keys[place];
  }

  int size() {
    return keys.length;
  }
}
