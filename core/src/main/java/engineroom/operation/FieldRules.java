package engineroom.operation;

import com.google.re2j.Pattern;
import engineroom.data.Value;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.problem.Violation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The limits that the model sets to single values.
public final class FieldRules {
  /// Elements that a list field may have.
  public static final int LIST_MAX = 10_000;

  private final JsonSchemas schemas;
  private final Map<String, Pattern> patterns = new ConcurrentHashMap<>();

  public FieldRules(JsonSchemas schemas) {
    this.schemas = schemas;
  }

  /// Checks values of fields with a `schema`.
  public interface JsonSchemas {
    /// What is wrong with a JSON text, a sentence each; nothing where it fits.
    List<String> mistakes(String schema, String json);
  }

  /// A value as it is kept, or what is wrong with it.
  public sealed interface Checked {
    record Good(Value value) implements Checked {}

    record Bad(Violation violation) implements Checked {}
  }

  /// Holds a value against its field. A decimal gets the field's scale.
  public Checked check(Field field, Value value) {
    if (value instanceof Value.Null) {
      return field.required()
          ? bad(field.name(), "required", "is required", Map.of())
          : new Checked.Good(value);
    }
    return check(field.name(), field.type(), value);
  }

  private Checked check(String path, FieldType type, Value value) {
    return switch (type) {
      case FieldType.Text text when value instanceof Value.Text(var content) ->
          text(path, text, content);
      case FieldType.Choice(var values) when value instanceof Value.Text(var content) ->
          values.contains(content)
              ? new Checked.Good(value)
              : bad(
                  path,
                  "enum",
                  "must be one of " + String.join(", ", values),
                  Map.of("values", values));
      case FieldType.Whole(var min, var max) when value instanceof Value.Integer(var number) ->
          range(path, value, new Range<>(number, min, max));
      case FieldType.Number(var min, var max) when value instanceof Value.Number(var number) ->
          range(path, value, new Range<>(number, min, max));
      case FieldType.Decimal decimal when value instanceof Value.Decimal(var number) ->
          decimal(path, decimal, number);
      case FieldType.Money money when value instanceof Value.Money given ->
          money(path, money, given);
      case FieldType.Json(var schema) when value instanceof Value.Json(var json) ->
          json(path, schema, json, value);
      case FieldType.Bytes(var max) when value instanceof Value.Bytes(var bytes) ->
          max != null && bytes.length > max
              ? bad(path, "max", "must have at most " + max + " bytes", Map.of("max", max))
              : new Checked.Good(value);
      case FieldType.ListOf(var element) when value instanceof Value.ListOf(var elements) ->
          list(path, element, elements);
      case FieldType.Reference _
          when value instanceof Value.Uuid
              || value instanceof Value.Text
              || value instanceof Value.Integer ->
          new Checked.Good(value);
      case FieldType.Plain plain when fits(plain, value) -> new Checked.Good(value);
      case FieldType.Text _,
          FieldType.Choice _,
          FieldType.Whole _,
          FieldType.Number _,
          FieldType.Decimal _,
          FieldType.Money _,
          FieldType.Json _,
          FieldType.Bytes _,
          FieldType.ListOf _,
          FieldType.Reference _,
          FieldType.Plain _ ->
          bad(path, "type", "is not of this field's type", Map.of());
    };
  }

  private static boolean fits(FieldType.Plain type, Value value) {
    return switch (type) {
      case BOOLEAN -> value instanceof Value.Bool;
      case TIMESTAMP -> value instanceof Value.Timestamp;
      case DATE -> value instanceof Value.Date;
      case TIME -> value instanceof Value.Time;
      case DURATION -> value instanceof Value.Span;
      case UUID -> value instanceof Value.Uuid;
      case POINT -> value instanceof Value.Point;
      case SECRET -> value instanceof Value.Text;
    };
  }

