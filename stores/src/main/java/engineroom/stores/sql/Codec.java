package engineroom.stores.sql;

import engineroom.data.Times;
import engineroom.data.Type;
import engineroom.data.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Turns values into what columns hold, and back. The driver's kinds are null, `Long`, `Double`,
/// `String` and `byte[]`.
public final class Codec {
  /// Stands in a numeric comparison for a number that no column can hold: equal to none.
  private static final String NEVER_EQUAL = "";

  private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

  private Codec() {}

  /// One part of a value in a form; null of null. A value of another kind that could never be equal
  /// to one of the form becomes something that is equal to none.
  public static @Nullable Object encode(Form form, int part, Value value) {
    return value instanceof Value.Null
        ? null
        : switch (form) {
          case Form.Scaled(var scale) -> scaled(scale, value);
          case Form.Money _ -> money(part, value);
          case Form.Array(var type) -> JsonForm.text(type, value);
          case Form.Simple simple -> simple(simple, part, value);
        };
  }

  private static Object simple(Form.Simple form, int part, Value value) {
    return switch (form) {
      case TEXT, UUID, TIMESTAMP, DATE, TIME, JSON, EXACT -> text(value);
      case BOOLEAN -> value instanceof Value.Bool(var truth) && truth ? 1L : 0L;
      case DURATION ->
          value instanceof Value.Span(var duration) ? microseconds(duration) : NEVER_EQUAL;
      case INTEGER -> integer(value);
      case NUMBER -> real(value);
      case BYTES -> value instanceof Value.Bytes(var bytes) ? bytes : NEVER_EQUAL;
      case POINT -> point(part, value);
    };
  }

  private static Object integer(Value value) {
    return switch (value) {
      case Value.Integer(var number) -> number;
      case Value.Text(var text) -> text.matches("-?[0-9]{1,18}") ? Long.valueOf(text) : NEVER_EQUAL;
      default -> NEVER_EQUAL;
    };
  }

  private static Object real(Value value) {
    return switch (value) {
      case Value.Number(var number) -> number;
      case Value.Integer(var number) -> (double) number;
      case Value.Decimal(var number) -> number.doubleValue();
      default -> NEVER_EQUAL;
    };
  }

  private static Object money(int part, Value value) {
    if (!(value instanceof Value.Money(var amount, var currency))) {
      return NEVER_EQUAL;
    }
    return part == 0 ? (Object) amount : currency;
  }

  private static Object point(int part, Value value) {
    if (!(value instanceof Value.Point(var latitude, var longitude))) {
      return NEVER_EQUAL;
    }
    return part == 0 ? latitude : longitude;
  }

  private static Object scaled(int scale, Value value) {
    return switch (value) {
      case Value.Decimal(var number) ->
          nearest(new Form.Scaled(scale), number, RoundingMode.UNNECESSARY);
      case Value.Integer(var number) ->
          nearest(new Form.Scaled(scale), BigDecimal.valueOf(number), RoundingMode.UNNECESSARY);
      default -> NEVER_EQUAL;
    };
  }

  /// The text of a value that is kept or passed as text.
  public static String text(Value value) {
    return switch (value) {
      case Value.Text(var text) -> text;
      case Value.Uuid(var uuid) -> uuid.toString();
      case Value.Timestamp(var instant) -> Times.text(instant);
      case Value.Date(var date) -> date.toString();
      case Value.Time(var time) -> Times.text(time);
      case Value.Json(var json) -> json;
      case Value.Decimal(var number) -> number.toPlainString();
      case Value.Integer(var number) -> Long.toString(number);
      case Value.Number(var number) -> new BigDecimal(number).toPlainString();
      case Value.Bool(var truth) -> Boolean.toString(truth);
      case Value.Span(var duration) -> duration.toString();
      case Value.Null _, Value.Bytes _, Value.Point _, Value.Money _, Value.ListOf _ ->
          throw new IllegalArgumentException("not a text: " + value);
    };
  }

  public static long microseconds(Duration duration) {
    return Math.addExact(
        Math.multiplyExact(duration.getSeconds(), 1_000_000L), duration.getNano() / 1_000);
  }

  public static Duration duration(long microseconds) {
    return Duration.ofSeconds(
        Math.floorDiv(microseconds, 1_000_000L), Math.floorMod(microseconds, 1_000_000L) * 1_000);
  }

  /// The number that a column of this form can hold and that is nearest to this one in a direction.
  public static Object nearest(Form form, BigDecimal number, RoundingMode direction) {
    return form == Form.Simple.NUMBER
        ? nearestReal(number, direction)
        : nearestWhole(form instanceof Form.Scaled(var scale) ? scale : 0, number, direction);
  }

