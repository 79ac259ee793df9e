package engineroom.store;

import static engineroom.problem.ProblemException.problem;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Evaluator;
import engineroom.expression.Expression;
import engineroom.expression.Lookup;
import engineroom.model.Entity;
import engineroom.model.FieldType;
import engineroom.problem.OperationProblem.NotValid;
import engineroom.problem.Violation;
import java.util.ArrayList;
import java.util.Map;

/// What must hold of a row that a store keeps: its references find something, and its entity's
/// checks hold. Checks that mention more than the row's own values are for the engine, which knows
/// the caller and the row before.
final class RowChecks {
  private final Lookup lookup;
  private final Evaluator evaluator;

  RowChecks(Lookup lookup) {
    this.lookup = lookup;
    this.evaluator = new Evaluator(lookup, Arguments.NONE, Reading.NO_FACTS);
  }

  /// Refuses a row with every mistake it has.
  void refuse(Entity entity, Row row) {
    var violations = new ArrayList<Violation>();
    for (var field : entity.fields().values()) {
      if (field.type() instanceof FieldType.Reference reference
          && !found(entity, row, reference, row.value(field.name()))) {
        violations.add(new Violation(field.name(), "reference", "refers to nothing that exists"));
      }
    }
    for (var check : entity.keys().checks()) {
      if (OwnValues.only(check.condition())
          && !entity.mentionsComputed(check.condition())
          && !evaluator.holds(check.condition(), Map.of(Expression.Variable.ROW, row))) {
        violations.add(new Violation("", "check/" + check.name(), check.message()));
      }
    }
    if (!violations.isEmpty()) {
      throw problem(new NotValid(violations));
    }
  }

  private boolean found(Entity entity, Row row, FieldType.Reference reference, Value id) {
    return id == Value.NULL
        || (reference.entity().equals(entity.name()) && id.equals(row.id()))
        || lookup.find(reference.entity(), id).isPresent();
  }
}
