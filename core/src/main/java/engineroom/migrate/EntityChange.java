package engineroom.migrate;

import engineroom.migrate.Layout.EntityLayout;
import engineroom.migrate.Layout.FieldLayout;
import engineroom.model.Entity;
import engineroom.model.NumberField;
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
    return fields.stream().anyMatch(FieldChange::rewrites) || !counted().isEmpty();
  }

  /// The fields by which the rows that are there have to be numbered or counted anew.
  public List<NumberField> counted() {
    return before == null
        ? List.of()
        : NumberField.of(after).stream().filter(this::countedAnew).toList();
  }

  private boolean countedAnew(NumberField number) {
    var change = change(number.name());
    var old = change.before();
    if (old == null || old.per() == null || (!old.required() && change.after().required())) {
      return true;
    }
    var per = number.sequence().per().stream().map(this::change).toList();
    return !per.stream().map(EntityChange::former).toList().equals(old.per())
        || per.stream().anyMatch(FieldChange::rewrites);
  }

  private FieldChange change(String field) {
    return fields.stream().filter(f -> f.name().equals(field)).findFirst().orElseThrow();
  }

  private static String former(FieldChange field) {
    var old = field.before();
    return old == null ? "" : old.name();
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
