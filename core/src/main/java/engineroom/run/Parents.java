package engineroom.run;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.model.Entity;
import engineroom.model.FieldType;
import engineroom.outcome.Change;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rows that own others: a change of what they own is a change of them, and counts up their
/// version, once for each operation.
final class Parents {
  private static final Set<String> COUNTING = Set.of("version", "updatedAt");

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
    var after = next(owner, before, work.origin());
    work.transaction().update(owner.name(), after, counting(owner));
    work.count(owner, id);
    work.changed(owner, before, after);
    touch(owner, after, after);
  }

  /// The row one version further. In somebody else's table a version is worked out from the values.
  static Row next(Entity entity, Row row, Change.Origin origin) {
    var next = row;
    for (var name : counting(entity)) {
      next =
          name.equals("version")
              ? next.with(name, Value.of(row.version() + 1))
              : next.with(name, new Value.Timestamp(origin.time()));
    }
    return next;
  }

  /// The fields that change with every version.
  static Set<String> counting(Entity entity) {
    return entity.adopted() == null ? COUNTING : existing(entity, List.of("updatedAt"));
  }

  private static Set<String> existing(Entity entity, List<String> names) {
    var existing = new LinkedHashSet<>(names);
    existing.retainAll(entity.fields().keySet());
    return existing;
  }

  /// The first version of a row.
  static Map<String, Value> first(Entity entity, Change.Origin origin) {
    var time = new Value.Timestamp(origin.time());
    if (entity.adopted() == null) {
      return Map.of("version", Value.of(1), "createdAt", time, "updatedAt", time);
    }
    var values = new LinkedHashMap<String, Value>();
    existing(entity, List.of("createdAt", "updatedAt")).forEach(name -> values.put(name, time));
    return values;
  }
}
