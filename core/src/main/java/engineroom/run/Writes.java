package engineroom.run;

import static engineroom.problem.ProblemException.problem;

import engineroom.authorize.Allowed;
import engineroom.authorize.Rights;
import engineroom.data.Ids;
import engineroom.data.Row;
import engineroom.data.Stages;
import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.model.Entity;
import engineroom.model.Model;
import engineroom.operation.FieldRules;
import engineroom.operation.FieldRules.JsonSchemas;
import engineroom.operation.Input;
import engineroom.operation.Operation;
import engineroom.outcome.Change;
import engineroom.outcome.Outcome;
import engineroom.problem.OperationProblem.NotValid;
import engineroom.problem.Violation;
import engineroom.store.Store;
import engineroom.store.Transaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Carries out writes: what can be decided without the store is decided first, the rest within one
/// transaction.
public final class Writes {
  private final Store store;
  private final Completion completion;
  private final Answers answers;
  private final Ids ids;

  public Writes(Store store, Reads reads, JsonSchemas schemas, Ids ids) {
    this.store = store;
    this.completion = new Completion(new FieldRules(schemas), new SecretHash());
    this.answers = new Answers(reads);
    this.ids = ids;
  }

  /// Does what was allowed, wholly or not at all.
  public Outcome write(Allowed.Writing allowed) {
    return switch (allowed.operation()) {
      case Operation.Create create -> create(allowed, create);
      case Operation.Change change -> change(allowed, change);
      case Operation.Replace replace -> replace(allowed, replace);
      case Operation.Delete delete -> delete(allowed, delete);
      case Operation.Fetch _, Operation.Find _, Operation.Summarize _, Operation.Explain _ ->
          throw new IllegalArgumentException("not a write: " + allowed.operation());
    };
  }

  private Outcome inTransaction(Function<Transaction, Outcome> work) {
    return Stages.time("store", () -> store.write(work));
  }

  /// One write in one transaction: what its steps share.
  private record Step(
      Entity entity,
      Allowed.Writing allowed,
      Transaction transaction,
      RowChecks checks,
      Parents log) {
    Change.Origin origin() {
      return Answers.origin(allowed);
    }
  }

  private Step step(Allowed.Writing allowed, Transaction transaction, List<Change> changes) {
    var model = model();
    var entity = model.entity(allowed.operation().entity());
    return new Step(
        entity,
        allowed,
        transaction,
        new RowChecks(entity, allowed.rules(), transaction),
        new Parents(model, transaction, Answers.origin(allowed), changes));
  }

  private Model model() {
    return store.model();
  }

  private Outcome create(Allowed.Writing allowed, Operation.Create create) {
    var entity = model().entity(create.entity());
    var rows = completion.create(entity, create.rows(), allowed.rules());
    for (var row : rows) {
      row.putAll(Parents.first(Answers.origin(allowed)));
      newId(entity, row);
    }
    return inTransaction(
        transaction -> {
          var changes = new ArrayList<Change>();
          var step = step(allowed, transaction, changes);
          var written = new ArrayList<Outcome.Written.Row>();
          for (int i = 0; i < rows.size(); i++) {
            var given = create.rows().get(i).assignments().keySet();
            written.add(insert(step, rows.get(i), given));
          }
          return new Outcome.Written(written, changes);
        });
  }

  private void newId(Entity entity, Map<String, Value> row) {
    if (row.get("id") == Value.NULL && entity.field("id").type().type() == Type.Scalar.UUID) {
      row.put("id", new Value.Uuid(ids.next()));
    }
  }

  private Outcome.Written.Row insert(Step step, Map<String, Value> values, Set<String> given) {
    var entity = step.entity();
    var complete = new LinkedHashMap<>(values);
    if (complete.get("id") == Value.NULL) {
      complete.put("id", nextId(step));
    }
    var row = new Row(complete);
    var written = new HashSet<>(given);
    written.retainAll(entity.fields().keySet());
    step.checks().references(row, written);
    step.transaction().insert(entity.name(), row);
    if (!step.checks().holds(rights(step).create(), row, row)) {
      throw problem(step.allowed().rules().refusal("create this " + entity.name()));
    }
    step.checks().checks(row, row);
    step.checks().fieldRules(row, row, written);
    step.log().log(entity, Answers.created(entity.name(), row, step.origin()));
    step.log().touch(entity, row, row);
    return Answers.written(row, true, answers.json(step.transaction(), step.allowed(), row.id()));
  }

  private static Value nextId(Step step) {
    var entity = step.entity();
    if (entity.field("id").type().type() == Type.Scalar.INTEGER) {
      return Value.of(step.transaction().nextId(entity.name()));
    }
    throw problem(new NotValid(List.of(new Violation("id", "required", "is required"))));
  }

  private static Rights rights(Step step) {
    return step.allowed().rules().on(step.entity().name());
  }

