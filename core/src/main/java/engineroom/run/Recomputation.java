package engineroom.run;

import static engineroom.problem.ProblemException.problem;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Evaluator;
import engineroom.expression.Expression;
import engineroom.expression.Facts;
import engineroom.expression.Lookup;
import engineroom.model.Dependency;
import engineroom.model.Entity;
import engineroom.model.Model;
import engineroom.outcome.Change;
import engineroom.problem.OperationProblem.TooMuch;
import engineroom.problem.Violation;
import engineroom.store.Store.Binding;
import engineroom.store.Transaction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps true what is worked out and kept, within the transaction that changes what it depends on:
/// goes back from every changed row to the rows concerned and makes their values anew, field after
/// field in the order in which they depend on each other.
final class Recomputation {
  /// Rows whose value of one field one operation may make anew.
  static final int ROWS_MAX = 10_000;

  private static final Facts NO_FACTS =
      fact -> {
        throw new IllegalStateException("a computed value can't depend on " + fact.kind());
      };

  private final StoredFields fields;
  private final Work work;
  private final Transaction transaction;

  Recomputation(StoredFields fields, Work work) {
    this.fields = fields;
    this.work = work;
    this.transaction = work.transaction();
  }

  /// A row that is about to be created, with what is worked out of it as things are.
  Row filled(Entity entity, Row row) {
    var filled = row;
    for (var field : fields.of(entity)) {
      var evaluator =
          new Evaluator(new Stored(fields.model(), transaction), Arguments.NONE, NO_FACTS);
      var value = evaluator.value(field.stored().value(), Map.of(Expression.Variable.ROW, filled));
      refuseNothing(field, value);
      filled = filled.with(field.name(), value);
    }
    return filled;
  }

  /// Makes anew what the changes so far concern; what it changes concerns others in turn.
  void run() {
    for (var field : fields.inOrder()) {
      var concerned = new LinkedHashSet<Value>();
      for (var change : List.copyOf(work.events())) {
        for (var dependency : field.touchedBy(change)) {
          concerned.addAll(rows(dependency.path(), change));
          limit(field, concerned.size());
        }
      }
      concerned.forEach(id -> recompute(field, id));
    }
  }

  private static void limit(StoredField field, int rows) {
    if (rows > ROWS_MAX) {
      throw problem(
          new TooMuch(
              "compute",
              "This would make %s anew in more than %d rows.".formatted(field.stored(), ROWS_MAX)));
    }
  }

  /// The rows at the beginning of a path that leads to the changed row.
  private Set<Value> rows(List<Dependency.Step> path, Change change) {
    Set<Value> at = Set.of(change.id());
    for (int i = path.size() - 1; i >= 0; i--) {
      var before = new LinkedHashSet<Value>();
      boolean last = i == path.size() - 1;
      switch (path.get(i)) {
        case Dependency.Step.Reference(var entity, var field) ->
            at.forEach(id -> before.addAll(transaction.referring(entity, field, id)));
        case Dependency.Step.Members(_, var field) when last ->
            before.addAll(owners(change, field));
        case Dependency.Step.Members(var entity, var field) ->
            at.forEach(
                id -> transaction.find(entity, id).ifPresent(row -> before.add(row.value(field))));
      }
      before.remove(Value.NULL);
      at = before;
    }
    return at;
  }

  /// The rows whose list has or had the changed row.
  private List<Value> owners(Change change, String reference) {
    var owners = new ArrayList<Value>();
    owners.add(change.before().getOrDefault(reference, Value.NULL));
    owners.add(change.after().getOrDefault(reference, Value.NULL));
    transaction
        .find(change.entity(), change.id())
        .ifPresent(row -> owners.add(row.value(reference)));
    return owners;
  }

  private void recompute(StoredField field, Value id) {
    var entity = field.entity();
    var found = transaction.find(entity.name(), id);
    if (found.isEmpty()) {
      return;
    }
    var binding = new Binding(new Arguments(List.of(id)), 1, 0, work.rules().call().timeLimit());
    var value = transaction.read(field.statement(), binding).lastKeys().getFirst();
    if (!value.equals(found.get().value(field.name()))) {
      refuseNothing(field, value);
      work.recomputed(entity, found.get(), found.get().with(field.name(), value), field.name());
    }
  }

  private static void refuseNothing(StoredField field, Value value) {
    if (value == Value.NULL && field.field().required()) {
      Completion.refuse(
          List.of(
              new Violation(
                  "",
                  "computed",
                  field.stored()
                      + " would have no value: it passes what can be kept, or divides by zero")));
    }
  }

  /// The rows of a transaction.
  private record Stored(Model model, Transaction transaction) implements Lookup {
    @Override
    public Optional<Row> find(String entity, Value id) {
      return transaction.find(entity, id);
    }

    @Override
    public Iterable<Row> list(String entity, String list, Value id) {
      var inverse = model.entity(entity).findList(list).orElseThrow();
      return transaction.referring(inverse.entity(), inverse.field(), id).stream()
          .flatMap(row -> transaction.find(inverse.entity(), row).stream())
          .toList();
    }

    @Override
    public @Nullable Expression computed(String entity, String field) {
      return model.entity(entity).virtual(field);
    }
  }
}
