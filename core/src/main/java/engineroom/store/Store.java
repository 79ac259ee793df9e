package engineroom.store;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.model.Model;
import engineroom.outcome.Change;
import engineroom.plan.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where the rows of one model are kept. Implemented by every database; `StoreContract` says what
/// must hold. Methods may be called from any number of threads. Every method throws a
/// `ProblemException` of a `StoreProblem` for what the caller can act on.
public interface Store extends Access, AutoCloseable {
  /// The model that the rows follow.
  Model model();

  /// What this store can do by itself.
  Set<Capability> capabilities();

  /// Prepares a read. Called once for each shape; the result is kept and used from any thread.
  Statement compile(Plan plan);

  /// Runs a prepared read on a consistent state that holds every write acknowledged before.
  ///
  /// @param statement made by this store's [#compile]
  @Override
  Result read(Statement statement, Binding binding);

  /// Runs work in one transaction and returns when it is durable. What the work throws undoes the
  /// work and nothing else. The work may run more than once before one run counts, so it has no
  /// effects besides those on its transaction.
  @Override
  <T> T write(Function<Transaction, T> work);

  /// Every row of the entities that this asks for, in one consistent state: for what the store
  /// can't do by itself.
  <T> T scan(Function<Tables, T> work);

  /// Runs prepared reads on one consistent state that holds every write acknowledged before. The
  /// work may run more than once; a write within it is an `IllegalStateException`.
  ///
  /// @param timeLimit of the whole work
  <T> T still(Duration timeLimit, Function<Access, T> work);

  /// The change log after a number, in order.
  ///
  /// @param limit at most so many
  List<Change> changes(long after, int limit);

  /// The changes of some entities alone after a number, in order.
  ///
  /// @param limit at most so many
  List<Change> changes(long after, Set<String> entities, int limit);

  /// The number of the last change; 0 where there was none.
  long lastChange();

  @Override
  void close();

  /// A read made ready by a store.
  interface Statement {
    /// The store's own words on how it reads: indexes used, tables scanned.
    List<String> explain();
  }

  /// The values of one run.
  ///
  /// @param arguments for the plan's parameters
  /// @param limit at most so many rows
  /// @param offset rows passed over
  record Binding(Arguments arguments, int limit, long offset, Duration timeLimit) {}

  /// What a read gives.
  ///
  /// @param rows UTF-8 bytes of JSON objects
  /// @param lastKeys the sort values of the last row, where there are as many rows as the limit;
  ///   else empty, as for groups
  /// @param version of that row; else 0
  /// @param more whether rows follow
  /// @param count of all rows, where the plan counts
  record Result(
      List<byte[]> rows, List<Value> lastKeys, long version, boolean more, @Nullable Long count) {}

  /// The rows of one consistent state.
  interface Tables {
    /// All rows of an entity, in no order.
    Iterable<Row> rows(String entity);
  }
}
