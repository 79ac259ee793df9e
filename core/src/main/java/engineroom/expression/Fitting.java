package engineroom.expression;

import engineroom.data.Type;
import engineroom.data.Type.Scalar;
import engineroom.data.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which types go together, and how a literal becomes the type that its place asks for.
public final class Fitting {
  private Fitting() {}

  /// Whether values of two types can be compared.
  static boolean comparable(Type a, Type b) {
    if (a == Scalar.NULL || b == Scalar.NULL || a.equals(b)) {
      return true;
    }
    if (numeric(a) && numeric(b)) {
      return true;
    }
    return (a instanceof Type.RowOf && id(b)) || (b instanceof Type.RowOf && id(a));
  }

  private static boolean id(Type type) {
    return type == Scalar.UUID
        || type == Scalar.TEXT
        || type == Scalar.INTEGER
        || type instanceof Type.RowOf;
  }

  /// Whether a type has an order.
  static boolean ordered(Type type) {
    return numeric(type)
        || type == Scalar.TEXT
        || type == Scalar.TIMESTAMP
        || type == Scalar.DATE
        || type == Scalar.TIME
        || type == Scalar.DURATION
        || type == Scalar.UUID
        || type == Scalar.MONEY
        || type == Scalar.NULL;
  }

  static boolean numeric(Type type) {
    return type == Scalar.INTEGER || type == Scalar.DECIMAL || type == Scalar.NUMBER;
  }

  /// The type of a calculation with two kinds of numbers.
  static Type wider(Type a, Type b) {
    if (a == Scalar.NUMBER || b == Scalar.NUMBER) {
      return Scalar.NUMBER;
    }
    return a == Scalar.DECIMAL || b == Scalar.DECIMAL ? Scalar.DECIMAL : Scalar.INTEGER;
  }

  /// A literal as the type of its place; null where it can't be one.
  static Expression.@Nullable Literal fit(Expression.Literal literal, Type type) {
    if (literal.value() == Value.NULL || literal.type().equals(type)) {
      return literal;
    }
    if (literal.value() instanceof Value.Text(var text)) {
      var value = parse(text, type);
      return value == null ? null : new Expression.Literal(value, type);
    }
    if (type == Scalar.DECIMAL && literal.value() instanceof Value.Number(var number)) {
      return new Expression.Literal(new Value.Decimal(BigDecimal.valueOf(number)), type);
    }
    if (type == Scalar.DECIMAL && literal.value() instanceof Value.Integer(var number)) {
      return new Expression.Literal(new Value.Decimal(BigDecimal.valueOf(number)), type);
    }
    if (type == Scalar.NUMBER && literal.value() instanceof Value.Integer(var number)) {
      return new Expression.Literal(new Value.Number(number), type);
    }
    return null;
  }

  /// A text as a value of a type that is written as text; null where it is none.
  public static @Nullable Value parse(String text, Type type) {
    try {
      return switch (type) {
        case Scalar.TEXT -> Value.of(text);
        case Scalar.TIMESTAMP -> new Value.Timestamp(instant(text));
        case Scalar.DATE -> new Value.Date(date(text));
        case Scalar.TIME -> new Value.Time(LocalTime.parse(text));
        case Scalar.DURATION -> new Value.Span(duration(text));
        case Scalar.UUID -> uuid(text);
        case Scalar _, Type.ListOf _, Type.RowsOf _, Type.RowOf _ -> null;
      };
    } catch (DateTimeParseException | IllegalArgumentException | ArithmeticException _) {
      return null; // it is no such value: that is the answer
    }
  }

  private static Instant instant(String text) {
    return text.length() == 10
        ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
        : OffsetDateTime.parse(text).toInstant();
  }

  private static LocalDate date(String text) {
    var date = LocalDate.parse(text);
    if (date.getYear() < 1 || date.getYear() > 9999) {
      throw new IllegalArgumentException("the year must be 0001 to 9999");
    }
    return date;
  }

  /// ISO 8601, or CEL's seconds: `90s`, `1.5s`.
  private static Duration duration(String text) {
    if (text.matches("-?[0-9]+(\\.[0-9]{1,6})?s")) {
      var seconds = new BigDecimal(text.substring(0, text.length() - 1));
      return Duration.of(seconds.movePointRight(6).longValueExact(), ChronoUnit.MICROS);
    }
    return Duration.parse(text).truncatedTo(ChronoUnit.MICROS);
  }

  private static @Nullable Value uuid(String text) {
    return text.length() == 36 ? new Value.Uuid(UUID.fromString(text)) : null;
  }

  /// One value of a type, in words: `an integer`, `a list of text`, `money`.
  static String one(Type type) {
    var name = name(type);
    return switch (type) {
      case Scalar.MONEY, Scalar.JSON, Scalar.BYTES, Scalar.NULL -> name;
      case Scalar _, Type.ListOf _, Type.RowsOf _, Type.RowOf _ ->
          (name.matches("[aeio].*|u(?!u|s|ni).*") ? "an " : "a ") + name;
    };
  }

  /// One value of a type, as a sentence begins.
  static String begun(Type type) {
    var one = one(type);
    return Character.toUpperCase(one.charAt(0)) + one.substring(1);
  }

  /// A type in words.
  static String name(Type type) {
    return switch (type) {
      case Scalar scalar -> scalar.name().toLowerCase(Locale.ROOT);
      case Type.ListOf(var element) -> "list of " + name(element);
      case Type.RowsOf(var entity) -> "list of " + entity;
      case Type.RowOf(var entity) -> entity;
    };
  }
}
