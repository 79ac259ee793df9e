package engineroom.model;

import engineroom.data.JsonText;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Evaluator;
import engineroom.expression.Expression.Variable;
import engineroom.expression.Lookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A field that numbers the rows of its entity: when, and with what.
///
/// @param format null where the value is the number itself
public record NumberField(
    Entity entity, Field field, Field.Sequence sequence, @Nullable NumberFormat format) {

  /// The fields of an entity that number its rows.
  public static List<NumberField> of(Entity entity) {
    return entity.fields().values().stream().flatMap(f -> find(entity, f).stream()).toList();
  }

  private static Optional<NumberField> find(Entity entity, Field field) {
    var sequence = field.filling().sequence();
    if (sequence == null) {
      return Optional.empty();
    }
    var format = sequence.format();
    return Optional.of(
        new NumberField(
            entity, field, sequence, format == null ? null : NumberFormat.parse(format)));
  }

  public String name() {
    return field.name();
  }

  /// Whether a row is to have a number: it meets the condition.
  public boolean due(Row row) {
    var when = sequence.when();
    return when == null
        || new Evaluator(Lookup.NOWHERE, Arguments.NONE, _ -> Value.NULL)
            .holds(when, Map.of(Variable.ROW, row));
  }

  /// What tells the rows apart that are counted together, as text; empty where all of them are.
  public String scope(Row row) {
    var scope = new StringBuilder();
    for (var name : sequence.per()) {
      scope.append(scope.isEmpty() ? "[" : ",");
      JsonText.quote(scope, NumberFormat.plain(folded(entity.field(name), row.value(name))));
    }
    return scope.isEmpty() ? "" : scope.append(']').toString();
  }

  private static Value folded(Field field, Value value) {
    return field.type() instanceof FieldType.Text type
            && type.ignoreCase()
            && value instanceof Value.Text(var text)
        ? Value.of(text.toLowerCase(Locale.ROOT))
        : value;
  }

  /// The value that a number gives a row.
  public Value value(Row row, long number) {
    return format == null ? Value.of(number) : Value.of(format.text(row, number));
  }

  /// The number that a row has; nothing where it has none, or one of another form.
  public OptionalLong number(Row row) {
    return switch (row.value(name())) {
      case Value.Integer(var number) when format == null && number >= 0 -> OptionalLong.of(number);
      case Value.Text(var text) when format != null -> format.number(row, text);
      case Value _ -> OptionalLong.empty();
    };
  }

  /// The fields that stay as they are once a row has its number, for it tells of them.
  public List<String> fixed() {
    var fixed = new ArrayList<>(sequence.per());
    if (format != null) {
      format.fields().stream().filter(name -> !fixed.contains(name)).forEach(fixed::add);
    }
    return fixed;
  }

  /// What is unique of rows by their being numbered: one number for each that is counted together.
  public static List<String> unique(Field field) {
    var sequence = field.filling().sequence();
    var unique = new ArrayList<>(sequence == null ? List.of() : sequence.per());
    unique.add(field.name());
    return unique;
  }
}
