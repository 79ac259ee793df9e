package engineroom.migrate;

import engineroom.data.JsonText;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Evaluator;
import engineroom.expression.Expression;
import engineroom.expression.Expression.FactKind;
import engineroom.expression.Expression.Variable;
import engineroom.expression.Facts;
import engineroom.expression.Lookup;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.History;
import engineroom.model.NumberField;
import engineroom.operation.FieldRules;
import engineroom.operation.FieldRules.Checked;
import engineroom.operation.TextFormats;
import engineroom.problem.Violation;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What becomes of the rows of an entity: values renamed, converted and filled in, each held
/// against its field. Versions of the past are held against nothing: what can't become a value of
/// today stands as null.
public final class RowChange {
  private static final int SHOWN_MAX = 40;

  private final EntityChange change;
  private final FieldRules rules;
  private final Evaluator evaluator;
  private final List<NumberField> counted;

  /// @param now what `now` and `today` are in defaults
  public RowChange(EntityChange change, FieldRules rules, Instant now) {
    this.change = change;
    this.counted = change.counted();
    this.rules = rules;
    this.evaluator = new Evaluator(Lookup.NOWHERE, Arguments.NONE, clock(now));
  }

  /// Facts where there is no caller and no request: the time.
  public static Facts clock(Instant now) {
    return fact ->
        fact.kind() == FactKind.TODAY
            ? new Value.Date(now.atOffset(ZoneOffset.UTC).toLocalDate())
            : fact.kind() == FactKind.NOW || fact.kind() == FactKind.REQUEST_TIME
                ? new Value.Timestamp(now)
                : Value.NULL;
  }

  /// The row as it is to be kept. What does not fit is told, and stands as null.
  public Row apply(Row old, Faults faults) {
    var values = new LinkedHashMap<String, Value>();
    var told = new HashSet<String>();
    for (var field : change.fields()) {
      var value = moved(field, old);
      if (value == null && !past()) {
        var message = "can't become " + TypeWords.of(field.after().type());
        refuse(field, old, new Violation("", "convert", message), faults);
        told.add(field.name());
      }
      values.put(field.name(), value == null ? Value.NULL : value);
    }
    for (var field : change.fields()) {
      if (field.filled() && values.get(field.name()) == Value.NULL) {
        values.put(field.name(), filling(field.after(), new Row(values)));
      }
    }
    for (var field : change.fields()) {
      boolean due = field.checked() && !past() && !told.contains(field.name());
      if (due && !numbered(field, values)) {
        check(field, old, values, faults);
      }
    }
    return new Row(values);
  }

  /// Whether the row gets its value when all rows are numbered.
  private boolean numbered(FieldChange field, Map<String, Value> values) {
    return values.get(field.name()) == Value.NULL
        && counted.stream().anyMatch(number -> number.name().equals(field.name()));
  }

  /// Whether the rows are versions of others, which nobody can change to make them fit.
  private boolean past() {
    return History.isPast(change.name());
  }

  private static @Nullable Value moved(FieldChange field, Row old) {
    var before = field.before();
    if (before == null) {
      return Value.NULL;
    }
    var value = old.value(before.name());
    var named = field.renamedValues().isEmpty() ? value : renamed(field.renamedValues(), value);
    return field.converts() ? Conversion.convert(named, field.to()) : named;
  }

  private static Value renamed(Map<String, String> names, Value value) {
    return switch (value) {
      case Value.Text(var text) -> Value.of(names.getOrDefault(text, text));
      case Value.ListOf(var elements) ->
          new Value.ListOf(elements.stream().map(element -> renamed(names, element)).toList());
      case Value other -> other;
    };
  }

  private Value filling(Field field, Row row) {
    var backfill = field.notes().backfill();
    var value = backfill == null ? Value.NULL : value(backfill, row);
    var initial = field.filling().initial();
    if (value == Value.NULL && initial != null) {
      value = value(initial, row);
    }
    if (value == Value.NULL
        && field.type() instanceof FieldType.Text text
        && text.slugFrom() != null
        && row.value(text.slugFrom()) instanceof Value.Text(var source)
        && !TextFormats.slug(source).isEmpty()) {
      return Value.of(TextFormats.slug(source));
    }
    return value == Value.NULL && field.required() && field.type() instanceof FieldType.ListOf
        ? new Value.ListOf(List.of())
        : value;
  }

  private Value value(Expression expression, Row row) {
    return evaluator.value(expression, Map.of(Variable.ROW, row));
  }

  private void check(FieldChange field, Row old, Map<String, Value> values, Faults faults) {
    var value = values.getOrDefault(field.name(), Value.NULL);
    switch (rules.check(field.after(), value)) {
      case Checked.Good(var good) -> values.put(field.name(), good);
      case Checked.Bad(var violation) -> refuse(field, old, violation, faults);
    }
  }

  private void refuse(FieldChange field, Row old, Violation violation, Faults faults) {
    var before = field.before();
    var value = before == null ? Value.NULL : old.value(before.name());
    var row = change.name() + " " + id(old) + ": " + field.name();
    faults.add(
        change.name() + "." + field.name(),
        wayOut(field, violation),
        new Violation(row, violation.code(), violation.message() + shown(field.after(), value)));
  }

  private static String wayOut(FieldChange field, Violation violation) {
    if (violation.code().equals("required")) {
      return "Give the field a default or a backfill, or leave it optional with ?.";
    }
    return field.after().type() instanceof FieldType.Choice
        ? "Say what each of these values is called now (wasValues of an enum, was of a role), keep"
            + " them, or change these rows first."
        : "Change these rows first, or leave the field as it was.";
  }

  private static String id(Row row) {
    var text = JsonText.of(row.id());
    return text.startsWith("\"") ? text.substring(1, text.length() - 1) : text;
  }

  private static String shown(Field field, Value value) {
    if (value == Value.NULL || field.secret() || field.traits().hidden()) {
      return "";
    }
    var text = JsonText.of(value);
    return ", and is " + (text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "…");
  }
}
