package engineroom.bench;

import engineroom.bench.LimitWriter.Address;
import org.jspecify.annotations.Nullable;

/// What the limit program asks of a database.
interface LimitStore {
  /// A product; null where there is none.
  byte @Nullable [] one(String id);

  byte[] list(String category);

  byte[] expanded();

  byte[] groups();

  byte[] write(Address address);

  /// A file of SQLite.
  record Sqlite(LimitReads reads, LimitWriter writer) implements LimitStore {
    @Override
    public byte @Nullable [] one(String id) {
      return reads.one(id);
    }

    @Override
    public byte[] list(String category) {
      return reads.list(category);
    }

    @Override
    public byte[] expanded() {
      return reads.expanded();
    }

    @Override
    public byte[] groups() {
      return reads.groups();
    }

    @Override
    public byte[] write(Address address) {
      return writer.write(address);
    }
  }
}
