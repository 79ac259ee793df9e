package engineroom.run;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.model.Entity;
import engineroom.model.FieldType;
import engineroom.outcome.Change;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// The rows that own others: a change of what they own is a change of them, and counts up their
/// version, once for each operation.
final class Parents {
  private static final Set<String> TOUCHED = Set.of("version", "updatedAt");

  private final Work work;

  Parents(Work work) {
    this.work = work;
  }

  /// Counts up the owners of a row, as it is and as it was, and their owners in turn.
  void touch(Entity entity, Row row, Row old) {
    for (var field : entity.fields().values()) {
      if (field.type() instanceof FieldType.Reference(var owner, _, _, var owned) && owned) {
        var ids = new LinkedHashSet<Value>();
        ids.add(old.value(field.name()));
        ids.add(row.value(field.name()));
        ids.forEach(id -> touch(work.model().entity(owner), id));
      }
    }
  }

  private void touch(Entity owner, Value id) {
    if (id == Value.NULL || owner.life().appendOnly()) {
      return; // what is part of a row that never changes is added to it
    }
    if (work.counted(owner, id)) {
      work.lasting().partOfChanged(owner, id);
      return;
    }
    var found = work.transaction().find(owner.name(), id);
    if (found.isEmpty()) {
      return;
    }
    var before = found.get();
    work.lasting().part(owner, before);
    var after = next(before, work.origin());
    work.transaction().update(owner.name(), after, TOUCHED);
    work.count(owner, id);
    work.changed(owner, before, after);
    touch(owner, after, after);
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
