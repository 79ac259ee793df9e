package engineroom.run;

import static engineroom.problem.ProblemException.problem;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.model.Entity;
import engineroom.model.FieldType;
import engineroom.problem.OperationProblem.AppendOnly;
import engineroom.problem.OperationProblem.Frozen;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Refuses what would change rows that stay as they are: those that are added only, frozen ones and
/// what is part of them, and those with a number that must not be missing. Nobody is let through.
final class Lasting {
  private final Work work;
  private final Set<Key> opened = new HashSet<>();

  /// A frozen row of which something was changed that is left open.
  private record Key(String entity, Value id) {}

  Lasting(Work work) {
    this.work = work;
  }

  /// Refuses any change of rows that are added only.
  static void refuseAppended(Entity entity) {
    if (entity.life().appendOnly()) {
      throw problem(new AppendOnly(entity.name()));
    }
  }

  /// Refuses a change of these fields.
  void change(Entity entity, Row current, Collection<String> fields) {
    refuseAppended(entity);
    var freeze = entity.life().freeze();
    if (freeze == null || !frozen(entity, current)) {
      return;
    }
    if (!freeze.except().containsAll(fields)) {
      throw refused(entity);
    }
    opened.add(new Key(entity.name(), current.id()));
  }

  /// Refuses to delete a row.
  void delete(Entity entity, Row row) {
    refuseAppended(entity);
    if (frozen(entity, row)) {
      throw refused(entity);
    }
    work.numbers().deleted(entity, row);
  }

  /// Refuses to change what is part of a row.
  ///
  /// @param owner as it was before
  void part(Entity entity, Row owner) {
    if (frozen(entity, owner)) {
      throw refused(entity);
    }
  }

  /// Refuses to change what is part of a frozen row of which this operation changed what is open.
  void partOfChanged(Entity entity, Value owner) {
    if (opened.contains(new Key(entity.name(), owner))) {
      throw refused(entity);
    }
  }

  /// Refuses to take along what is part of a frozen row, at any height.
  void owners(Entity entity, Row row) {
    for (var field : entity.fields().values()) {
      if (field.type() instanceof FieldType.Reference(var target, _, _, var owned) && owned) {
        var owner = work.model().entity(target);
        work.transaction()
            .find(target, row.value(field.name()))
            .ifPresent(
                found -> {
                  part(owner, found);
                  owners(owner, found);
                });
      }
    }
  }

  private static boolean frozen(Entity entity, Row row) {
    var freeze = entity.life().freeze();
    return freeze != null && RowConditions.holds(freeze.when(), row, row);
  }

  private RuntimeException refused(Entity entity) {
    var freeze = entity.life().freeze();
    var writable = work.rules().on(entity.name()).fieldWrite();
    var open =
        freeze == null
            ? List.<String>of()
            : freeze.except().stream().filter(writable::containsKey).toList();
    return problem(new Frozen(entity.name(), open));
  }
}
