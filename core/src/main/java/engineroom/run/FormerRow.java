package engineroom.run;

import engineroom.authorize.RowRules;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Compare;
import engineroom.expression.Expression.Comparison;
import engineroom.expression.Expression.Literal;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.History;
import engineroom.operation.Input;
import engineroom.operation.Input.Assignment;
import engineroom.store.Transaction;
import engineroom.store.Versions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// A version of a row that a caller may see, and what it takes to make the row so again: the fields
/// that the caller may read in that version and write today. What they can't read stays out of it,
/// or it could be brought to where they can.
final class FormerRow {
  private final Entity entity;
  private final RowRules rules;
  private final Transaction transaction;
  private final Row row;

  private FormerRow(Work work, Entity entity, Row row) {
    this.entity = entity;
    this.rules = work.rules();
    this.transaction = work.transaction();
    this.row = row;
  }

  /// The version with a number, where the caller may see it.
  static Optional<FormerRow> find(Work work, Entity entity, Value id, long version) {
    return new Versions(work.transaction(), entity)
        .find(id, version)
        .map(kept -> new FormerRow(work, entity, kept.with("id", kept.value(History.ROW))))
        .filter(former -> former.holds(former.rules.on(entity.name()).read()));
  }

  /// Whether this version tells that the row was deleted.
  boolean isDeletion() {
    return row.value(History.KIND).equals(Value.of(Versions.DELETE));
  }

  /// A change that makes a row like this version.
  Input change(Row present) {
    var assignments = new LinkedHashMap<String, Assignment>();
    for (var field : entity.kept().values()) {
      var value = row.value(field.name());
      if (!Entity.SYSTEM.contains(field.name())
          && !field.traits().writeOnce()
          && field.filling().sequence() == null
          && !value.equals(present.value(field.name()))
          && mayCopy(field)) {
        assignments.put(field.name(), new Assignment.To(value));
      }
    }
    return new Input(assignments);
  }

  /// A new row like this version, with the same id.
  Input creation() {
    var assignments = new LinkedHashMap<String, Assignment>();
    assignments.put("id", new Assignment.To(row.id()));
    for (var field : entity.kept().values()) {
      var value = row.value(field.name());
      if (!Entity.SYSTEM.contains(field.name())
          && !(field.required() && value == Value.NULL)
          && mayCopy(field)) {
        assignments.put(field.name(), new Assignment.To(value));
      }
    }
    return new Input(assignments);
  }

  private boolean mayCopy(Field field) {
    var rights = rules.on(entity.name());
    return !field.secret()
        && rights.fieldWrite().containsKey(field.name())
        && holds(rights.readOf(field.name()));
  }

  /// Whether a rule holds of this version.
  private boolean holds(Expression rule) {
    var condition = rules.bound(rule);
    if (RowConditions.local(entity, condition)) {
      return RowConditions.holds(condition, row, row);
    }
    var number = entity.get("version");
    var same =
        new Compare(Comparison.EQUAL, number, new Literal(Value.of(row.version()), number.type()));
    return transaction.holds(
        History.then(entity.name()),
        row.id(),
        new Expression.And(List.of(same, condition)),
        Arguments.NONE);
  }
}
