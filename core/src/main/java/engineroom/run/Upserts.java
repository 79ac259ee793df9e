package engineroom.run;

import static engineroom.problem.ProblemException.problem;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.model.Entity;
import engineroom.operation.Input;
import engineroom.operation.Input.Assignment;
import engineroom.operation.Operation.Upsert;
import engineroom.problem.StoreProblem.NotUnique;
import engineroom.problem.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Creates rows that are not there, and does as asked to those that are.
final class Upserts {
  private final UniqueKeys keys;
  private final Work work;
  private final Drafts drafts;
  private final Set<List<Value>> seen = new HashSet<>();

  Upserts(UniqueKeys keys, Work work, Drafts drafts) {
    this.keys = keys;
    this.work = work;
    this.drafts = drafts;
  }

  /// A row as it came out.
  record Done(Row row, boolean created) {}

  /// What is to be done about one row.
  private sealed interface Step {
    record Insert(Draft.New draft) implements Step {}

    record Update(Draft.Changed draft) implements Step {}

    record Keep(Row row) implements Step {}
  }

  List<Done> write(Entity entity, Upsert upsert) {
    var steps = new ArrayList<Step>();
    for (var input : upsert.rows()) {
      steps.add(step(entity, upsert, input));
    }
    drafts.refuse();
    var writer = new RowWriter(work);
    return steps.stream().map(step -> write(writer, step)).toList();
  }

  private static Done write(RowWriter writer, Step step) {
    return switch (step) {
      case Step.Insert(var draft) -> new Done(writer.insert(draft), true);
      case Step.Update(var draft) -> new Done(writer.change(draft), false);
      case Step.Keep(var row) -> new Done(row, false);
    };
  }

  private Step step(Entity entity, Upsert upsert, Input input) {
    var found = found(entity, upsert, input);
    if (found.isEmpty()) {
      return new Step.Insert(drafts.create(entity, input));
    }
    return switch (upsert.onConflict()) {
      case REPLACE -> new Step.Update(drafts.replace(entity, input, found.get()));
      case MERGE -> new Step.Update(drafts.change(entity, input, found.get()));
      case IGNORE -> {
        drafts.create(entity, input); // only judged: what is not valid is refused, found or not
        yield new Step.Keep(found.get());
      }
    };
  }

  private Optional<Row> found(Entity entity, Upsert upsert, Input input) {
    if (upsert.key().isEmpty()) {
      return UniqueKeys.of(entity).stream()
          .flatMap(key -> find(entity, key, input).stream())
          .findFirst();
    }
    for (var field : upsert.key()) {
      if (value(input, field) == Value.NULL && !unreadable(input, field)) {
        var missing = new Violation(field, "required", "is required, for rows are found by it");
        drafts.mistake(input.path(), missing);
      }
    }
    return find(entity, upsert.key(), input);
  }

  private static boolean unreadable(Input input, String field) {
    return input.assignments().get(field) instanceof Assignment.Unreadable;
  }

  private static Value value(Input input, String field) {
    return input.assignments().get(field) instanceof Assignment.To(var value) ? value : Value.NULL;
  }

  private Optional<Row> find(Entity entity, List<String> key, Input input) {
    var values = key.stream().map(field -> value(input, field)).toList();
    if (values.contains(Value.NULL)) {
      return Optional.empty();
    }
    if (!seen.add(values)) {
      var twice = new Violation(key.getFirst(), "twice", "is in this request twice");
      drafts.mistake(input.path(), twice);
    }
    var found = keys.row(work.transaction(), entity, key, values);
    if (found.isPresent() && !work.checks(entity).sees(found.get())) {
      drafts.mayCreate(entity);
      throw problem(new NotUnique(entity.name(), key, input.path()));
    }
    return found;
  }
}
