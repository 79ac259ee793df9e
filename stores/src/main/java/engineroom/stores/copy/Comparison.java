package engineroom.stores.copy;

import engineroom.data.JsonText;
import engineroom.data.Row;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Compares two databases: how many rows each table has, and a hash over the values of all of them
/// in order of their keys, worked out from what each side gives.
final class Comparison {
  private final Watch watch;
  private final long whole;
  private long done;

  /// @param pairs to compare
  Comparison(Watch watch, Collection<Pair> pairs) {
    this.watch = watch;
    this.whole = pairs.stream().mapToLong(pair -> pair.from().count() + pair.to().count()).sum();
  }

  /// Looks at a table on both sides.
  Copied.Table compare(Pair pair) {
    var from = sum(pair, pair.from());
    var to = sum(pair, pair.to());
    return new Copied.Table(pair.told(), from, to);
  }

  private Copied.Sum sum(Pair pair, SideTable table) {
    var digest = digest();
    @Nullable Row last = null;
    var rows = 0L;
    while (true) {
      var batch = table.behind(last);
      if (batch.isEmpty()) {
        return new Copied.Sum(rows, HexFormat.of().formatHex(digest.digest()));
      }
      batch.forEach(row -> add(digest, row));
      rows += batch.size();
      last = batch.getLast();
      done += batch.size();
      watch.compared(pair.told(), done, Math.max(done, whole));
    }
  }

  /// Each value behind its length, so that no two rows look the same.
  private static void add(MessageDigest digest, Row row) {
    for (var value : row.values().values()) {
      var bytes = JsonText.of(value).getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
      digest.update(bytes);
    }
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
