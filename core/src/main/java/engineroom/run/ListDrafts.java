package engineroom.run;

import static engineroom.problem.ProblemException.problem;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.model.Entity;
import engineroom.operation.Input;
import engineroom.operation.Input.Nested;
import engineroom.operation.Input.Target;
import engineroom.problem.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Drafts what becomes of the rows in one list of a row.
final class ListDrafts {
  private final Drafts drafts;
  private final Work work;
  private final Entity entity;
  private final Entity.InverseList list;
  private final @Nullable Row owner;
  private final Set<Value> named = new HashSet<>();

  /// @param owner the row that has the list; null for a new one, whose list is empty
  ListDrafts(Drafts drafts, Work work, Entity.InverseList list, @Nullable Row owner) {
    this.drafts = drafts;
    this.work = work;
    this.list = list;
    this.owner = owner;
    this.entity = work.model().entity(list.entity());
  }

  Draft.InList draft(Nested nested) {
    var delete = each(nested.delete(), this::deleted);
    var unlink = each(nested.unlink(), this::unlinked);
    var link = each(nested.link(), this::linked);
    var change = new ArrayList<Draft.Changed>();
    for (var update : nested.update()) {
      var target = new Target(update.input().path() + ".id", update.id());
      if (once(target)) {
        member(target).ifPresent(row -> change.add(drafts.change(entity, update.input(), row)));
      }
    }
    var create = new ArrayList<Draft.New>();
    for (var input : nested.create()) {
      if (writable(input.path())) {
        create.add(drafts.create(entity, input, Set.of(list.field())));
      }
    }
    return new Draft.InList(entity, list.field(), delete, unlink, link, change, create);
  }

  /// Judges what is asked of the lists of rows, where there is no row.
  void judge(Nested nested) {
    var rights = work.rules().on(entity.name());
    if (!nested.delete().isEmpty()) {
      Lasting.refuseAppended(entity);
      require(rights.delete(), "delete ");
    }
    if (!nested.update().isEmpty() || !nested.link().isEmpty() || !nested.unlink().isEmpty()) {
      Lasting.refuseAppended(entity);
      require(rights.update(), "change ");
    }
    Stream.concat(nested.unlink().stream(), nested.link().stream())
        .forEach(target -> writable(target.path()));
    nested.update().forEach(update -> drafts.judge(entity, update.input()));
    for (var input : nested.create()) {
      if (writable(input.path())) {
        drafts.create(entity, input, Set.of(list.field()));
      }
    }
  }

  private void require(Expression right, String what) {
    if (right.equals(Expression.FALSE)) {
      throw problem(work.rules().refusal(what + entity.plural()));
    }
  }

  private <T> List<T> each(List<Target> targets, Function<Target, Optional<T>> draft) {
    return targets.stream()
        .filter(this::once)
        .flatMap(target -> draft.apply(target).stream())
        .toList();
  }

  private boolean once(Target target) {
    var first = named.add(target.id());
    if (!first) {
      refuse(target.path(), "twice", "is named twice in this list");
    }
    return first;
  }

  /// Whether the caller may decide what rows of the list refer to.
  private boolean writable(String path) {
    var may = work.rules().on(entity.name()).fieldWrite().containsKey(list.field());
    if (!may) {
      refuse(path, "read-only", "can't be put into this list or taken out of it");
    }
    return may;
  }

  private void refuse(String path, String code, String message) {
    drafts.mistake(path, new Violation("", code, message));
  }

  private Optional<Row> seen(Target target) {
    return work.transaction().find(entity.name(), target.id()).filter(work.checks(entity)::sees);
  }

  private Optional<Row> member(Target target) {
    var row = seen(target).filter(found -> owner != null && inList(found, owner));
    if (row.isEmpty()) {
      refuse(
          target.path(),
          "reference",
          owner == null
              ? "can't be in the list of a new row; use create or link"
              : "is no " + entity.name() + " of this list that you can see");
    }
    return row;
  }

  private Optional<Row> deleted(Target target) {
    var row = member(target);
    row.ifPresent(found -> drafts.take(entity, found, target.path()));
    return row;
  }

  private boolean inList(Row row, Row owner) {
    return row.value(list.field()).equals(owner.id());
  }

  private Optional<Draft.Changed> unlinked(Target target) {
    if (list.owned()) {
      refuse(target.path(), "owned", "is part of its owner; use delete");
      return Optional.empty();
    }
    if (entity.field(list.field()).required()) {
      refuse(
          target.path(),
          "required",
          "must be in a list, for its "
              + list.field()
              + " is required; delete it, or link it"
              + " elsewhere");
      return Optional.empty();
    }
    return member(target).filter(_ -> writable(target.path())).map(row -> moved(target, row));
  }

  private Optional<Draft.Changed> linked(Target target) {
    var row = seen(target);
    if (row.isEmpty()) {
      refuse(target.path(), "reference", "is no " + entity.name() + " that you can see");
    }
    return row.filter(_ -> writable(target.path())).map(found -> moved(target, found));
  }

  private Draft.Changed moved(Target target, Row row) {
    return drafts.change(entity, new Input(target.path(), Map.of(), Map.of()), row);
  }
}
