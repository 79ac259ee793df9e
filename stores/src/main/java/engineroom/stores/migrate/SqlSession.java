package engineroom.stores.migrate;

import engineroom.stores.sql.Codec;
import engineroom.stores.sql.Dialect;
import org.jspecify.annotations.Nullable;

/// A connection to a database, as migrations of any SQL store use it. Implemented by each store.
public interface SqlSession {
  /// The language of the database.
  Dialect dialect();

  /// Runs SQL that gives nothing, without keeping it prepared.
  void execute(String sql);

  /// Runs a kept statement. Its rows must be closed before it is run again.
  Rows rows(String sql, @Nullable Object... values);

  /// The rows that a statement gives, one at a time.
  interface Rows extends AutoCloseable, Codec.Columns {
    /// Goes to the next row; false after the last.
    boolean next();

    @Override
    void close();
  }
}
