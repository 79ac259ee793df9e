package engineroom.stores.postgres;

import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.expression.Expression.Comparison;
import engineroom.stores.sql.Bind;
import engineroom.stores.sql.Codec;
import engineroom.stores.sql.Dialect;
import engineroom.stores.sql.Form;
import engineroom.stores.sql.JsonForm;
import engineroom.stores.sql.Sql;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How values are passed to PostgreSQL: as text without a type, which each place gives them, so
/// that a statement that is kept fits whatever comes.
final class PostgresValues implements Dialect.Values {
  /// Equal to no float that a column has.
  private static final String NO_FLOAT = "NaN";

  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");

  @Override
  public @Nullable Object encode(Form form, int part, Value value) {
    return value instanceof Value.Null
        ? null
        : switch (form) {
          case Form.Scaled _ -> number(value);
          case Form.Money _ ->
              value instanceof Value.Money(var amount, var currency)
                  ? part == 0 ? Long.toString(amount) : currency
                  : null;
          case Form.Array(var type) ->
              value instanceof Value.ListOf ? JsonForm.text(type, value) : null;
          case Form.Simple simple -> simple(simple, part, value);
        };
  }

  private static @Nullable String simple(Form.Simple form, int part, Value value) {
    return switch (form) {
      case TEXT, JSON -> text(value);
      case UUID -> uuid(value);
      case TIMESTAMP -> value instanceof Value.Timestamp ? Codec.text(value) : null;
      case DATE -> value instanceof Value.Date ? Codec.text(value) : null;
      case TIME -> value instanceof Value.Time ? Codec.text(value) : null;
      case BOOLEAN -> value instanceof Value.Bool ? Codec.text(value) : null;
      case EXACT -> number(value);
      case INTEGER -> integer(value);
      case NUMBER -> real(value);
      case DURATION ->
          value instanceof Value.Span(var span) ? Long.toString(Codec.microseconds(span)) : null;
      case BYTES ->
          value instanceof Value.Bytes(var bytes) ? "\\x" + HexFormat.of().formatHex(bytes) : null;
      case POINT ->
          value instanceof Value.Point(var latitude, var longitude)
              ? Double.toString(part == 0 ? latitude : longitude)
              : null;
    };
  }

  private static @Nullable String text(Value value) {
    return switch (value) {
      case Value.Bytes _, Value.Point _, Value.Money _, Value.ListOf _ -> null;
      case Value other -> Codec.text(other);
    };
  }

  private static @Nullable String uuid(Value value) {
    return switch (value) {
      case Value.Uuid(var uuid) -> uuid.toString();
      case Value.Text(var text) -> isUuid(text) ? text : null;
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

  private static @Nullable String integer(Value value) {
    return switch (value) {
      case Value.Integer(var number) -> Long.toString(number);
      case Value.Text(var text) -> INTEGER.matcher(text).matches() ? text : null;
      case Value _ -> null;
    };
  }

  private static @Nullable String real(Value value) {
    return switch (value) {
      case Value.Number(var number) -> Double.toString(number);
      case Value.Integer(var number) -> Double.toString((double) number);
      case Value.Decimal(var number) -> Double.toString(number.doubleValue());
      case Value _ -> null;
    };
  }

  private static @Nullable String number(Value value) {
    return switch (value) {
      case Value.Decimal _, Value.Integer _, Value.Number _ -> Codec.text(value);
      case Value _ -> null;
    };
  }

  @Override
  public Object nearest(Form form, BigDecimal number, RoundingMode direction) {
    if (form == Form.Simple.INTEGER || form == Form.Simple.NUMBER) {
      var nearest = Codec.nearest(form, number, direction);
      return nearest instanceof String ? NO_FLOAT : nearest.toString();
    }
    return number.toPlainString();
  }

  /// An array as PostgreSQL writes one.
  @Override
  public Object elements(Form form, List<Value> elements) {
    var array = new StringBuilder("{");
    for (var element : elements) {
      var text = encode(form, 0, element);
      if (text == null && element != Value.NULL) {
        continue; // equal to nothing
      }
      array.append(array.length() == 1 ? "" : ",");
      array.append(text == null ? "NULL" : quoted(text.toString()));
    }
    return array.append('}').toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  @Override
  public Sql mark(Bind bind, Form form, int part) {
    var type = type(form, part);
    return Sql.of("CAST(", bind, " AS ", type, ")", type.equals("text") ? " COLLATE \"C\"" : "");
  }

  /// Whole numbers are not compared with others by halves, because no whole number is equal to
  /// none.
  @Override
  public boolean moves(Form form, Type number, Comparison comparison) {
    return form != Form.Simple.INTEGER
        || number == Type.Scalar.INTEGER
        || (comparison != Comparison.EQUAL && comparison != Comparison.NOT_EQUAL);
  }

  /// The type of a column or of a value.
  static String type(Form form, int part) {
    return switch (form) {
      case Form.Scaled _ -> "numeric";
      case Form.Money _ -> part == 0 ? "bigint" : "text";
      case Form.Array _ -> "text";
      case Form.Simple simple ->
          switch (simple) {
            case TEXT, JSON -> "text";
            case INTEGER, DURATION -> "bigint";
            case NUMBER, POINT -> "double precision";
            case BOOLEAN -> "boolean";
            case TIMESTAMP -> "timestamptz";
            case DATE -> "date";
            case TIME -> "time";
            case UUID -> "uuid";
            case BYTES -> "bytea";
            case EXACT -> "numeric";
          };
    };
  }
}
