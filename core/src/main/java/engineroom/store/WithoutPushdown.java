package engineroom.store;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Evaluator;
import engineroom.expression.Expression;
import engineroom.model.History;
import engineroom.model.Model;
import engineroom.outcome.Change;
import engineroom.outcome.KeptAnswer;
import engineroom.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// Lets another store keep the rows and answers every read itself, by looking at every row: shows
/// that what a store does in its own language changes no answer.
public final class WithoutPushdown implements Store {
  private final Store inner;
  private final Model readable;
  private final RowWalk walk;

  public WithoutPushdown(Store inner) {
    this.inner = inner;
    this.readable = History.readable(inner.model());
    this.walk = new RowWalk(inner, readable);
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
    return new MemoryStatement(readable, plan);
  }

  @Override
  public Result read(Statement statement, Binding binding) {
    return inner.scan(tables -> read(tables, statement, binding));
  }

  @Override
  public <T> T write(Function<Transaction, T> work) {
    return inner.write(transaction -> work.apply(new Walking(transaction)));
  }

  @Override
  public <T> T create(String entity, Function<Transaction, T> work) {
    return inner.create(entity, transaction -> work.apply(new Walking(transaction)));
  }

  @Override
  public <T> T scan(Function<Tables, T> work) {
    return inner.scan(work);
  }

  @Override
  public <T> T still(Duration timeLimit, Function<Access, T> work) {
    return inner.scan(
        tables ->
            work.apply(Access.still((statement, binding) -> read(tables, statement, binding))));
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

  private Result read(Tables tables, Statement statement, Binding binding) {
    var lookup = new TablesLookup(readable, tables);
    return new PlanReader(readable, tables, lookup)
        .read(MemoryStatement.of(statement).plan(), binding);
  }

  /// A transaction that reads by walking over the rows.
  private final class Walking implements Transaction {
    private final Transaction transaction;

    Walking(Transaction transaction) {
      this.transaction = transaction;
    }

    @Override
    public Optional<Row> find(String entity, Value id) {
      return transaction.find(entity, id);
    }

    @Override
    public boolean holds(String entity, Value id, Expression condition, Arguments arguments) {
      var rows = tables();
      var lookup = new TablesLookup(readable, rows);
      var evaluator = new Evaluator(lookup, arguments, Reading.NO_FACTS);
      if (History.isThen(entity)) {
        return new ThenTables(readable, rows, lookup).holds(entity, id, condition, evaluator);
      }
      return lookup
          .find(entity, id)
          .filter(row -> evaluator.holds(condition, Map.of(Expression.Variable.ROW, row)))
          .isPresent();
    }

    @Override
    public List<Value> referring(String entity, String reference, Value id) {
      return transaction.referring(entity, reference, id);
    }

    @Override
    public void insert(String entity, Row row) {
      transaction.insert(entity, row);
    }

    @Override
    public void update(String entity, Row row, Set<String> fields) {
      transaction.update(entity, row, fields);
    }

    @Override
    public void delete(String entity, Value id) {
      transaction.delete(entity, id);
    }

    @Override
    public long nextId(String entity) {
      return transaction.nextId(entity);
    }

    @Override
    public long next(Counter counter, long start) {
      return transaction.next(counter, start);
    }

    @Override
    public void passed(Counter counter, long number) {
      transaction.passed(counter, number);
    }

    @Override
    public Change log(Change change) {
      return transaction.log(change);
    }

    @Override
    public Trash trash() {
      return transaction.trash();
    }

    @Override
    public Result read(Statement statement, Binding binding) {
      return WithoutPushdown.this.read(tables(), statement, binding);
    }

    @Override
    public List<Value> ids(Statement statement, Binding binding) {
      var rows = tables();
      return new PlanReader(readable, rows, new TablesLookup(readable, rows))
          .ids(MemoryStatement.rows(statement), binding);
    }

    @Override
    public <T> T attempt(Supplier<T> work) {
      return transaction.attempt(work);
    }

    @Override
    public Optional<KeptAnswer> answer(String key, Instant now) {
      return transaction.answer(key, now);
    }

    @Override
    public void keep(KeptAnswer answer, Instant now) {
      transaction.keep(answer, now);
    }

    private Tables tables() {
      var seen = new HashMap<String, List<Row>>();
      return entity -> seen.computeIfAbsent(entity, name -> walk.rows(transaction, name));
    }
  }
}