  private Outcome change(Allowed.Writing allowed, Operation.Change change) {
    return inTransaction(
        transaction -> {
          var changes = new ArrayList<Change>();
          var step = step(allowed, transaction, changes);
          var found = seen(step, change.id());
          if (found.isEmpty()) {
            return Outcome.Missing.MISSING;
          }
          var current = found.get();
          if (differs(change.ifVersion(), current)) {
            return conflict(step, current);
          }
          mayUpdate(step, current);
          var values = completion.change(step.entity(), change.input(), allowed.rules(), current);
          return update(step, current, values, changes);
        });
  }

  private Outcome replace(Allowed.Writing allowed, Operation.Replace replace) {
    return inTransaction(
        transaction -> {
          var changes = new ArrayList<Change>();
          var step = step(allowed, transaction, changes);
          var stored = transaction.find(replace.entity(), replace.id());
          if (stored.isEmpty() && replace.ifVersion() == null) {
            return createAt(step, replace, changes);
          }
          if (stored.isEmpty() || !step.checks().sees(stored.get())) {
            return Outcome.Missing.MISSING;
          }
          var current = stored.get();
          if (differs(replace.ifVersion(), current)) {
            return conflict(step, current);
          }
          mayUpdate(step, current);
          var values =
              completion.replacement(step.entity(), replace.input(), allowed.rules(), current);
          return update(step, current, values, changes);
        });
  }

  private Outcome createAt(Step step, Operation.Replace replace, List<Change> changes) {
    if (rights(step).create().equals(Expression.FALSE)) {
      throw problem(step.allowed().rules().refusal("create " + step.entity().plural()));
    }
    var input = withId(replace);
    var values =
        completion.create(step.entity(), List.of(input), step.allowed().rules()).getFirst();
    values.putAll(Parents.first(step.origin()));
    var row = insert(step, values, input.assignments().keySet());
    return new Outcome.Written(List.of(row), changes);
  }

  private static Input withId(Operation.Replace replace) {
    var assignments = new LinkedHashMap<>(replace.input().assignments());
    assignments.put("id", new Input.Assignment.To(replace.id()));
    return new Input(assignments);
  }

  private static Optional<Row> seen(Step step, Value id) {
    return step.transaction().find(step.entity().name(), id).filter(step.checks()::sees);
  }

  private static boolean differs(@Nullable Long expected, Row row) {
    return expected != null && expected != row.version();
  }

  private Outcome conflict(Step step, Row current) {
    return new Outcome.Conflict(
        answers.json(step.transaction(), step.allowed(), current.id()), current.version());
  }

  private static void mayUpdate(Step step, Row current) {
    if (!step.checks().holds(rights(step).update(), current, current)) {
      throw problem(step.allowed().rules().refusal("change this " + step.entity().name()));
    }
  }

  private Outcome update(Step step, Row current, Map<String, Value> values, List<Change> changes) {
    var entity = step.entity();
    var changed = new LinkedHashSet<String>();
    values.forEach(
        (field, value) -> {
          if (!value.equals(current.value(field))) {
            changed.add(field);
          }
        });
    if (changed.isEmpty()) {
      return written(step, current, changes);
    }
    var row = Parents.next(new Row(values), step.origin());
    step.checks().references(row, changed);
    var fields = new LinkedHashSet<>(changed);
    fields.addAll(List.of("version", "updatedAt"));
    step.transaction().update(entity.name(), row, fields);
    if (!step.checks().holds(rights(step).update(), row, current)) {
      throw problem(
          step.allowed().rules().refusal("change this " + entity.name() + " in this way"));
    }
    step.checks().checks(row, current);
    step.checks().fieldRules(row, current, changed);
    step.log().log(entity, Answers.changed(entity.name(), current, row, step.origin()));
    step.log().touch(entity, row, current);
    return written(step, row, changes);
  }

  private Outcome written(Step step, Row row, List<Change> changes) {
    var json = answers.json(step.transaction(), step.allowed(), row.id());
    return new Outcome.Written(List.of(Answers.written(row, false, json)), changes);
  }

  private Outcome delete(Allowed.Writing allowed, Operation.Delete delete) {
    return inTransaction(
        transaction -> {
          var changes = new ArrayList<Change>();
          var step = step(allowed, transaction, changes);
          var found = seen(step, delete.id());
          if (found.isEmpty()) {
            return Outcome.Missing.MISSING;
          }
          var current = found.get();
          if (differs(delete.ifVersion(), current)) {
            return conflict(step, current);
          }
          if (!step.checks().holds(rights(step).delete(), current, current)) {
            throw problem(allowed.rules().refusal("delete this " + step.entity().name()));
          }
          new Deletion(model(), transaction, step.log(), step.origin())
              .delete(step.entity(), current);
          step.log().touch(step.entity(), current, current);
          return new Outcome.Deleted(changes);
        });
  }
}
