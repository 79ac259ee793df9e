package engineroom;

import engineroom.authorize.Allowed;
import engineroom.authorize.Authorizer;
import engineroom.authorize.Grants;
import engineroom.data.Ids;
import engineroom.data.Stages;
import engineroom.explain.AccessExplainer;
import engineroom.model.Model;
import engineroom.operation.Call;
import engineroom.operation.FieldRules.JsonSchemas;
import engineroom.operation.Operation;
import engineroom.outcome.Change;
import engineroom.outcome.KeptAnswer;
import engineroom.outcome.Outcome;
import engineroom.plan.Planner;
import engineroom.run.ChangeWatch;
import engineroom.run.OldVersions;
import engineroom.run.Reads;
import engineroom.run.Recounting;
import engineroom.run.Writes;
import engineroom.store.Access;
import engineroom.store.Store;
import engineroom.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// The way of one operation: operation → authorize → plan → store → outcome. Every door ends here,
/// and nothing goes around it.
public final class Engine implements Runner {
  private final Model model;
  private final Authorizer authorizer;
  private final Reads reads;
  private final Recounting recounting;
  private final Writes writes;
  private final AccessExplainer explainer;
  private final Store store;
  private final OldVersions oldVersions;

  /// @param store whose model is the engine's
  /// @param schemas checks values of fields with a JSON Schema
  /// @param watch hears of every change
  public Engine(Store store, JsonSchemas schemas, Ids ids, ChangeWatch watch) {
    this.store = store;
    this.model = store.model();
    this.authorizer = new Authorizer(model);
    this.reads = new Reads(store, new Planner(model));
    this.recounting = new Recounting(reads);
    this.oldVersions = new OldVersions(store);
    this.writes = new Writes(store, reads, schemas, ids, watch);
    this.explainer = new AccessExplainer(model, authorizer, this::run);
  }

  /// The model that operations are asked in.
  public Model model() {
    return model;
  }

  @Override
  public Outcome run(Operation operation, Call call) {
    return run(operation, call, store);
  }

  private Outcome run(Operation operation, Call call, Access access) {
    var allowed = Stages.time("authorize", () -> authorizer.authorize(operation, call));
    return switch (allowed) {
      case Allowed.Reading reading when operation instanceof Operation.Recount recount ->
          recounting.tell(reading, recount, call.timeLimit(), access);
      case Allowed.Reading reading when isFetch(operation) ->
          reads.one(reading, call.timeLimit(), access);
      case Allowed.Reading reading -> reads.read(reading, call.timeLimit(), access);
      case Allowed.Summarizing summarizing ->
          reads.summarize(summarizing, call.timeLimit(), access);
      case Allowed.Explaining explaining -> reads.explain(explaining.reading());
      case Allowed.ExplainingAccess explaining ->
          explainer.explain(explaining.asked(), explaining.by(), access);
      case Allowed.Writing writing -> writes.write(writing, access);
      case Allowed.WritingMany many -> writes.write(many, access);
    };
  }

  private static boolean isFetch(Operation operation) {
    return operation instanceof Operation.Fetch
        || (operation instanceof Operation.AsOf(var read, _) && isFetch(read));
  }

  @Override
  public <T> T together(Function<Session, T> work) {
    return store.write(transaction -> new Together(transaction).whole(work));
  }

  @Override
  public <T> T still(Call call, Function<Runner, T> work) {
    return store.still(call.timeLimit(), access -> work.apply(new Still(access)));
  }

  /// Reads that share a state.
  private final class Still implements Runner {
    private final Access access;

    Still(Access access) {
      this.access = access;
    }

    @Override
    public Outcome run(Operation operation, Call call) {
      return Engine.this.run(operation, call, access);
    }

    @Override
    public <T> T together(Function<Session, T> work) {
      throw new IllegalStateException("only reads share a state");
    }

    @Override
    public <T> T still(Call call, Function<Runner, T> work) {
      return work.apply(this);
    }
  }

  /// Operations that share a transaction. One that fails is not undone by itself, which would cost
  /// each of them a savepoint: all of them are.
  private final class Together implements Session {
    private final Transaction transaction;
    private boolean failed;

    Together(Transaction transaction) {
      this.transaction = transaction;
    }

    <T> T whole(Function<Session, T> work) {
      var result = work.apply(this);
      if (failed) {
        throw new IllegalStateException("one of several operations failed, and the others went on");
      }
      return result;
    }

    @Override
    public Outcome run(Operation operation, Call call) {
      failed = true;
      var outcome = Engine.this.run(operation, call, Access.within(transaction));
      failed = false;
      return outcome;
    }

    @Override
    public <T> T together(Function<Session, T> work) {
      return transaction.attempt(() -> new Together(transaction).whole(work));
    }

    @Override
    public <T> T still(Call call, Function<Runner, T> work) {
      return work.apply(this);
    }

    @Override
    public Optional<KeptAnswer> answer(String key, Call call) {
      return transaction.answer(key, call.time());
    }

    @Override
    public boolean awaited() {
      return transaction.awaited();
    }

    @Override
    public <T> T gathering(Supplier<T> work) {
      return transaction.gathering(work);
    }

    @Override
    public void keep(KeptAnswer answer, Call call) {
      transaction.keep(answer, call.time());
    }
  }

  /// Forgets deleted rows whose time in the trash is over, those longest over first; tells how many
  /// deletions that were.
  ///
  /// @param limit at most so many
  public int purgeTrash(Instant now, int limit) {
    return store.write(transaction -> transaction.trash().purge(now, limit));
  }

  /// Forgets versions that were over longer ago than the model wants them kept; tells how many, and
  /// 0 where there are none left.
  public int purgeVersions(Instant now) {
    return oldVersions.purge(now);
  }

  /// The change log after a number, in order, whoever may see the rows: for what is done in the
  /// name of the program.
  ///
  /// @param limit at most so many
  public List<Change> changes(long after, int limit) {
    return store.changes(after, limit);
  }

  /// The changes of some entities alone.
  ///
  /// @param limit at most so many
  public List<Change> changes(long after, Set<String> entities, int limit) {
    return store.changes(after, entities, limit);
  }

  /// The number of the last change; 0 where there was none.
  public long lastChange() {
    return store.lastChange();
  }

  /// What the caller may do and know of, for doors that show what there is.
  public Grants grants(Call call) {
    return authorizer.grants(call);
  }
}
