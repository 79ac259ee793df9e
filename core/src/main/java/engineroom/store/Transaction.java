package engineroom.store;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Expression;
import engineroom.outcome.Change;
import engineroom.outcome.KeptAnswer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// One transaction of a store, within [Store#write]. Sees its own writes. Not for use after it or
/// by another thread.
public interface Transaction {
  /// The row with this id, all fields, locked against others until the end.
  Optional<Row> find(String entity, Value id);

  /// Whether a stored row meets a condition on variable `row`.
  ///
  /// @param condition may follow references and lists
  boolean holds(String entity, Value id, Expression condition, Arguments arguments);

  /// The ids of the rows whose reference is this id, in order of id.
  List<Value> referring(String entity, String reference, Value id);

  /// Keeps a new row. An id that exists is a `NotUnique` of `id`.
  void insert(String entity, Row row);

  /// Keeps the changed fields of a row that is there.
  ///
  /// @param row whole, as it is to be
  /// @param fields names of those to write
  void update(String entity, Row row, Set<String> fields);

  /// Removes a row. Rows that refer to it have been dealt with before.
  void delete(String entity, Value id);

  /// The next free id of an entity whose ids are integers.
  long nextId(String entity);

  /// Counts up and gives the number: none twice. Of a gap-free sequence the counter is undone with
  /// everything else that the transaction did, so that none is left out; of others a store may
  /// count in a way of its own that leaves some out.
  ///
  /// @param start the least number that is given
  long next(Counter counter, long start);

  /// Lets a counter go on behind a number, if it is not there already.
  void passed(Counter counter, long number);

  /// What counts the rows of an entity that share a scope.
  ///
  /// @param field that holds the numbers
  /// @param scope the values that the rows share, as text
  record Counter(String entity, String field, String scope) {}

  /// Adds to the change log; the sequence comes back: greater than all that were given before in
  /// this transaction. What is undone may leave its number out.
  Change log(Change change);

  /// Adds changes to the change log in their order; the same with their sequences come back.
  default List<Change> log(List<Change> changes) {
    return changes.stream().map(this::log).toList();
  }

  /// Whether somebody else waits to write, or may have waited for long where nobody can know, so
  /// that long work had better end here.
  default boolean awaited() {
    return false;
  }

  /// Does work that writes much. Inserts may be carried out beside it; all are done when it ends. A
  /// refusal may come with a later one, or with the end: who gets one can only give up.
  default <T> T gathering(Supplier<T> work) {
    return work.get();
  }

  /// What was deleted and can be brought back.
  Trash trash();

  /// Runs a prepared read within the transaction.
  Store.Result read(Store.Statement statement, Store.Binding binding);

  /// The ids of the rows that a prepared read for rows gives, in its order.
  List<Value> ids(Store.Statement statement, Store.Binding binding);

  /// Runs work that is undone alone where it throws.
  <T> T attempt(Supplier<T> work);

  /// The answer kept under a key, unless its time is over.
  Optional<KeptAnswer> answer(String key, Instant now);

  /// Keeps an answer for repeated requests; some of those whose time is over go.
  void keep(KeptAnswer answer, Instant now);
}
