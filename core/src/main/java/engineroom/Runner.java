package engineroom;

import engineroom.operation.Call;
import engineroom.operation.Operation;
import engineroom.outcome.KeptAnswer;
import engineroom.outcome.Outcome;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Runs operations for whoever makes a call: the engine, as doors see it.
public interface Runner {
  /// Runs one operation. What its caller can act on is thrown as a `ProblemException`.
  Outcome run(Operation operation, Call call);

  /// Runs several operations as one: they see each other's writes, and where the work throws,
  /// nothing of it is kept. Within other such work, it alone is undone. An operation that fails
  /// must make the work throw: who wants to go on runs it in such work of its own.
  <T> T together(Function<Session, T> work);

  /// Runs reads on one consistent state: no write of others comes between them, and a write among
  /// them is a bug. The work may run more than once.
  <T> T still(Call call, Function<Runner, T> work);

  /// Several operations being run as one.
  interface Session extends Runner {
    /// The answer kept under a key, where its time is not over.
    Optional<KeptAnswer> answer(String key, Call call);

    /// Whether somebody else waits to write, so that long work had better end here and go on in
    /// another transaction.
    boolean awaited();

    /// Does work that writes much, as [engineroom.store.Transaction#gathering] says: a refusal may
    /// come late, and who gets one can only give up.
    <T> T gathering(Supplier<T> work);

    /// Keeps an answer with what the operations do.
    void keep(KeptAnswer answer, Call call);
  }
}