  private Checked text(String path, FieldType.Text type, String content) {
    int length = content.codePointCount(0, content.length());
    if (type.min() != null && length < type.min()) {
      return type.min() == 1
          ? bad(path, "nonEmpty", "must not be empty", Map.of("min", 1))
          : bad(
              path,
              "min",
              "must have at least " + type.min() + " characters",
              Map.of("min", type.min()));
    }
    if (type.max() != null && length > type.max()) {
      return bad(
          path,
          "max",
          "must have at most " + type.max() + " characters",
          Map.of("max", type.max()));
    }
    var rule = type.pattern();
    if (rule != null && !patterns.computeIfAbsent(rule, Pattern::compile).matcher(content).find()) {
      return bad(path, "pattern", "must match " + rule, Map.of("pattern", rule));
    }
    var wrong = TextFormats.mistake(type.format(), content);
    return wrong == null
        ? new Checked.Good(new Value.Text(content))
        : bad(path, "format/" + type.format().name().toLowerCase(Locale.ROOT), wrong, Map.of());
  }

  /// A value and its bounds, both included.
  private record Range<T extends Comparable<T>>(T value, @Nullable T min, @Nullable T max) {}

  private static <T extends Comparable<T>> Checked range(String path, Value value, Range<T> range) {
    if (range.min() != null && range.value().compareTo(range.min()) < 0) {
      return bad(path, "min", "must be at least " + range.min(), Map.of("min", range.min()));
    }
    if (range.max() != null && range.value().compareTo(range.max()) > 0) {
      return bad(path, "max", "must be at most " + range.max(), Map.of("max", range.max()));
    }
    return new Checked.Good(value);
  }

  private static Checked decimal(String path, FieldType.Decimal type, BigDecimal number) {
    if (number.stripTrailingZeros().scale() > type.scale()) {
      return bad(
          path,
          "scale",
          "must have at most " + type.scale() + " digits behind the point",
          Map.of("scale", type.scale()));
    }
    if (number.precision() - number.scale() > type.precision() - type.scale()) {
      return bad(
          path,
          "precision",
          "must have at most " + (type.precision() - type.scale()) + " digits before the point",
          Map.of("precision", type.precision()));
    }
    var scaled = number.setScale(type.scale(), RoundingMode.UNNECESSARY);
    return range(path, new Value.Decimal(scaled), new Range<>(scaled, type.min(), type.max()));
  }

  private static Checked money(String path, FieldType.Money type, Value.Money money) {
    if (type.currency() != null && !type.currency().equals(money.currency())) {
      return bad(
          path, "currency", "must be in " + type.currency(), Map.of("currency", type.currency()));
    }
    if (!TextFormats.currency(money.currency())) {
      return bad(path, "currency", "is not in a currency of ISO 4217", Map.of());
    }
    return range(path, money, new Range<>(money.amount(), type.min(), type.max()));
  }

  private Checked json(String path, @Nullable String schema, String json, Value value) {
    if (schema == null) {
      return new Checked.Good(value);
    }
    var mistakes = schemas.mistakes(schema, json);
    return mistakes.isEmpty()
        ? new Checked.Good(value)
        : bad(path, "schema", String.join("; ", mistakes), Map.of());
  }

  private Checked list(String path, FieldType element, List<Value> elements) {
    if (elements.size() > LIST_MAX) {
      return bad(
          path, "max", "must have at most " + LIST_MAX + " elements", Map.of("max", LIST_MAX));
    }
    var kept = new ArrayList<Value>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      var at = path + "[" + i + "]";
      var checked =
          elements.get(i) instanceof Value.Null
              ? bad(at, "required", "must not be null", Map.of())
              : check(at, element, elements.get(i));
      switch (checked) {
        case Checked.Good(var value) -> kept.add(value);
        case Checked.Bad wrong -> {
          return wrong;
        }
      }
    }
    return new Checked.Good(new Value.ListOf(kept));
  }

  private static Checked bad(String path, String code, String message, Map<String, Object> params) {
    return new Checked.Bad(new Violation(path, code, message, params));
  }
}
