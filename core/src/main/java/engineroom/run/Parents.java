package engineroom.run;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.model.Entity;
import engineroom.model.FieldType;
import engineroom.model.Model;
import engineroom.outcome.Change;
import engineroom.store.Transaction;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rows that own others: a change of what they own is a change of them, and counts up their
/// version.
final class Parents {
  private static final Set<String> TOUCHED = Set.of("version", "updatedAt");

  private final Model model;
  private final Transaction transaction;
  private final Change.Origin origin;
  private final List<Change> changes;

  Parents(Model model, Transaction transaction, Change.Origin origin, List<Change> changes) {
    this.model = model;
    this.transaction = transaction;
    this.origin = origin;
    this.changes = changes;
  }

  /// Counts up the owners of a row, as it is and as it was, and their owners in turn.
  void touch(Entity entity, Row row, Row old) {
    for (var field : entity.fields().values()) {
      if (field.type() instanceof FieldType.Reference(var owner, _, _, var owned) && owned) {
        var ids = new LinkedHashSet<Value>();
        ids.add(old.value(field.name()));
        ids.add(row.value(field.name()));
        ids.forEach(id -> touch(model.entity(owner), id));
      }
    }
  }

  private void touch(Entity owner, Value id) {
    if (id == Value.NULL) {
      return;
    }
    var found = transaction.find(owner.name(), id);
    if (found.isEmpty()) {
      return;
    }
    var before = found.get();
    var after = next(before, origin);
    transaction.update(owner.name(), after, TOUCHED);
    log(owner, Answers.changed(owner.name(), before, after, origin));
    touch(owner, after, after);
  }

  /// Adds a change to the log, where the entity keeps one, and to the outcome.
  void log(Entity entity, Change change) {
    changes.add(entity.notes().changes() ? transaction.log(change) : change);
  }

  /// The row one version further.
  static Row next(Row row, Change.Origin origin) {
    return row.with("version", Value.of(row.version() + 1))
        .with("updatedAt", new Value.Timestamp(origin.time()));
  }

  /// The first version of a row.
  static Map<String, Value> first(Change.Origin origin) {
    var time = new Value.Timestamp(origin.time());
    return Map.of("version", Value.of(1), "createdAt", time, "updatedAt", time);
  }
}
