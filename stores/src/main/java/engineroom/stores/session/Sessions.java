package engineroom.stores.session;

import engineroom.stores.sql.Dialect;
import engineroom.stores.sql.SqlText;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The connections to a database, as the [SessionStore] of a model uses them. Implemented by each
/// kind of server.
public interface Sessions {
  Dialect dialect();

  /// Runs work whose statements are transactions by themselves.
  ///
  /// @throws SessionFailure where a value could not be worked out
  <T extends @Nullable Object> T read(Duration timeLimit, Function<ReadSession, T> work);

  /// The same for reads that a copy of the database may answer too.
  default Sessions anywhere() {
    return this;
  }

  /// Runs work that reads one state.
  ///
  /// @throws SessionFailure where a value could not be worked out
  <T> T still(Duration timeLimit, Function<ReadSession, T> work);

  /// Reads within work that reads one state, and otherwise where a value can't be worked out.
  <T> T said(ReadSession session, Supplier<T> reading, Supplier<T> otherwise);

  /// Runs work in a transaction, from its beginning again where others stand in its way.
  <T> T write(Function<Writing, T> work);

  /// Runs work that makes rows of an entity in a transaction, which it may share with others.
  default <T> T create(String entity, GroupCommit.Work<T> work) {
    return write(writing -> work.run(writing, Sharing.NONE));
  }

  /// How the database runs a statement.
  List<String> explain(SqlText sql);

  /// The number of the last change behind which none with a lesser number will be seen.
  long settled(ReadSession session);
}
