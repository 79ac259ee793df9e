package engineroom.run;

import static engineroom.problem.ProblemException.problem;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.model.Entity;
import engineroom.model.FieldType.OnDelete;
import engineroom.model.FieldType.Reference;
import engineroom.outcome.TrashUnit;
import engineroom.outcome.TrashUnit.Counts;
import engineroom.outcome.TrashUnit.With;
import engineroom.problem.OperationProblem.TooMuch;
import engineroom.problem.StoreProblem.StillReferred;
import engineroom.store.Transaction;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Deletes rows together and does what the model says to the rows that refer to them: those that
/// are part of one or cascade go too, those that clear lose the reference, and one that restricts
/// stops everything, unless it is going itself.
final class Deletion {
  /// Rows that one deletion may take along.
  static final int ROWS_MAX = 10_000;

  private final Work work;
  private final Transaction transaction;
  private final Map<Key, Going> going = new LinkedHashMap<>();

  /// A row by its entity and id.
  private record Key(String entity, Value id) {}

  /// A row on its way out.
  private static final class Going {
    final Entity entity;
    final Row row;
    final @Nullable Going unit;

    /// The row as it goes to the trash.
    Row kept;

    final Map<String, Integer> cleared = new LinkedHashMap<>();
    Leaving leaving = Leaving.NOT_YET;

    /// @param by the row that takes this one along; null for one that was chosen
    Going(Entity entity, Row row, @Nullable Going by) {
      this.entity = entity;
      this.row = row;
      this.kept = row;
      this.unit =
          by != null && by.unit != null ? by.unit : entity.life().trash() == null ? null : this;
    }
  }

  /// How far a row has got.
  private enum Leaving {
    NOT_YET,
    /// What refers to it is being dealt with.
    BEGUN,
    GONE
  }

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

    boolean restricts() {
      return !takesAlong() && !clears();
    }
  }

  /// Deletes rows of an entity, and what their deletion takes along.
  void delete(Entity entity, List<Row> chosen) {
    gather(entity, chosen);
    for (var going : List.copyOf(going.values())) {
      remove(going);
    }
    keep();
  }

  /// Puts what can come back into the trash, as it was before any of it went.
  private void keep() {
    for (var unit : going.values()) {
      var kept = unit.entity.life().trash();
      if (unit.unit == unit && kept != null) {
        keep(unit, work.origin().time().plus(kept));
      }
    }
  }

  private void keep(Going unit, Instant until) {
    var others = new ArrayList<With>();
    var with = new LinkedHashMap<String, Integer>();
    for (var other : going.values()) {
      if (other.unit == unit && other != unit) {
        others.add(new With(other.entity.name(), other.kept));
        with.merge(other.entity.name(), 1, Integer::sum);
      }
    }
    var counts = new Counts(with, unit.cleared);
    var name = unit.entity.name();
    transaction
        .trash()
        .keep(new TrashUnit(0, name, unit.kept, counts, work.origin(), until), others);
  }

  /// Finds every row that is to go, before any of them does.
  private void gather(Entity entity, List<Row> chosen) {
    var waiting = new ArrayDeque<Going>();
    for (var row : chosen) {
      going(new Going(entity, row, null), waiting);
    }
    while (!waiting.isEmpty()) {
      var next = waiting.remove();
      links(next.entity).stream()
          .filter(Link::takesAlong)
          .forEach(link -> takeAlong(link, next, waiting));
      if (going.size() - chosen.size() > ROWS_MAX) {
        throw problem(
            new TooMuch(
                "cascade",
                "Deleting this would take more than " + ROWS_MAX + " other rows along."));
      }
    }
  }

  private void takeAlong(Link link, Going next, ArrayDeque<Going> waiting) {
    for (var row : referring(link, next.row.id())) {
      if (!link.reference().owned()) {
        work.lasting().owners(link.entity(), row);
      }
      going(new Going(link.entity(), row, next), waiting);
    }
  }

  private void going(Going next, ArrayDeque<Going> waiting) {
    if (going.putIfAbsent(new Key(next.entity.name(), next.row.id()), next) == null) {
      work.lasting().delete(next.entity, next.row);
      waiting.add(next);
    }
  }

  /// Deletes a row after those that refer to it.
  private void remove(Going leaving) {
    if (leaving.leaving != Leaving.NOT_YET) {
      return;
    }
    leaving.leaving = Leaving.BEGUN;
    var id = leaving.row.id();
    var links = links(leaving.entity);
    links.stream().filter(Link::takesAlong).forEach(link -> letGo(link, leaving));
    links.stream().filter(Link::clears).forEach(link -> letGo(link, leaving));
    links.stream().filter(Link::restricts).forEach(link -> letGo(link, leaving));
    var name = leaving.entity.name();
    var last = transaction.find(name, id).orElseThrow();
    transaction.delete(name, id);
    work.deleted(leaving.entity, last);
    leaving.leaving = Leaving.GONE;
  }

  /// Deals with the rows that refer to one that is about to go.
  private void letGo(Link link, Going leaving) {
    var id = leaving.row.id();
    for (var row : referring(link, id)) {
      var also = going.get(new Key(link.entity().name(), row.id()));
      if (also == null) {
        stays(link, row, leaving);
      } else if (also.leaving == Leaving.NOT_YET) {
        remove(also);
      } else if (!row.id().equals(id) || !isOf(link)) {
        ring(link, row, also, leaving);
      }
    }
  }

  private static boolean isOf(Link link) {
    return link.entity().name().equals(link.reference().entity());
  }

  private void stays(Link link, Row row, Going leaving) {
    if (!link.clears()) {
      throw refused(link);
    }
    unlink(link, row);
    if (leaving.unit != null) {
      leaving.unit.cleared.merge(link.entity().name(), 1, Integer::sum);
    }
  }

  /// A row that waits for this one, in a ring of rows that refer to each other, lets go first. If
  /// the two come back one by one, it comes back without the reference.
  private void ring(Link link, Row row, Going waiting, Going leaving) {
    if (link.entity().field(link.field()).required()) {
      throw refused(link);
    }
    unlink(link, row);
    if (waiting.unit != leaving.unit) {
      waiting.kept = waiting.kept.with(link.field(), Value.NULL);
    }
  }

  private static RuntimeException refused(Link link) {
    return problem(new StillReferred(link.reference().entity(), link.entity().name()));
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

  private List<Row> referring(Link link, Value id) {
    var entity = link.entity().name();
    return transaction.referring(entity, link.field(), id).stream()
        .flatMap(other -> transaction.find(entity, other).stream())
        .toList();
  }

  private void unlink(Link link, Row row) {
    work.lasting().change(link.entity(), row, Set.of(link.field()));
    work.lasting().owners(link.entity(), row);
    var after = Parents.next(link.entity(), row.with(link.field(), Value.NULL), work.origin());
    var fields = new LinkedHashSet<>(Parents.counting(link.entity()));
    fields.add(link.field());
    transaction.update(link.entity().name(), after, fields);
    work.count(link.entity(), row.id());
    work.changed(link.entity(), row, work.kept(link.entity(), after));
  }
}
