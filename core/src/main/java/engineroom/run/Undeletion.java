package engineroom.run;

import static engineroom.problem.ProblemException.problem;

import engineroom.authorize.Rights;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.model.Entity;
import engineroom.model.FieldType.OnDelete;
import engineroom.model.FieldType.Reference;
import engineroom.problem.OperationProblem.NotValid;
import engineroom.problem.Problem;
import engineroom.problem.ProblemException;
import engineroom.problem.StoreProblem.NotRestorable;
import engineroom.problem.StoreProblem.NotUnique;
import engineroom.problem.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Brings the rows of one deletion back: all of them or none, under the ids that they had, each one
/// version further. Everything holds of them that holds of rows that are created.
final class Undeletion {
  private final Work work;
  private final KeptRows kept;
  private final Map<KeptRows.Key, Coming> coming = new LinkedHashMap<>();
  private final List<Runnable> links = new ArrayList<>();
  private final Parents parents;

  /// A row on its way in.
  private static final class Coming {
    KeptRow kept;
    boolean begun;
    boolean there;

    Coming(KeptRow kept) {
      this.kept = kept;
    }

    Entity entity() {
      return kept.entity();
    }

    Row row() {
      return kept.row();
    }
  }

  Undeletion(Work work, KeptRows kept) {
    this.work = work;
    this.kept = kept;
    this.parents = new Parents(work);
  }

  /// Gives the row that was deleted as it is now.
  Row restore() {
    add(kept.root());
    kept.others().forEach(this::add);
    refuseUnfit();
    refuseConflicts();
    coming.values().forEach(this::insert);
    links.forEach(Runnable::run);
    coming.values().forEach(c -> parents.touch(c.entity(), c.row(), c.row()));
    work.transaction().trash().takeOut(kept.unit().number());
    return kept.root().row();
  }

  private void add(KeptRow row) {
    var next = Parents.next(row.entity(), row.row(), work.origin());
    var version = Math.max(next.version(), work.lastVersion(row.entity(), row.row().id()) + 1);
    var again = row.with("version", Value.of(version)).with("updatedAt", next.value("updatedAt"));
    coming.put(new KeptRows.Key(row.entity().name(), row.row().id()), new Coming(again));
  }

  /// Refuses values that the model does not take any more.
  private void refuseUnfit() {
    var mistakes = new ArrayList<Violation>();
    for (var row : coming.values()) {
      for (var mistake : row.kept.mistakes()) {
        mistakes.add(told(row, mistake, "has a value that the model does not take any more"));
      }
    }
    Completion.refuse(mistakes);
  }

  /// A mistake at its place; of what the caller may not know of, only that there is one.
  private Violation told(Coming row, Violation mistake, String otherwise) {
    var entity = row.entity();
    if (!isRoot(row) && !rights(entity).read().equals(Expression.TRUE)) {
      return new Violation("", "with", "a row that went with it can't come back");
    }
    var field = mistake.path().replaceAll("[.\\[].*$", "");
    if (!work.rules().names(entity.name()).contains(field)) {
      return new Violation("", mistake.code(), otherwise);
    }
    var place = entity.plural() + "[" + Answers.plain(row.row().id()) + "]";
    return mistake.under(isRoot(row) ? "" : place);
  }

  private boolean isRoot(Coming row) {
    return row.entity() == kept.root().entity() && row.row().id().equals(rootId());
  }

  private Value rootId() {
    return kept.root().row().id();
  }

  private Rights rights(Entity entity) {
    return work.rules().on(entity.name());
  }

  private void refuseConflicts() {
    var conflicts = new ArrayList<Violation>();
    for (var row : coming.values()) {
      if (work.transaction().find(row.entity().name(), row.row().id()).isPresent()) {
        var message = "is the id of another " + row.entity().name() + "; delete that one first";
        conflicts.add(told(row, new Violation("id", "unique", message), message));
      }
      references(row, conflicts);
    }
    if (!conflicts.isEmpty()) {
      throw problem(new NotRestorable(kept.unit().entity(), conflicts));
    }
  }

  /// What a row refers to must be there or come with it. Where the deletion of the row referred to
  /// would have cleared the reference, it comes back without.
  private void references(Coming row, List<Violation> conflicts) {
    for (var field : row.entity().fields().values()) {
      var id = row.row().value(field.name());
      if (!(field.type() instanceof Reference reference)
          || id == Value.NULL
          || there(reference, id)) {
        continue;
      }
      if (!field.required() && !reference.owned() && reference.onDelete() == OnDelete.CLEAR) {
        row.kept = row.kept.with(field.name(), Value.NULL);
      } else {
        var message = "refers to a " + reference.entity() + " that is gone; bring that back first";
        conflicts.add(
            told(
                row,
                new Violation(field.name(), "reference", message),
                "refers to a row that is gone"));
      }
    }
  }

  private boolean there(Reference reference, Value id) {
    return coming.containsKey(new KeptRows.Key(reference.entity(), id))
        || work.transaction().find(reference.entity(), id).isPresent();
  }

  /// Puts a row in after those that it refers to. In a ring of rows, one comes in without its
  /// reference and gets it when all are there.
  private void insert(Coming row) {
    if (row.begun) {
      return;
    }
    row.begun = true;
    var first = row.row();
    for (var field : row.entity().fields().values()) {
      if (field.type() instanceof Reference reference) {
        var other = coming.get(new KeptRows.Key(reference.entity(), row.row().value(field.name())));
        if (other != null) {
          insert(other);
        }
        if (other != null && !other.there) {
          first = first.with(field.name(), Value.NULL);
          links.add(() -> link(row, field.name()));
        }
      }
    }
    put(row, first);
  }

  private void put(Coming row, Row first) {
    var entity = row.entity();
    try {
      work.transaction().insert(entity.name(), first);
    } catch (ProblemException e) {
      throw refused(row, e);
    }
    row.there = true;
    work.count(entity, first.id());
    work.created(entity, first);
    work.atLast(() -> check(row));
  }

  private void link(Coming row, String field) {
    var entity = row.entity().name();
    var before = row.row().with(field, Value.NULL);
    try {
      work.transaction().update(entity, row.row(), Set.of(field));
    } catch (ProblemException e) {
      throw refused(row, e);
    }
    work.completed(row.entity(), before, row.row(), field);
  }

  private RuntimeException refused(Coming row, ProblemException e) {
    return switch (e.problem()) {
      case NotUnique(var entity, var fields, _) -> {
        var message =
            "another %s has this %s; change that one first"
                .formatted(entity, String.join(" and ", fields));
        var known = work.rules().names(entity).containsAll(fields);
        var told =
            fields.stream()
                .limit(known ? fields.size() : 1)
                .map(field -> new Violation(known ? field : "", "unique", message))
                .map(v -> told(row, v, "another " + entity + " has the same as it had"))
                .toList();
        yield problem(new NotRestorable(kept.unit().entity(), told));
      }
      case NotValid(var errors) -> {
        var otherwise = "has a value that the model does not take any more";
        yield problem(new NotValid(errors.stream().map(v -> told(row, v, otherwise)).toList()));
      }
      case Problem _ -> e;
    };
  }

  private void check(Coming row) {
    var checks = work.checks(row.entity());
    var root = isRoot(row);
    var now = work.latest(row.entity(), row.row());
    if (root && !checks.mayCreate(now)) {
      throw problem(work.rules().refusal("bring this " + row.entity().name() + " back"));
    }
    checks.checks(now, now, root ? "" : row.entity().plural());
  }
}
