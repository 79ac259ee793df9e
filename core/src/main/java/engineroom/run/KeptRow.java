package engineroom.run;

import engineroom.authorize.RowRules;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Evaluator;
import engineroom.expression.Expression;
import engineroom.expression.Facts;
import engineroom.expression.Lookup;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.operation.FieldRules;
import engineroom.operation.FieldRules.Checked;
import engineroom.problem.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A deleted row as the model of today has it: the model may have changed since.
///
/// @param mistakes values that no longer fit their fields
/// @param known false where rules could be misled, for a field has no value that they can judge
record KeptRow(Entity entity, Row row, List<Violation> mistakes, boolean known) {
  private static final Facts NO_FACTS = _ -> Value.NULL;

  KeptRow {
    mistakes = List.copyOf(mistakes);
  }

  /// Holds a kept row against its fields. A field that is new since takes its backfill or default.
  static KeptRow of(Entity entity, Row kept, FieldRules fields, RowRules rules) {
    var values = new LinkedHashMap<String, Value>();
    var mistakes = new ArrayList<Violation>();
    var known = true;
    for (var field : entity.kept().values()) {
      var name = field.name();
      var value = kept.values().containsKey(name) ? kept.value(name) : filling(field, kept, rules);
      if (asIs(field)) {
        values.put(name, value);
        continue;
      }
      switch (fields.check(field, value)) {
        case Checked.Good(var good) -> values.put(name, good);
        case Checked.Bad(var mistake) -> {
          mistakes.add(kept.values().containsKey(name) ? mistake : since(name));
          var misread = mistake.code().equals("type");
          known &= !misread && value != Value.NULL;
          values.put(name, misread ? Value.NULL : value);
        }
      }
    }
    return new KeptRow(entity, new Row(values), mistakes, known);
  }

  private static Violation since(String field) {
    return new Violation(
        field, "required", "is required since; give it a backfill or a default in the model");
  }

  /// What the program itself has given stays as it was given.
  private static boolean asIs(Field field) {
    return Entity.SYSTEM.contains(field.name())
        || field.secret()
        || field.filling().computed() != null;
  }

  private static Value filling(Field field, Row kept, RowRules rules) {
    var value = value(field.notes().backfill(), kept, rules);
    var filled = value == Value.NULL ? value(field.filling().initial(), kept, rules) : value;
    return filled == Value.NULL && field.required() && field.type() instanceof FieldType.ListOf
        ? new Value.ListOf(List.of())
        : filled;
  }

  private static Value value(@Nullable Expression expression, Row kept, RowRules rules) {
    return expression == null
        ? Value.NULL
        : new Evaluator(Lookup.NOWHERE, Arguments.NONE, NO_FACTS)
            .value(rules.bound(expression), Map.of(Expression.Variable.ROW, kept));
  }

  /// The same row with another value.
  KeptRow with(String field, Value value) {
    return new KeptRow(entity, row.with(field, value), mistakes, known);
  }
}
