package engineroom.stores.mariadb;

import engineroom.data.JsonText;
import engineroom.data.Times;
import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.expression.Expression.Comparison;
import engineroom.stores.mariadb.brand.Brand;
import engineroom.stores.sql.Bind;
import engineroom.stores.sql.Codec;
import engineroom.stores.sql.Dialect;
import engineroom.stores.sql.Dialect.Unsayable;
import engineroom.stores.sql.Form;
import engineroom.stores.sql.JsonForm;
import engineroom.stores.sql.Sql;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How values are passed to MariaDB and kept by it.
final class MariaValues implements Dialect.Values {
  /// The type of decimals that are worked out.
  static final String DECIMAL = "DECIMAL(65,30)";

  private static final int DIGITS_BEHIND_MAX = 30;
  private static final int DIGITS_BEFORE_MAX = 35;
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");

  private final Brand brand;

  MariaValues(Brand brand) {
    this.brand = brand;
  }

  /// The type of texts of any length.
  static String text(Brand brand) {
    return "LONGTEXT CHARACTER SET utf8mb4 COLLATE " + brand.collation();
  }

  @Override
  public @Nullable Object encode(Form form, int part, Value value) {
    return value instanceof Value.Null
        ? null
        : switch (form) {
          case Form.Scaled _ -> decimal(value);
          case Form.Money _ ->
              value instanceof Value.Money(var amount, var currency)
                  ? part == 0 ? (Object) amount : currency
                  : null;
          case Form.Array(var type) ->
              value instanceof Value.ListOf ? JsonForm.text(type, value) : null;
          case Form.Simple simple -> simple(simple, part, value);
        };
  }

  private static @Nullable Object simple(Form.Simple form, int part, Value value) {
    return switch (form) {
      case TEXT, JSON -> text(value);
      case UUID -> uuid(value);
      case TIMESTAMP -> value instanceof Value.Timestamp(var instant) ? moment(instant) : null;
      case DATE -> value instanceof Value.Date ? Codec.text(value) : null;
      case TIME -> value instanceof Value.Time ? Codec.text(value) : null;
      case BOOLEAN -> value instanceof Value.Bool(var truth) ? (Object) (truth ? 1L : 0L) : null;
      case EXACT -> decimal(value);
      case INTEGER -> integer(value);
      case NUMBER -> real(value);
      case DURATION -> value instanceof Value.Span(var span) ? Codec.microseconds(span) : null;
      case BYTES -> value instanceof Value.Bytes(var bytes) ? bytes : null;
      case POINT ->
          value instanceof Value.Point(var latitude, var longitude)
              ? (Object) (part == 0 ? latitude : longitude)
              : null;
    };
  }

  private static @Nullable String text(Value value) {
    return switch (value) {
      case Value.Bytes _, Value.Point _, Value.Money _, Value.ListOf _ -> null;
      case Value other -> Codec.text(other);
    };
  }

  private static String moment(Instant instant) {
    return Times.text(instant).replace('T', ' ').replace("Z", "");
  }

  private static @Nullable String uuid(Value value) {
    return switch (value) {
      case Value.Uuid(var uuid) -> uuid.toString();
      case Value.Text(var text) -> isUuid(text) ? text.toLowerCase(Locale.ROOT) : null;
      case Value _ -> null;
    };
  }

