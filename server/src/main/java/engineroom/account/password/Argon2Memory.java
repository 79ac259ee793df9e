package engineroom.account.password;

import java.lang.ref.SoftReference;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;

/// The memory that hashes fill, kept for the next ones. Nineteen MiB of garbage for each would make
/// the collector copy them while everybody waits, and the heap grow by gigabytes. Where memory is
/// short, it is given back.
final class Argon2Memory {
  /// Blocks of one KiB: what a hash of today takes. A dearer one makes the rest as it goes.
  private static final int BLOCKS_KEPT = Argon2Hash.Work.TODAY.memoryKib();

  /// As many as hashes were made at one time.
  private static final ConcurrentLinkedDeque<SoftReference<BlockPool>> FREE =
      new ConcurrentLinkedDeque<>();

  private Argon2Memory() {}

  /// Lends memory, cleared, to some work.
  static <T> T with(Function<BlockPool, T> work) {
    var pool = take();
    try {
      return work.apply(pool);
    } finally {
      FREE.push(new SoftReference<>(pool));
    }
  }

  private static BlockPool take() {
    for (var free = FREE.poll(); free != null; free = FREE.poll()) {
      var pool = free.get();
      if (pool != null) {
        return pool;
      }
    }
    return new FixedBlockPool(BLOCKS_KEPT);
  }
}
