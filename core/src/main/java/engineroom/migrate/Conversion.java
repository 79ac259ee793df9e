package engineroom.migrate;

import engineroom.data.JsonText;
import engineroom.data.Value;
import engineroom.expression.Fitting;
import engineroom.model.FieldType;
import engineroom.model.FieldType.Plain;
import java.math.BigDecimal;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes values of one type out of values of another, where nothing is lost by it.
final class Conversion {
  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,19}");
  private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]{1,30}(?:\\.[0-9]{1,30})?");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?[0-9]{1,40}(?:\\.[0-9]{1,40})?(?:[eE][+-]?[0-9]{1,3})?");

  private Conversion() {}

  /// The value as one of a type that holds no reference; null where it can't become one.
  static @Nullable Value convert(Value value, FieldType type) {
    if (value instanceof Value.Null) {
      return value;
    }
    if (type instanceof FieldType.ListOf(var element)) {
      return list(value, element);
    }
    if (value instanceof Value.ListOf(var elements) && !(type instanceof FieldType.Json)) {
      return single(elements, type);
    }
    return switch (type) {
      case FieldType.Text _, FieldType.Choice _ -> text(value);
      case FieldType.Whole _ -> whole(value);
      case FieldType.Decimal _ -> decimal(value);
      case FieldType.Number _ -> number(value);
      case FieldType.Money(var currency, _, _) -> money(value, currency);
      case FieldType.Json _ ->
          value instanceof Value.Json ? value : new Value.Json(JsonText.of(value));
      case FieldType.Bytes _ -> value instanceof Value.Bytes ? value : null;
      case Plain plain -> plain(value, plain);
      case FieldType.Reference _, FieldType.ListOf _ -> null;
    };
  }

  private static @Nullable Value list(Value value, FieldType element) {
    var elements = value instanceof Value.ListOf(var present) ? present : List.of(value);
    var made = new ArrayList<Value>();
    for (var one : elements) {
      var converted = convert(one, element);
      if (converted == null) {
        return null;
      }
      made.add(converted);
    }
    return new Value.ListOf(made);
  }

  private static @Nullable Value single(List<Value> elements, FieldType type) {
    return switch (elements.size()) {
      case 0 -> Value.NULL;
      case 1 -> convert(elements.getFirst(), type);
      default -> null;
    };
  }

  private static @Nullable Value text(Value value) {
    return switch (value) {
      case Value.Text text -> text;
      case Value.Json(var json) -> Value.of(json);
      case Value.Integer _, Value.Number _, Value.Bool _ -> Value.of(JsonText.of(value));
      case Value.Decimal _,
          Value.Timestamp _,
          Value.Date _,
          Value.Time _,
          Value.Span _,
          Value.Uuid _ -> {
        var quoted = JsonText.of(value);
        yield Value.of(quoted.substring(1, quoted.length() - 1));
      }
      case Value.Null _, Value.Bytes _, Value.Point _, Value.Money _, Value.ListOf _ -> null;
    };
  }

  private static @Nullable Value whole(Value value) {
    return switch (value) {
      case Value.Integer same -> same;
      case Value.Bool(var truth) -> Value.of(truth ? 1 : 0);
      case Value.Money(var amount, _) -> Value.of(amount);
      case Value.Text(var text) ->
          WHOLE.matcher(text).matches() ? exact(new BigDecimal(text)) : null;
      case Value.Decimal(var number) -> exact(number);
      case Value.Number(var number) -> exact(new BigDecimal(number));
      case Value.Null _,
          Value.Timestamp _,
          Value.Date _,
          Value.Time _,
          Value.Span _,
          Value.Uuid _,
          Value.Bytes _,
          Value.Json _,
          Value.Point _,
          Value.ListOf _ ->
          null;
    };
  }

  private static @Nullable Value exact(BigDecimal number) {
    try {
      return Value.of(number.longValueExact());
    } catch (ArithmeticException _) {
      return null; // no whole number of 64 bits: that is the answer
    }
  }

  private static @Nullable Value decimal(Value value) {
    return switch (value) {
      case Value.Decimal same -> same;
      case Value.Integer(var number) -> new Value.Decimal(BigDecimal.valueOf(number));
      case Value.Number(var number) -> new Value.Decimal(BigDecimal.valueOf(number));
      case Value.Text(var text) ->
          DECIMAL.matcher(text).matches() ? new Value.Decimal(new BigDecimal(text)) : null;
      case Value _ -> null;
    };
  }

  private static @Nullable Value number(Value value) {
    return switch (value) {
      case Value.Number same -> same;
      case Value.Integer(var number) -> number(BigDecimal.valueOf(number));
      case Value.Decimal(var number) -> number(number);
      case Value.Text(var text) ->
          NUMBER.matcher(text).matches() && Double.isFinite(Double.parseDouble(text))
              ? new Value.Number(Double.parseDouble(text))
              : null;
      case Value _ -> null;
    };
  }

  private static @Nullable Value number(BigDecimal exact) {
    var near = exact.doubleValue();
    return BigDecimal.valueOf(near).compareTo(exact) == 0 ? new Value.Number(near) : null;
  }

  private static @Nullable Value money(Value value, @Nullable String currency) {
    return switch (value) {
      case Value.Money same -> same;
      case Value.Integer(var amount) when currency != null -> new Value.Money(amount, currency);
      case Value _ -> null;
    };
  }

  private static @Nullable Value plain(Value value, Plain type) {
    return switch (type) {
      case BOOLEAN -> truth(value);
      case TIMESTAMP ->
          value instanceof Value.Date(var day)
              ? new Value.Timestamp(day.atStartOfDay(ZoneOffset.UTC).toInstant())
              : same(value, type);
      case DATE -> day(value);
      case TIME, DURATION, UUID -> same(value, type);
      case POINT -> value instanceof Value.Point ? value : null;
      case SECRET -> null;
    };
  }

  private static @Nullable Value truth(Value value) {
    return switch (value) {
      case Value.Bool same -> same;
      case Value.Integer(var number) when number == 0 || number == 1 -> Value.of(number == 1);
      case Value.Text(var text) when text.equals("true") || text.equals("false") ->
          Value.of(text.equals("true"));
      case Value _ -> null;
    };
  }

  private static @Nullable Value day(Value value) {
    if (value instanceof Value.Timestamp(var instant)) {
      var moment = instant.atOffset(ZoneOffset.UTC);
      return moment.toLocalTime().equals(LocalTime.MIDNIGHT)
          ? new Value.Date(moment.toLocalDate())
          : null;
    }
    return same(value, Plain.DATE);
  }

  /// A text that shows a value of the type, or such a value itself.
  private static @Nullable Value same(Value value, Plain type) {
    if (value instanceof Value.Text(var text)) {
      return Fitting.parse(text, type.type());
    }
    return kind(value, type) ? value : null;
  }

  private static boolean kind(Value value, Plain type) {
    return switch (type) {
      case BOOLEAN -> value instanceof Value.Bool;
      case TIMESTAMP -> value instanceof Value.Timestamp;
      case DATE -> value instanceof Value.Date;
      case TIME -> value instanceof Value.Time;
      case DURATION -> value instanceof Value.Span;
      case UUID -> value instanceof Value.Uuid;
      case POINT -> value instanceof Value.Point;
      case SECRET -> false;
    };
  }
}
