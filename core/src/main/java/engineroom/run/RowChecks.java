package engineroom.run;

import engineroom.authorize.RowRules;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Expression;
import engineroom.model.Entity;
import engineroom.model.FieldType;
import engineroom.problem.Violation;
import engineroom.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What must hold of one row that is written: the references that its caller set, the entity's
/// checks, the rules.
final class RowChecks {
  private final Entity entity;
  private final RowRules caller;
  private final Transaction transaction;

  RowChecks(Entity entity, RowRules caller, Transaction transaction) {
    this.entity = entity;
    this.caller = caller;
    this.transaction = transaction;
  }

  /// Whether the caller may see a stored row.
  boolean sees(Row row) {
    return holds(caller.on(entity.name()).read(), row, row);
  }

  /// Whether a rule of the caller holds.
  boolean holds(Expression rule, Row row, Row old) {
    return RowConditions.holds(transaction, entity, caller.bound(rule), row, old);
  }

  /// Every written reference leads to a row that the caller may see.
  ///
  /// @param path where the row stands in what was sent
  void references(Row row, Set<String> written, String path) {
    var mistakes = new ArrayList<Violation>();
    for (var name : written) {
      if (entity.field(name).type() instanceof FieldType.Reference(var target, _, _, _)
          && row.value(name) != Value.NULL
          && !visible(target, row.value(name))) {
        mistakes.add(
            new Violation(name, "reference", "refers to no " + target + " that you can see"));
      }
    }
    refuse(mistakes, path);
  }

  private static void refuse(List<Violation> mistakes, String path) {
    Completion.refuse(mistakes.stream().map(m -> m.under(path)).toList());
  }

  private boolean visible(String target, Value id) {
    var rule = caller.bound(caller.on(target).read());
    return transaction.holds(target, id, rule, Arguments.NONE);
  }

  /// The entity's checks hold of a stored row.
  void checks(Row row, Row old, String path) {
    checks(entity.keys().checks(), row, old, path);
  }

  /// The entity's checks of computed values hold of a row in which one was made anew.
  void computed(Row row, Row old) {
    var checks =
        entity.keys().checks().stream().filter(c -> entity.mentionsComputed(c.condition()));
    checks(checks.toList(), row, old, "");
  }

  private void checks(List<Entity.Check> checks, Row row, Row old, String path) {
    var mistakes = new ArrayList<Violation>();
    for (var check : checks) {
      if (!holds(check.condition(), row, old)) {
        mistakes.add(new Violation("", "check/" + check.name(), check.message()));
      }
    }
    refuse(mistakes, path);
  }

  /// Fields with a rule of their own were allowed to be written.
  void fieldRules(Row row, Row old, Set<String> written, String path) {
    for (var name : written) {
      var rule = caller.on(entity.name()).writeOf(name);
      if (caller.on(entity.name()).fieldWrite().containsKey(name)
          && !(holds(rule, row, old) && holds(rule, old, old))) {
        refuse(List.of(new Violation(name, "read-only", "can't be written in this row")), path);
      }
    }
  }
}
