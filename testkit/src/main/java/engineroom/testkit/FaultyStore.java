package engineroom.testkit;

import static engineroom.problem.ProblemException.problem;

import engineroom.model.Model;
import engineroom.outcome.Change;
import engineroom.plan.Plan;
import engineroom.problem.StoreProblem.Unavailable;
import engineroom.store.Access;
import engineroom.store.Capability;
import engineroom.store.Store;
import engineroom.store.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/// A store that is unavailable once: at the call with a number, counted over compile, read, write,
/// scan and changes. The other calls go through to the store within.
public final class FaultyStore implements Store {
  private final Store inner;
  private final AtomicLong callsBefore;

  /// @param failing the number of the call that fails, from 1
  public FaultyStore(Store inner, long failing) {
    if (failing < 1) {
      throw new IllegalArgumentException("the failing call must be 1 or more, was " + failing);
    }
    this.inner = inner;
    this.callsBefore = new AtomicLong(failing);
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
    count();
    return inner.compile(plan);
  }

  @Override
  public Result read(Statement statement, Binding binding) {
    count();
    return inner.read(statement, binding);
  }

  @Override
  public <T> T write(Function<Transaction, T> work) {
    count();
    return inner.write(work);
  }

  @Override
  public <T> T scan(Function<Tables, T> work) {
    count();
    return inner.scan(work);
  }

  @Override
  public <T> T still(Duration timeLimit, Function<Access, T> work) {
    count();
    return inner.still(timeLimit, work);
  }

  @Override
  public List<Change> changes(long after, int limit) {
    count();
    return inner.changes(after, limit);
  }

  @Override
  public List<Change> changes(long after, Set<String> entities, int limit) {
    count();
    return inner.changes(after, entities, limit);
  }

  @Override
  public long lastChange() {
    count();
    return inner.lastChange();
  }

  @Override
  public void close() {
    inner.close();
  }

  private void count() {
    if (callsBefore.decrementAndGet() == 0) {
      throw problem(new Unavailable("The store failed on purpose.", "Try again."));
    }
  }
}
