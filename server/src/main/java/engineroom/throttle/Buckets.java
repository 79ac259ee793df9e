package engineroom.throttle;

import engineroom.stores.SharedUse.Use;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// How much each key has used of its limit, for a bounded number of keys, without garbage.
///
/// A key is remembered as the moment when it has its whole limit again (the generic cell rate
/// algorithm): one that is over is no different from one never seen, so forgetting it loses
/// nothing. Where more keys are busy than there is room for, the one that has used least goes.
/// Which keys share a place is decided by chance, so that nobody can choose whom to push out.
final class Buckets {
  /// Keys that share a place.
  private static final int WAYS = 16;

  private static final int LOCKS = 1024;

  /// Slots: a key, then its moment in nanoseconds since 1970.
  private final long[] slots;

  /// What each slot's key used since that was told; empty where nobody else counts.
  private final long[] untold;

  private final int places;
  private final long seed;
  private final Object[] locks = new Object[LOCKS];

  /// @param keysMax remembered at most
  /// @param seed decides which keys share a place
  Buckets(int keysMax, long seed) {
    this(keysMax, seed, Others.NONE);
  }

  /// Whether other processes count the same keys.
  enum Others {
    NONE,
    SOME
  }

  Buckets(int keysMax, long seed, Others others) {
    places = Math.max(1, keysMax / WAYS);
    slots = new long[2 * WAYS * places];
    untold = new long[others == Others.SOME ? WAYS * places : 0];
    this.seed = seed;
    Arrays.setAll(locks, _ -> new Object());
  }

  /// Takes some of what a key has, or nothing where that is too little.
  ///
  /// @param count how many
  /// @param now in nanoseconds since 1970
  /// @return 0 where they were taken; else the nanoseconds until they will be there
  long take(long key, int count, long now, Pace pace) {
    var known = key == 0 ? 1 : key;
    var place = place(known);
    synchronized (locks[place % LOCKS]) {
      var slot = slot(place, known);
      var whole = slots[slot] == known ? Math.max(slots[slot + 1], now) : now;
      var after = whole + count * pace.interval();
      var wait = after - now - pace.window();
      if (wait > 0) {
        return Math.min(wait, pace.window());
      }
      if (untold.length > 0) {
        boolean goesOn = slots[slot] == known && slots[slot + 1] > now;
        untold[slot / 2] = (goesOn ? untold[slot / 2] : 0) + count * pace.interval();
      }
      slots[slot] = known;
      slots[slot + 1] = after;
      return 0;
    }
  }

  /// The nanoseconds until a key has one left; 0 where it has. Takes nothing.
  long waiting(long key, long now, Pace pace) {
    var known = key == 0 ? 1 : key;
    var place = place(known);
    synchronized (locks[place % LOCKS]) {
      var slot = slot(place, known);
      var whole = slots[slot] == known ? Math.max(slots[slot + 1], now) : now;
      return Math.max(0, whole + pace.interval() - now - pace.window());
    }
  }

  private int place(long key) {
    var mixed = mix(key ^ seed);
    return (int) (((mixed >>> 32) * places) >>> 32);
  }

  /// The finalizer of MurmurHash3.
  static long mix(long bits) {
    var first = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
    var second = (first ^ (first >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return second ^ (second >>> 33);
  }

  /// The key's slot, or the one that it may have: of those at its place, the one over first.
  private int slot(int place, long key) {
    var begin = 2 * WAYS * place;
    var least = begin;
    for (int at = begin; at < begin + 2 * WAYS; at += 2) {
      if (slots[at] == key) {
        return at;
      }
      if (slots[at + 1] < slots[least + 1]) {
        least = at;
      }
    }
    return least;
  }

  /// The keys that used more than half of their limit, to be read again after a restart.
  ///
  /// @param most at most so many
  byte[] saved(long now, Pace pace, int most) {
    var out = ByteBuffer.allocate(2 * Long.BYTES * most);
    for (int place = 0; place < places && out.hasRemaining(); place++) {
      synchronized (locks[place % LOCKS]) {
        for (int at = 2 * WAYS * place; at < 2 * WAYS * (place + 1); at += 2) {
          if (slots[at + 1] - now > pace.window() / 2 && out.hasRemaining()) {
            out.putLong(slots[at]).putLong(slots[at + 1]);
          }
        }
      }
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  /// Takes over what was saved; a moment further off than the limit allows is cut.
  void restore(byte[] saved, long now, Pace pace) {
    var in = ByteBuffer.wrap(saved);
    while (in.remaining() >= 2 * Long.BYTES) {
      var key = in.getLong();
      var whole = Math.min(in.getLong(), now + pace.window());
      var place = place(key);
      synchronized (locks[place % LOCKS]) {
        var slot = slot(place, key);
        slots[slot] = key;
        slots[slot + 1] = whole;
      }
    }
  }

  /// What keys used here since it was asked last, for the others.
  ///
  /// @param most at most so many
  List<Use> told(String limit, int most) {
    var told = new ArrayList<Use>();
    for (int place = 0; place < (untold.length == 0 ? 0 : places) && told.size() < most; place++) {
      synchronized (locks[place % LOCKS]) {
        for (int at = 2 * WAYS * place; at < 2 * WAYS * (place + 1); at += 2) {
          if (untold[at / 2] > 0) {
            told.add(new Use(limit, slots[at], slots[at + 1], untold[at / 2]));
            untold[at / 2] = 0;
          }
        }
      }
    }
    return told;
  }

  /// Nobody heard what was told: it is to be told again.
  void untold(Use use) {
    var place = place(use.key());
    synchronized (locks[place % LOCKS]) {
      var slot = slot(place, use.key());
      if (slots[slot] == use.key()) {
        untold[slot / 2] += use.used();
      }
    }
  }

  /// Takes over what a key has used in all, besides what is untold yet. A key that is busier than
  /// this one keeps its place.
  void learn(long key, long whole) {
    var place = place(key);
    synchronized (locks[place % LOCKS]) {
      var slot = slot(place, key);
      if (slots[slot] == key) {
        slots[slot + 1] = Math.max(slots[slot + 1], whole + untold[slot / 2]);
      } else if (slots[slot + 1] < whole) {
        slots[slot] = key;
        slots[slot + 1] = whole;
        untold[slot / 2] = 0;
      }
    }
  }

  /// How many keys have not got their whole limit.
  int busy(long now) {
    int busy = 0;
    for (int at = 0; at < slots.length; at += 2) {
      if (slots[at + 1] > now) {
        busy++;
      }
    }
    return busy;
  }
}
