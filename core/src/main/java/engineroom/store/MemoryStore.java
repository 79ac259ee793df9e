package engineroom.store;

import engineroom.model.History;
import engineroom.model.Model;
import engineroom.outcome.Change;
import engineroom.plan.Plan;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/// Keeps rows in memory and forgets them at the end: the reference for what a store does. Reads run
/// side by side; writes run one at a time, each undone in full when its work throws.
public final class MemoryStore implements Store {
  private final Model model;
  private final Model readable;
  private final MemoryTables tables;
  private final PlanReader reader;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

  public MemoryStore(Model model) {
    this.model = model;
    this.readable = History.readable(model);
    this.tables = new MemoryTables(History.stored(model));
    this.reader = new PlanReader(readable, tables, tables);
  }

  @Override
  public Model model() {
    return model;
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.complementOf(EnumSet.of(Capability.DURABLE));
  }

  @Override
  public Statement compile(Plan plan) {
    return new MemoryStatement(readable, plan);
  }

  @Override
  public Result read(Statement statement, Binding binding) {
    lock.readLock().lock();
    try {
      return reader.read(MemoryStatement.of(statement).plan(), binding);
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public <T> T write(Function<Transaction, T> work) {
    if (lock.isWriteLockedByCurrentThread()) {
      throw new IllegalStateException("a write must not begin within a write");
    }
    lock.writeLock().lock();
    try {
      return writeAlone(work);
    } finally {
      lock.writeLock().unlock();
    }
  }

  private <T> T writeAlone(Function<Transaction, T> work) {
    var transaction = new MemoryTransaction(readable, tables, reader);
    boolean done = false;
    try {
      var result = work.apply(transaction);
      done = true;
      return result;
    } finally {
      if (!done) {
        transaction.undo();
      }
    }
  }

  @Override
  public <T> T scan(Function<Tables, T> work) {
    lock.readLock().lock();
    try {
      return work.apply(tables);
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public <T> T still(Duration timeLimit, Function<Access, T> work) {
    lock.readLock().lock();
    try {
      return work.apply(
          Access.still(
              (statement, binding) -> reader.read(MemoryStatement.of(statement).plan(), binding)));
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public List<Change> changes(long after, int limit) {
    lock.readLock().lock();
    try {
      return tables.log().stream().skip(Math.max(after, 0)).limit(limit).toList();
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public List<Change> changes(long after, Set<String> entities, int limit) {
    lock.readLock().lock();
    try {
      return tables.log().stream()
          .skip(Math.max(after, 0))
          .filter(change -> entities.contains(change.entity()))
          .limit(limit)
          .toList();
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public long lastChange() {
    lock.readLock().lock();
    try {
      return tables.log().size();
    } finally {
      lock.readLock().unlock();
    }
  }

  /// Forgets nothing yet: the rows go when the store does.
  @Override
  public void close() {}
}