  private static boolean isUuid(String text) {
    try {
      return UUID.fromString(text).toString().equals(text.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static @Nullable Long integer(Value value) {
    return switch (value) {
      case Value.Integer(var number) -> number;
      case Value.Text(var text) -> INTEGER.matcher(text).matches() ? Long.valueOf(text) : null;
      case Value _ -> null;
    };
  }

  private static @Nullable Double real(Value value) {
    return switch (value) {
      case Value.Number(var number) -> number;
      case Value.Integer(var number) -> (double) number;
      case Value.Decimal(var number) -> number.doubleValue();
      case Value _ -> null;
    };
  }

  private static @Nullable BigDecimal decimal(Value value) {
    return switch (value) {
      case Value.Decimal(var number) -> sayable(number);
      case Value.Integer(var number) -> BigDecimal.valueOf(number);
      case Value.Number(var number) -> sayable(new BigDecimal(number));
      case Value _ -> null;
    };
  }

  private static BigDecimal sayable(BigDecimal number) {
    if (number.scale() > DIGITS_BEHIND_MAX
        || number.precision() - number.scale() > DIGITS_BEFORE_MAX) {
      throw new Unsayable("a number of many digits");
    }
    return number;
  }

  @Override
  public Object nearest(Form form, BigDecimal number, RoundingMode direction) {
    if (form == Form.Simple.NUMBER) {
      var nearest = Codec.nearest(form, number, direction);
      if (nearest instanceof Double real && !real.isInfinite()) {
        return real;
      }
      throw new Unsayable("a float beyond all others");
    }
    var scale = form instanceof Form.Scaled(var digits) ? digits : 0;
    if (direction != RoundingMode.UNNECESSARY) {
      return sayable(number.setScale(scale, direction));
    }
    return number.stripTrailingZeros().scale() <= scale
        ? sayable(number)
        : BigDecimal.valueOf(5, scale + 1); // between two that the column can hold
  }

  /// A JSON array.
  @Override
  public Object elements(Form form, List<Value> elements) {
    var array = new StringBuilder("[");
    for (var element : elements) {
      var passed = encode(form, 0, element);
      if (passed == null && element != Value.NULL) {
        continue; // equal to nothing
      }
      array.append(array.length() == 1 ? "" : ",");
      switch (passed) {
        case null -> array.append("null");
        case String text -> JsonText.quote(array, text);
        case BigDecimal number -> array.append(number.toPlainString());
        case Object number -> array.append(number);
      }
    }
    return array.append(']').toString();
  }

  @Override
  public Sql mark(Bind bind, Form form, int part) {
    return switch (form) {
      case Form.Scaled _, Form.Money _, Form.Array _ -> Sql.of(bind);
      case Form.Simple simple ->
          switch (simple) {
            case TEXT, JSON, INTEGER, DURATION, BOOLEAN, UUID, BYTES -> Sql.of(bind);
            case NUMBER, POINT, TIMESTAMP, DATE, TIME, EXACT ->
                Sql.of("CAST(", bind, " AS ", type(brand, form, part), ")");
          };
    };
  }

  /// No float is equal to none: whether a number is equal to a float that it is not exactly can't
  /// be said.
  @Override
  public boolean moves(Form form, Type number, Comparison comparison) {
    return form != Form.Simple.NUMBER
        || number == Type.Scalar.NUMBER
        || (comparison != Comparison.EQUAL && comparison != Comparison.NOT_EQUAL);
  }

  /// The type of a column or of a value.
  static String type(Brand brand, Form form, int part) {
    return switch (form) {
      case Form.Scaled(var scale) -> "DECIMAL(" + (DIGITS_BEFORE_MAX + scale) + "," + scale + ")";
      case Form.Money _ -> part == 0 ? "BIGINT" : "VARCHAR(16)";
      case Form.Array _ -> text(brand);
      case Form.Simple simple ->
          switch (simple) {
            case TEXT, JSON -> text(brand);
            case INTEGER, DURATION -> "BIGINT";
            case NUMBER, POINT -> "DOUBLE";
            case BOOLEAN -> "TINYINT(1)";
            case TIMESTAMP -> "DATETIME(6)";
            case DATE -> "DATE";
            case TIME -> "TIME(6)";
            case UUID -> "CHAR(36) CHARACTER SET ascii COLLATE ascii_bin";
            case BYTES -> "LONGBLOB";
            case EXACT -> DECIMAL;
          };
    };
  }
}
