package engineroom.store;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Evaluator;
import engineroom.expression.Expression;
import engineroom.expression.Facts;
import engineroom.expression.Lookup;
import engineroom.model.Model;
import engineroom.operation.Selection.Direction;
import engineroom.operation.Selection.Sort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One run of a plan in memory: the rows, the values bound, and the time that is left.
final class Reading {
  /// Authorize has bound all facts: one that is left is a bug, and must not be taken for null.
  static final Facts NO_FACTS =
      fact -> {
        throw new IllegalStateException("a plan must not mention a fact, found " + fact.kind());
      };

  private final Model model;
  private final Lookup lookup;
  private final Evaluator evaluator;
  private final Deadline deadline;
  private final Candidates candidates;

  Reading(Model model, Store.Tables tables, Lookup lookup, Store.Binding binding) {
    this.model = model;
    this.deadline = new Deadline(binding.timeLimit());
    this.lookup = new Timed(lookup);
    this.evaluator = new Evaluator(this.lookup, binding.arguments(), NO_FACTS);
    this.candidates = new Candidates(model, tables, this.lookup, binding.arguments());
  }

  /// The rows of an entity that meet a condition on variable `row`, in no order.
  List<Row> matching(String entity, Expression filter) {
    var matching = new ArrayList<Row>();
    for (var row : candidates.rows(entity, filter)) {
      deadline.row();
      if (holds(filter, row)) {
        matching.add(row);
      }
    }
    return matching;
  }

  /// The rows of an inverse list that meet a condition on variable `row`, in no order.
  List<Row> listed(String entity, String list, Value id, Expression filter) {
    var matching = new ArrayList<Row>();
    for (var row : lookup.list(entity, list, id)) {
      deadline.row();
      if (holds(filter, row)) {
        matching.add(row);
      }
    }
    return matching;
  }

  /// The rows in order, each with its sort values.
  List<Sorted> sorted(List<Row> rows, List<Sort> sort) {
    var sorted = new ArrayList<Sorted>(rows.size());
    for (var row : rows) {
      deadline.row();
      sorted.add(new Sorted(row, sort.stream().map(key -> value(key.by(), row)).toList()));
    }
    sorted.sort(Comparator.comparing(Sorted::keys, Keys.order(directions(sort))));
    return sorted;
  }

  /// The row that a reference holds.
  Optional<Row> find(String entity, Value id) {
    return lookup.find(entity, id);
  }

  /// The value of an expression on variable `row`.
  Value value(Expression expression, Row row) {
    return evaluator.value(expression, Map.of(Expression.Variable.ROW, row));
  }

  /// Whether a condition holds on variable `row`.
  boolean holds(Expression condition, Row row) {
    return condition.equals(Expression.TRUE)
        || evaluator.holds(condition, Map.of(Expression.Variable.ROW, row));
  }

  /// Whether a condition that mentions no row holds.
  boolean holds(Expression condition) {
    return evaluator.holds(condition, Map.of());
  }

  Model model() {
    return model;
  }

  /// A row and its sort values.
  record Sorted(Row row, List<Value> keys) {}

  private static List<Direction> directions(List<Sort> sort) {
    return sort.stream().map(Sort::direction).toList();
  }

  /// A lookup whose rows count against the time.
  private final class Timed implements Lookup {
    private final Lookup inner;

    Timed(Lookup inner) {
      this.inner = inner;
    }

    @Override
    public Optional<Row> find(String entity, Value id) {
      deadline.row();
      return inner.find(entity, id);
    }

    @Override
    public Iterable<Row> list(String entity, String list, Value id) {
      deadline.row();
      return inner.list(entity, list, id);
    }

    @Override
    public @Nullable Expression computed(String entity, String field) {
      return inner.computed(entity, field);
    }
  }
}
