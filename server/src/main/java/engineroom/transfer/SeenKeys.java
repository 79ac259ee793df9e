package engineroom.transfer;

import engineroom.data.JsonText;
import engineroom.data.Value;
import java.util.List;

/// Remembers by which line a key was written, for the last half million keys at least: a file that
/// names one row twice is a mistake. Keeps fingerprints of 64 bits, so its size is bounded.
final class SeenKeys {
  private static final int SLOTS = 1 << 20;
  private static final int KEYS_MAX = SLOTS / 2;

  private Table now = new Table();
  private Table before = new Table();

  /// Lines by fingerprint, in open addressing. A line of 0 is a free slot.
  private static final class Table {
    private int size;
    private int capacity = 1 << 10;
    private long[] prints = new long[capacity];
    private long[] lines = new long[capacity];

    long find(long print) {
      int slot = slot(print);
      return lines[slot];
    }

    void add(long print, long line) {
      if (size * 2 >= capacity && capacity < SLOTS) {
        grow();
      }
      int slot = slot(print);
      size += lines[slot] == 0 ? 1 : 0;
      prints[slot] = print;
      lines[slot] = line;
    }

    private int slot(long print) {
      int slot = (int) (print >>> 20) & (capacity - 1);
      while (lines[slot] != 0 && prints[slot] != print) {
        slot = (slot + 1) & (capacity - 1);
      }
      return slot;
    }

    private void grow() {
      var oldPrints = prints;
      var oldLines = lines;
      capacity *= 2;
      prints = new long[capacity];
      lines = new long[capacity];
      size = 0;
      for (int i = 0; i < oldLines.length; i++) {
        if (oldLines[i] != 0) {
          add(oldPrints[i], oldLines[i]);
        }
      }
    }
  }

  /// The line that has this key, or 0.
  long line(List<Value> key) {
    var print = print(key);
    var line = now.find(print);
    return line != 0 ? line : before.find(print);
  }

  void add(List<Value> key, long line) {
    if (now.size >= KEYS_MAX) {
      before = now;
      now = new Table();
    }
    now.add(print(key), line);
  }

  /// FNV-1a with a last mix (splitmix64).
  private static long print(List<Value> key) {
    long hash = 0xcbf29ce484222325L;
    for (var value : key) {
      var text = JsonText.of(value);
      for (int i = 0; i < text.length(); i++) {
        hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
      }
      hash = (hash ^ 0x1f) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    return hash ^ (hash >>> 31);
  }
}
