package engineroom.run;

import static engineroom.problem.ProblemException.problem;

import engineroom.data.IdParts;
import engineroom.data.Row;
import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.model.Entity;
import engineroom.problem.OperationProblem.NotValid;
import engineroom.problem.Problem;
import engineroom.problem.ProblemException;
import engineroom.problem.StoreProblem.NotUnique;
import engineroom.problem.Violation;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;

/// Writes drafts, each with what becomes of its lists. Rules and checks see the rows when all are
/// written, so an order may be checked for having lines that come with it.
final class RowWriter {
  private final Work work;
  private final Parents parents;

  RowWriter(Work work) {
    this.work = work;
    this.parents = new Parents(work);
  }

  /// Creates a row.
  Row insert(Draft.New draft) {
    var entity = draft.entity();
    var given = continued(draft, new Row(identified(draft).values()));
    var numbered = work.numbers().created(work.transaction(), entity, given, draft.path());
    var made = work.filled(entity, numbered);
    var written = new HashSet<>(draft.given());
    written.retainAll(entity.fields().keySet());
    var checks = work.checks(entity);
    checks.references(made, written, draft.path());
    checks.foretell(made, made);
    located(checks, draft.path(), () -> work.transaction().insert(entity.name(), made));
    var row = work.kept(entity, made);
    work.count(entity, row.id());
    work.atLast(
        () -> {
          var now = work.latest(entity, row);
          if (!checks.mayCreate(now)) {
            throw problem(work.rules().refusal("create this " + entity.name()));
          }
          checks.checks(now, now, draft.path());
          checks.fieldRules(now, now, written, draft.path());
        });
    work.created(entity, row);
    parents.touch(entity, row, row);
    draft.lists().forEach(list -> write(list, row.id()));
    return row;
  }

  /// Says of what the store refuses where it stands in what was sent, and of a reference that was
  /// left to it what is said of others.
  private static void located(RowChecks checks, String path, Runnable write) {
    try {
      write.run();
    } catch (ProblemException e) {
      throw switch (e.problem()) {
        case NotUnique(var entity, var fields, _) -> problem(new NotUnique(entity, fields, path));
        case NotValid(var errors) ->
            problem(
                new NotValid(
                    errors.stream().map(checks::told).map(error -> error.under(path)).toList()));
        case Problem _ -> e;
      };
    }
  }

  private Draft.New identified(Draft.New draft) {
    var entity = draft.entity();
    if (!entity.idParts().isEmpty()) {
      return composed(draft);
    }
    if (draft.values().get("id") != Value.NULL) {
      return draft;
    }
    if (entity.field("id").type().type() == Type.Scalar.INTEGER) {
      return draft.with("id", Value.of(work.transaction().nextId(entity.name())));
    }
    var missing = new Violation("id", "required", "is required");
    throw problem(new NotValid(List.of(missing.under(draft.path()))));
  }

  /// With the id that its values make.
  private static Draft.New composed(Draft.New draft) {
    var parts = draft.entity().idParts();
    var id =
        IdParts.join(
            parts.stream().map(part -> draft.values().getOrDefault(part, Value.NULL)).toList());
    var given = draft.values().getOrDefault("id", Value.NULL);
    if (id == Value.NULL || (given != Value.NULL && !given.equals(id))) {
      var message = "is made of " + String.join(" and ", parts) + "; leave it out";
      var wrong = new Violation("id", "composed", message);
      throw problem(new NotValid(List.of(wrong.under(draft.path()))));
    }
    return draft.with("id", id);
  }

  /// A row whose id another had before goes on counting where that one ended.
  private Row continued(Draft.New draft, Row row) {
    if (!draft.given().contains("id")) {
      return row;
    }
    var last = work.lastVersion(draft.entity(), row.id());
    return last == 0 ? row : row.with("version", Value.of(last + 1));
  }

  /// Changes a row; gives it as it is then.
  Row change(Draft.Changed draft) {
    var row = changed(draft);
    draft.lists().forEach(list -> write(list, row.id()));
    return row;
  }

  private Row changed(Draft.Changed draft) {
    var entity = draft.entity();
    var current = draft.current();
    var changed = new LinkedHashSet<String>();
    draft
        .values()
        .forEach(
            (field, value) -> {
              if (!value.equals(current.value(field))) {
                changed.add(field);
              }
            });
    if (changed.isEmpty()) {
      return current;
    }
    work.lasting().change(entity, current, changed);
    var next = Parents.next(entity, new Row(draft.values()), work.origin());
    var made = work.numbers().changed(work.transaction(), entity, next, current, draft.path());
    var checks = work.checks(entity);
    checks.references(made, changed, draft.path());
    checks.foretell(made, current);
    var fields = new LinkedHashSet<>(changed);
    fields.addAll(Parents.counting(entity));
    work.numbers().fields(entity).stream()
        .filter(field -> !made.value(field).equals(current.value(field)))
        .forEach(fields::add);
    located(checks, draft.path(), () -> work.transaction().update(entity.name(), made, fields));
    var row = work.kept(entity, made);
    work.count(entity, row.id());
    work.atLast(
        () -> {
          var now = work.latest(entity, row);
          if (!checks.mayUpdate(now, current)) {
            throw problem(work.rules().refusal("change this " + entity.name() + " in this way"));
          }
          checks.checks(now, current, draft.path());
          checks.fieldRules(now, current, changed, draft.path());
        });
    work.changed(entity, current, row);
    parents.touch(entity, row, current);
    return row;
  }

  /// Deletes rows of an entity together, and what their deletion takes along.
  void delete(Entity entity, List<Row> rows) {
    if (rows.isEmpty()) {
      return;
    }
    Lasting.refuseAppended(entity);
    var checks = work.checks(entity);
    for (var row : rows) {
      if (!checks.mayDelete(row)) {
        throw problem(work.rules().refusal("delete this " + entity.name()));
      }
    }
    new Deletion(work).delete(entity, rows);
    rows.forEach(row -> parents.touch(entity, row, row));
  }

  private void write(Draft.InList list, Value owner) {
    delete(list.entity(), list.delete());
    list.unlink().forEach(draft -> change(draft.with(list.field(), Value.NULL)));
    list.link().forEach(draft -> change(draft.with(list.field(), owner)));
    list.change().forEach(this::change);
    list.create().forEach(draft -> insert(draft.with(list.field(), owner)));
  }
}
