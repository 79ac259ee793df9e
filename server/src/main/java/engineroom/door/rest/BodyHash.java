package engineroom.door.rest;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;

/// A hash of a body for its entity tag: MurmurHash3 (x64, 128 bits, by Austin Appleby, public
/// domain). It tells versions of one answer apart and protects nothing; SHA-256 took four percent
/// of the time of a read.
final class BodyHash {
  private static final long FIRST = 0x87c37b91114253d5L;
  private static final long SECOND = 0x4cf5ad432745937fL;
  private static final int BLOCK = 16;

  /// What is sent of it: a multiple of three, so that base64 needs no padding.
  private static final int SENT_BYTES = 15;

  private long high;
  private long low;

  private BodyHash() {}

  /// Twenty characters that fit an entity tag.
  static String of(byte[] bytes) {
    var hash = new BodyHash();
    int whole = bytes.length / BLOCK * BLOCK;
    var blocks = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < whole; i += BLOCK) {
      hash.add(blocks.getLong(i), blocks.getLong(i + 8));
    }
    if (whole < bytes.length) {
      var last = Arrays.copyOfRange(bytes, whole, whole + BLOCK);
      var end = ByteBuffer.wrap(last).order(ByteOrder.LITTLE_ENDIAN);
      hash.addRest(end.getLong(0), end.getLong(8));
    }
    hash.end(bytes.length);
    var all = ByteBuffer.allocate(BLOCK).putLong(hash.high).putLong(hash.low).array();
    return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(all, SENT_BYTES));
  }

  private void add(long one, long two) {
    high ^= spread(one);
    high = (Long.rotateLeft(high, 27) + low) * 5 + 0x52dce729;
    low ^= spreadSecond(two);
    low = (Long.rotateLeft(low, 31) + high) * 5 + 0x38495ab5;
  }

  /// What is left behind the last whole block, filled with zeros.
  private void addRest(long one, long two) {
    high ^= spread(one);
    low ^= spreadSecond(two);
  }

  private static long spread(long bits) {
    return Long.rotateLeft(bits * FIRST, 31) * SECOND;
  }

  private static long spreadSecond(long bits) {
    return Long.rotateLeft(bits * SECOND, 33) * FIRST;
  }

  private void end(long length) {
    high ^= length;
    low ^= length;
    high += low;
    low += high;
    high = mixed(high);
    low = mixed(low);
    high += low;
    low += high;
  }

  private static long mixed(long bits) {
    var first = (bits ^ bits >>> 33) * 0xff51afd7ed558ccdL;
    var second = (first ^ first >>> 33) * 0xc4ceb9fe1a85ec53L;
    return second ^ second >>> 33;
  }
}