  private static Object nearestWhole(int scale, BigDecimal number, RoundingMode direction) {
    var exact = direction == RoundingMode.UNNECESSARY;
    if (exact && number.stripTrailingZeros().scale() > scale) {
      return NEVER_EQUAL;
    }
    var whole = number.setScale(scale, direction).unscaledValue();
    if (whole.bitLength() < 64) {
      return whole.longValue();
    }
    return exact ? (Object) NEVER_EQUAL : (whole.signum() < 0 ? LONG_MIN : LONG_MAX).longValue();
  }

  private static Object nearestReal(BigDecimal number, RoundingMode direction) {
    var real = number.doubleValue();
    if (Double.isInfinite(real)) {
      return direction == RoundingMode.UNNECESSARY ? (Object) NEVER_EQUAL : real;
    }
    var side = new BigDecimal(real).compareTo(number);
    return switch (direction) {
      case UNNECESSARY -> side == 0 ? (Object) real : NEVER_EQUAL;
      case FLOOR -> side > 0 ? Math.nextDown(real) : real;
      default -> side < 0 ? Math.nextUp(real) : real;
    };
  }

  /// The JSON array of the elements' column forms, for `json_each`.
  public static String elements(Form form, List<Value> elements) {
    var json = new StringBuilder("[");
    for (var element : elements) {
      if (json.length() > 1) {
        json.append(',');
      }
      switch (encode(form, 0, element)) {
        case null -> json.append("null");
        case String text -> JsonForm.quote(json, text);
        case Object number -> json.append(number);
      }
    }
    return json.append(']').toString();
  }

  /// A value from its columns.
  public static Value decode(Form form, Columns columns, int first) {
    return columns.isNull(first)
        ? Value.NULL
        : switch (form) {
          case Form.Scaled(var scale) -> new Value.Decimal(columns.decimal(first, scale));
          case Form.Money(var currency) ->
              new Value.Money(
                  columns.number(first), currency == null ? columns.text(first + 1) : currency);
          case Form.Array(var type) -> JsonForm.list(type, columns.text(first));
          case Form.Simple simple -> decode(simple, columns, first);
        };
  }

  private static Value decode(Form.Simple form, Columns columns, int first) {
    return switch (form) {
      case TEXT -> new Value.Text(columns.text(first));
      case INTEGER -> new Value.Integer(columns.number(first));
      case NUMBER -> new Value.Number(columns.real(first));
      case BOOLEAN -> new Value.Bool(columns.number(first) != 0);
      case TIMESTAMP -> new Value.Timestamp(Times.instant(columns.text(first)));
      case DATE -> new Value.Date(LocalDate.parse(columns.text(first)));
      case TIME -> new Value.Time(LocalTime.parse(columns.text(first)));
      case DURATION -> new Value.Span(duration(columns.number(first)));
      case UUID -> new Value.Uuid(UUID.fromString(columns.text(first)));
      case BYTES -> new Value.Bytes(columns.bytes(first));
      case JSON -> new Value.Json(columns.text(first));
      case POINT -> new Value.Point(columns.real(first), columns.real(first + 1));
      case EXACT -> new Value.Decimal(new BigDecimal(columns.text(first)));
    };
  }

  /// A value of a type from the text that JSON shows of it.
  static Value parse(Type.Scalar type, String text) {
    return switch (type) {
      case TEXT, NULL -> new Value.Text(text);
      case DECIMAL -> new Value.Decimal(new BigDecimal(text));
      case INTEGER -> new Value.Integer(Long.parseLong(text));
      case NUMBER -> new Value.Number(Double.parseDouble(text));
      case BOOLEAN -> new Value.Bool(Boolean.parseBoolean(text));
      case TIMESTAMP -> new Value.Timestamp(Times.instant(text));
      case DATE -> new Value.Date(LocalDate.parse(text));
      case TIME -> new Value.Time(LocalTime.parse(text));
      case DURATION -> new Value.Span(Duration.parse(text));
      case UUID -> new Value.Uuid(UUID.fromString(text));
      case BYTES -> new Value.Bytes(java.util.Base64.getDecoder().decode(text));
      case JSON -> new Value.Json(text);
      case POINT, MONEY -> throw new IllegalArgumentException("not a text: " + type);
    };
  }

  /// A text in lower case by Unicode, without a locale.
  public static String folded(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /// The columns of a row that a statement stands on.
  public interface Columns {
    boolean isNull(int column);

    long number(int column);

    double real(int column);

    String text(int column);

    byte[] bytes(int column);

    /// A decimal of so many digits behind the point, kept as a whole number of its smallest unit
    /// where a store doesn't say otherwise.
    default BigDecimal decimal(int column, int scale) {
      return BigDecimal.valueOf(number(column), scale);
    }
  }
}
