package engineroom.store;

import static engineroom.problem.ProblemException.problem;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Evaluator;
import engineroom.expression.Expression;
import engineroom.model.FieldType;
import engineroom.model.History;
import engineroom.model.Model;
import engineroom.outcome.Change;
import engineroom.outcome.KeptAnswer;
import engineroom.problem.StoreProblem.NotUnique;
import engineroom.problem.StoreProblem.StillReferred;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// One write to a memory store; remembers how to undo each step.
final class MemoryTransaction implements Transaction {
  private final Model model;
  private final MemoryTables tables;
  private final PlanReader reader;
  private final RowChecks checks;
  private final Deque<Runnable> undo = new ArrayDeque<>();

  MemoryTransaction(Model model, MemoryTables tables, PlanReader reader) {
    this.model = model;
    this.tables = tables;
    this.reader = reader;
    this.checks = new RowChecks(tables);
  }

  /// Takes back every step, the last first.
  void undo() {
    while (!undo.isEmpty()) {
      undo.pop().run();
    }
  }

  @Override
  public Optional<Row> find(String entity, Value id) {
    return tables.find(entity, id);
  }

  @Override
  public boolean holds(String entity, Value id, Expression condition, Arguments arguments) {
    var evaluator = new Evaluator(tables, arguments, Reading.NO_FACTS);
    if (History.isThen(entity)) {
      return new ThenTables(model, tables, tables).holds(entity, id, condition, evaluator);
    }
    return tables
        .find(entity, id)
        .filter(row -> evaluator.holds(condition, Map.of(Expression.Variable.ROW, row)))
        .isPresent();
  }

  @Override
  public List<Value> referring(String entity, String reference, Value id) {
    return List.copyOf(tables.table(entity).referring(reference, id));
  }

  @Override
  public void insert(String entity, Row row) {
    var table = tables.table(entity);
    var whole = whole(table, row);
    if (table.find(row.id()).isPresent()) {
      throw problem(new NotUnique(entity, List.of("id")));
    }
    put(table, whole);
    undo.push(() -> table.remove(whole.id()));
  }

  @Override
  public void update(String entity, Row row, Set<String> fields) {
    var table = tables.table(entity);
    var before =
        table
            .find(row.id())
            .orElseThrow(() -> new IllegalStateException("no " + entity + " to update"));
    var after = before;
    for (var field : fields) {
      table.entity().field(field);
      after = after.with(field, row.value(field));
    }
    put(table, after);
    undo.push(() -> table.put(before));
  }

  @Override
  public void delete(String entity, Value id) {
    var table = tables.table(entity);
    table
        .find(id)
        .ifPresent(
            row -> {
              refuseWhereReferred(entity, id);
              table.remove(id);
              undo.push(() -> table.put(row));
            });
  }

  @Override
  public long nextId(String entity) {
    return tables.table(entity).nextId();
  }

  @Override
  public long next(Counter counter, long start) {
    var last = tables.counters().get(counter);
    long number = last == null ? start : Math.max(last + 1, start);
    count(counter, number);
    return number;
  }

  @Override
  public void passed(Counter counter, long number) {
    var last = tables.counters().get(counter);
    if (last == null || last < number) {
      count(counter, number);
    }
  }

  private void count(Counter counter, long number) {
    var counters = tables.counters();
    var before = counters.put(counter, number);
    undo.push(
        () -> {
          if (before == null) {
            counters.remove(counter);
          } else {
            counters.put(counter, before);
          }
        });
  }

  @Override
  public Change log(Change change) {
    var log = tables.log();
    var numbered = change.numbered(log.size() + 1L);
    log.add(numbered);
    undo.push(log::removeLast);
    return numbered;
  }

  @Override
  public Trash trash() {
    return new MemoryTrash(tables.trash(), undo);
  }

  @Override
  public Store.Result read(Store.Statement statement, Store.Binding binding) {
    return reader.read(MemoryStatement.of(statement).plan(), binding);
  }

  @Override
  public List<Value> ids(Store.Statement statement, Store.Binding binding) {
    return reader.ids(MemoryStatement.rows(statement), binding);
  }

  @Override
  public <T> T attempt(Supplier<T> work) {
    int steps = undo.size();
    boolean done = false;
    try {
      var result = work.get();
      done = true;
      return result;
    } finally {
      while (!done && undo.size() > steps) {
        undo.pop().run();
      }
    }
  }

  @Override
  public Optional<KeptAnswer> answer(String key, Instant now) {
    return Optional.ofNullable(tables.answers().get(key)).filter(a -> a.until().isAfter(now));
  }

  @Override
  public void keep(KeptAnswer answer, Instant now) {
    tables.answers().values().removeIf(a -> !a.until().isAfter(now));
    var before = tables.answers().put(answer.key(), answer);
    undo.push(
        () -> {
          if (before == null) {
            tables.answers().remove(answer.key());
          } else {
            tables.answers().put(answer.key(), before);
          }
        });
  }

  private void put(MemoryTable table, Row row) {
    var entity = table.entity();
    checks.refuse(entity, row);
    table
        .clash(row)
        .ifPresent(
            fields -> {
              throw problem(new NotUnique(entity.name(), fields));
            });
    table.put(row);
  }

  /// The row with all fields of its entity, in their order.
  private static Row whole(MemoryTable table, Row row) {
    var values = new LinkedHashMap<String, Value>();
    table.entity().kept().keySet().forEach(name -> values.put(name, row.value(name)));
    row.values().keySet().forEach(table.entity()::field);
    return new Row(values);
  }

  private void refuseWhereReferred(String entity, Value id) {
    for (var table : tables.all()) {
      for (var field : table.entity().fields().values()) {
        if (field.type() instanceof FieldType.Reference reference
            && reference.entity().equals(entity)
            && table.referring(field.name(), id).stream()
                .anyMatch(other -> !sameRow(table, other, entity, id))) {
          throw problem(new StillReferred(entity, table.entity().name()));
        }
      }
    }
  }

  private static boolean sameRow(MemoryTable table, Value other, String entity, Value id) {
    return table.entity().name().equals(entity) && other.equals(id);
  }
}
