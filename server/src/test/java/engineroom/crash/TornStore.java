package engineroom.crash;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Expression;
import engineroom.model.Model;
import engineroom.outcome.Change;
import engineroom.outcome.KeptAnswer;
import engineroom.plan.Plan;
import engineroom.store.Access;
import engineroom.store.Capability;
import engineroom.store.Store;
import engineroom.store.Transaction;
import engineroom.store.Trash;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;

/// A store that breaks its promise on purpose: each step of a transaction is a transaction of its
/// own, so that others come between. Whoever checks histories must find it out.
final class TornStore implements Store {
  private final Store inner;

  TornStore(Store inner) {
    this.inner = inner;
  }

  @Override
  public Model model() {
    return inner.model();
  }

  @Override
  public Set<Capability> capabilities() {
    return inner.capabilities();
  }

  @Override
  public Statement compile(Plan plan) {
    return inner.compile(plan);
  }

  @Override
  public Result read(Statement statement, Binding binding) {
    return inner.read(statement, binding);
  }

  @Override
  public <T> T write(Function<Transaction, T> work) {
    return work.apply(new Torn());
  }

  @Override
  public <T> T scan(Function<Tables, T> work) {
    return inner.scan(work);
  }

  @Override
  public <T> T still(Duration timeLimit, Function<Access, T> work) {
    return inner.still(timeLimit, work);
  }

  @Override
  public List<Change> changes(long after, int limit) {
    return inner.changes(after, limit);
  }

  @Override
  public List<Change> changes(long after, Set<String> entities, int limit) {
    return inner.changes(after, entities, limit);
  }

  @Override
  public long lastChange() {
    return inner.lastChange();
  }

  @Override
  public void close() {
    inner.close();
  }

  private final class Torn implements Transaction {
    private <T> T step(Function<Transaction, T> step) {
      LockSupport.parkNanos(1); // others get their chance
      return inner.write(step);
    }

    @Override
    public Optional<Row> find(String entity, Value id) {
      return step(t -> t.find(entity, id));
    }

    @Override
    public boolean holds(String entity, Value id, Expression condition, Arguments arguments) {
      return step(t -> t.holds(entity, id, condition, arguments));
    }

    @Override
    public List<Value> referring(String entity, String reference, Value id) {
      return step(t -> t.referring(entity, reference, id));
    }

    @Override
    public void insert(String entity, Row row) {
      step(
          t -> {
            t.insert(entity, row);
            return row;
          });
    }

    @Override
    public void update(String entity, Row row, Set<String> fields) {
      step(
          t -> {
            t.update(entity, row, fields);
            return row;
          });
    }

    @Override
    public void delete(String entity, Value id) {
      step(
          t -> {
            t.delete(entity, id);
            return id;
          });
    }

    @Override
    public long nextId(String entity) {
      return step(t -> t.nextId(entity));
    }

    @Override
    public long next(Counter counter, long start) {
      return step(t -> t.next(counter, start));
    }

    @Override
    public void passed(Counter counter, long number) {
      step(
          t -> {
            t.passed(counter, number);
            return number;
          });
    }

    @Override
    public Change log(Change change) {
      return step(t -> t.log(change));
    }

    @Override
    public Trash trash() {
      throw new UnsupportedOperationException("nothing in these histories has a trash");
    }

    @Override
    public Result read(Statement statement, Binding binding) {
      return step(t -> t.read(statement, binding));
    }

    @Override
    public List<Value> ids(Statement statement, Binding binding) {
      return step(t -> t.ids(statement, binding));
    }

    @Override
    public <T> T attempt(Supplier<T> work) {
      return work.get();
    }

    @Override
    public Optional<KeptAnswer> answer(String key, Instant now) {
      return step(t -> t.answer(key, now));
    }

    @Override
    public void keep(KeptAnswer answer, Instant now) {
      step(
          t -> {
            t.keep(answer, now);
            return answer;
          });
    }
  }
}
