package engineroom.run;

import static engineroom.problem.ProblemException.problem;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.model.Entity;
import engineroom.model.FieldType.OnDelete;
import engineroom.model.FieldType.Reference;
import engineroom.problem.OperationProblem.TooMuch;
import engineroom.problem.StoreProblem.StillReferred;
import engineroom.store.Transaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Deletes a row and does what the model says to the rows that refer to it: those that are part of
/// it or cascade go too, those that clear lose the reference, and one that restricts stops
/// everything.
final class Deletion {
  /// Rows that one deletion may take along.
  static final int ROWS_MAX = 10_000;

  private final Work work;
  private final Transaction transaction;
  private final Set<Key> going = new HashSet<>();

  /// A row on its way out.
  private record Key(String entity, Value id) {}

  Deletion(Work work) {
    this.work = work;
    this.transaction = work.transaction();
  }

  /// A reference to the deleted row's entity, and where it is.
  private record Link(Entity entity, String field, Reference reference) {
    boolean takesAlong() {
      return reference.owned() || reference.onDelete() == OnDelete.CASCADE;
    }

    boolean clears() {
      return !takesAlong() && reference.onDelete() == OnDelete.CLEAR;
    }
  }

  void delete(Entity entity, Row row) {
    going.add(new Key(entity.name(), row.id()));
    if (going.size() > ROWS_MAX) {
      throw problem(
          new TooMuch(
              "cascade", "Deleting this row would take more than " + ROWS_MAX + " others along."));
    }
    var links = links(entity);
    links.stream().filter(Link::takesAlong).forEach(link -> takeAlong(link, row.id()));
    links.stream().filter(Link::clears).forEach(link -> clear(link, row.id()));
    for (var link : links) {
      if (!transaction.referring(link.entity().name(), link.field(), row.id()).isEmpty()) {
        throw problem(new StillReferred(entity.name(), link.entity().name()));
      }
    }
    transaction.delete(entity.name(), row.id());
    work.deleted(entity, row);
  }

  private List<Link> links(Entity entity) {
    var links = new ArrayList<Link>();
    for (var other : work.model().entities().values()) {
      for (var field : other.fields().values()) {
        if (field.type() instanceof Reference reference
            && reference.entity().equals(entity.name())) {
          links.add(new Link(other, field.name(), reference));
        }
      }
    }
    return links;
  }

  private void takeAlong(Link link, Value id) {
    for (var child : transaction.referring(link.entity().name(), link.field(), id)) {
      transaction.find(link.entity().name(), child).ifPresent(row -> takeAlong(link, row));
    }
  }

  /// A row that is going already, in a ring of rows that take each other along, lets go first.
  private void takeAlong(Link link, Row row) {
    if (going.contains(new Key(link.entity().name(), row.id()))) {
      unlink(link, row);
    } else {
      delete(link.entity(), row);
    }
  }

  private void clear(Link link, Value id) {
    for (var child : transaction.referring(link.entity().name(), link.field(), id)) {
      transaction.find(link.entity().name(), child).ifPresent(row -> unlink(link, row));
    }
  }

  private void unlink(Link link, Row row) {
    var after = Parents.next(row.with(link.field(), Value.NULL), work.origin());
    transaction.update(link.entity().name(), after, Set.of(link.field(), "version", "updatedAt"));
    work.changed(link.entity(), row, after);
  }
}
