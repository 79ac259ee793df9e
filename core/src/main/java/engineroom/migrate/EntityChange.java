package engineroom.migrate;

import engineroom.migrate.Layout.EntityLayout;
import engineroom.migrate.Layout.FieldLayout;
import engineroom.model.Entity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One entity of the model and what was recorded of it.
///
/// @param before null where it is new
/// @param fields in the model's order
/// @param dropped recorded fields that the model has no more
/// @param steps that lead from one to the other
public record EntityChange(
    @Nullable EntityLayout before,
    Entity after,
    List<FieldChange> fields,
    List<FieldLayout> dropped,
    List<Step> steps) {
  public EntityChange {
    fields = List.copyOf(fields);
    dropped = List.copyOf(dropped);
    steps = List.copyOf(steps);
  }

  /// The same with more steps at the end.
  EntityChange and(List<Step> more) {
    var all = new ArrayList<>(steps);
    all.addAll(more);
    return new EntityChange(before, after, fields, dropped, all);
  }

  /// The entity's name.
  public String name() {
    return after.name();
  }

  /// Whether it has another name now.
  public boolean renamed() {
    return before != null && !before.name().equals(after.name());
  }

  /// Whether present rows may get other values than they have.
  public boolean rewrites() {
    return fields.stream().anyMatch(FieldChange::rewrites);
  }

  /// Whether rows must be looked at before anything changes.
  public boolean examined() {
    return before != null && fields.stream().anyMatch(FieldChange::examined);
  }

  /// The checks that are new or have changed and can be held against the rows that are there.
  public List<Entity.Check> newChecks() {
    return after.keys().checks().stream()
        .filter(check -> steps.contains(new Step.AddCheck(name(), check.name())))
        .filter(check -> before != null && RowSight.decidable(check.condition()))
        .toList();
  }
}
