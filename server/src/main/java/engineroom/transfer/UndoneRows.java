package engineroom.transfer;

import static engineroom.problem.ProblemException.problem;

import engineroom.Runner.Session;
import engineroom.data.JsonText;
import engineroom.data.Value;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.Model;
import engineroom.operation.Call;
import engineroom.operation.Input;
import engineroom.operation.Input.Assignment;
import engineroom.operation.Operation;
import engineroom.operation.Selection;
import engineroom.outcome.Change;
import engineroom.outcome.Outcome;
import engineroom.problem.ProblemException;
import engineroom.problem.StoreProblem.ChangedSince;
import engineroom.problem.StoreProblem.StillReferred;
import engineroom.problem.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rows of an import on their way back, the last change first.
final class UndoneRows {
  private static final int NAMED_MAX = 20;

  /// What changes of a row that only a row below it was written for.
  private static final Set<String> TOUCHED = Set.of("version", "updatedAt");

  private final Model model;
  private final Session session;
  private final Imported imported;
  private final Call call;
  private final Map<Key, Long> versions = new HashMap<>();
  private final List<Violation> conflicts = new ArrayList<>();

  private record Key(String entity, Value id) {}

  UndoneRows(Model model, Session session, Imported imported, Call call) {
    this.model = model;
    this.session = session;
    this.imported = imported;
    this.call = call;
  }

  /// Undoes one change of the import.
  void undo(Change change) {
    var version = expected(change);
    switch (change.kind()) {
      case CREATED -> delete(change, version);
      case CHANGED -> {
        if (!touch(change)) {
          restore(change, version);
        }
      }
      case DELETED -> conflict(change.entity(), change.id(), "was deleted");
    }
  }

  /// The version that the row has where nobody else has changed it.
  private @Nullable Long expected(Change change) {
    var known = versions.get(new Key(change.entity(), change.id()));
    if (known != null) {
      return known;
    }
    if (change.version() instanceof Value.Integer(var number)) {
      versions.put(new Key(change.entity(), change.id()), number);
      return number;
    }
    return null;
  }

  private void delete(Change change, @Nullable Long version) {
    var outcome = run(change, new Operation.Delete(change.entity(), change.id(), version));
    if (outcome instanceof Outcome.Deleted(var changes)) {
      versions.remove(new Key(change.entity(), change.id()));
      changes.forEach(also -> takenAlong(change, also));
    }
  }

  /// What a deletion does to rows that the import did not bring is not its undoing.
  private void takenAlong(Change deleted, Change also) {
    var same = also.entity().equals(deleted.entity()) && also.id().equals(deleted.id());
    if (!same && !(also.kind() == Change.Kind.CHANGED && touch(also))) {
      conflict(
          deleted.entity(),
          deleted.id(),
          "is referred to by " + also.entity() + " " + plain(also.id()));
    }
    note(also);
  }

  private boolean touch(Change change) {
    return change.before().keySet().stream().allMatch(field -> follows(change.entity(), field));
  }

  /// Whether a field's value follows from what is done to others, and is put back with these.
  private boolean follows(String entity, String field) {
    return TOUCHED.contains(field)
        || model.entity(entity).findField(field).filter(Field::computed).isPresent();
  }

  /// Remembers the version that our own undoing has given a row.
  private void note(Change change) {
    var key = new Key(change.entity(), change.id());
    if (change.version() instanceof Value.Integer(var number) && versions.containsKey(key)) {
      versions.put(key, number);
    }
  }

  private void restore(Change change, @Nullable Long version) {
    var entity = model.entity(change.entity());
    var assignments = new LinkedHashMap<String, Assignment>();
    change
        .before()
        .forEach(
            (field, value) -> {
              if (!follows(change.entity(), field)) {
                assignments.put(field, former(entity, field, value));
              }
            });
    var operation =
        new Operation.Change(
            change.entity(), change.id(), new Input(assignments), version, Selection.NOTHING);
    if (run(change, operation) instanceof Outcome.Written(_, var changes)) {
      changes.forEach(this::note);
    }
  }

  private static Assignment former(Entity entity, String field, Value value) {
    boolean secret = entity.findField(field).filter(f -> f.secret()).isPresent();
    return secret && value != Value.NULL ? new Assignment.Hashed(value) : new Assignment.To(value);
  }

  private @Nullable Outcome run(Change change, Operation operation) {
    try {
      return switch (session.run(operation, call)) {
        case Outcome.Missing _ -> {
          conflict(change.entity(), change.id(), "is not there any more");
          yield null;
        }
        case Outcome.Conflict _ -> {
          conflict(change.entity(), change.id(), "was changed since");
          yield null;
        }
        case Outcome done -> done;
      };
    } catch (ProblemException e) {
      if (e.problem() instanceof StillReferred referred) {
        conflict(change.entity(), change.id(), "is referred to by " + referred.one());
        return null;
      }
      throw e;
    }
  }

  private void conflict(String entity, Value id, String why) {
    conflicts.add(new Violation(entity + " " + plain(id), "changed-since", why));
    if (conflicts.size() == NAMED_MAX) {
      refuse();
    }
  }

  /// Refuses the whole where a row could not be put back.
  void refuse() {
    if (!conflicts.isEmpty()) {
      throw problem(new ChangedSince("The import of " + imported.file(), conflicts));
    }
  }

  private static String plain(Value id) {
    return id instanceof Value.Text(var text) ? text : JsonText.of(id).replace("\"", "");
  }
}
