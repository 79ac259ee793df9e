package engineroom.store;

import engineroom.store.Store.Binding;
import engineroom.store.Store.Result;
import engineroom.store.Store.Statement;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Where an operation reads and writes: a store, in a transaction of its own each time, or one
/// transaction that several operations share.
public interface Access {
  /// Runs a prepared read.
  Result read(Statement statement, Binding binding);

  /// Runs a write; everything it did is undone where it throws, at the latest with its transaction.
  <T> T write(Function<Transaction, T> work);

  /// Runs a write that makes rows of an entity. A store may have several of them share a
  /// transaction; which costs more where it changes or deletes rows, too.
  default <T> T create(String entity, Function<Transaction, T> work) {
    return write(work);
  }

  /// One state as the place of several reads.
  static Access still(BiFunction<Statement, Binding, Result> reads) {
    return new Access() {
      @Override
      public Result read(Statement statement, Binding binding) {
        return reads.apply(statement, binding);
      }

      @Override
      public <T> T write(Function<Transaction, T> work) {
        throw new IllegalStateException("only reads share a state");
      }
    };
  }

  /// One transaction as the place of several operations. Where one throws, the transaction must
  /// end.
  static Access within(Transaction transaction) {
    return new Access() {
      @Override
      public Result read(Statement statement, Binding binding) {
        return transaction.read(statement, binding);
      }

      @Override
      public <T> T write(Function<Transaction, T> work) {
        return work.apply(transaction);
      }
    };
  }
}
