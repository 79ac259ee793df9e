package engineroom.json;

import engineroom.data.Times;
import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.model.FieldType;
import engineroom.model.Model;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a field's value from JSON or from the text of a parameter. Strict: what is not of the type
/// is refused, nothing is turned into something else. Limits such as `max` are the engine's to
/// check.
public final class FieldReader {
  /// What was sent is no value of the type.
  ///
  /// @see engineroom.problem.Violation
  public static final class Unfit extends RuntimeException {
    private final String code;

    private Unfit(String code, String message) {
      super(message, null, false, false);
      this.code = code;
    }

    /// `type/date`.
    public String code() {
      return code;
    }

    /// `is not a date`.
    public String text() {
      return String.valueOf(getMessage());
    }
  }

  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,19}");
  private static final Pattern DECIMAL =
      Pattern.compile("-?\\d{1,100}(\\.\\d{1,100})?([eE][+-]?\\d{1,2})?");
  private static final Pattern NUMBER =
      Pattern.compile("-?\\d{1,400}(\\.\\d{1,400})?([eE][+-]?\\d{1,4})?");
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?([Zz]|[+-]\\d\\d:\\d\\d)");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
  private static final Pattern TIME = Pattern.compile("\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?");

  private final Model model;

  public FieldReader(Model model) {
    this.model = model;
  }

  /// The type of an entity's ids.
  public FieldType idType(String entity) {
    return model.entity(entity).field("id").type();
  }

  /// A value of JSON, which is not null.
  public Value json(FieldType type, Json json) {
    return switch (type) {
      case FieldType.Text _, FieldType.Choice _, FieldType.Bytes _ ->
          text(type, string(type, json));
      case FieldType.Whole _, FieldType.Number _ -> text(type, numeral(type, json));
      case FieldType.Decimal _ ->
          text(type, json instanceof Json.Text(var text) ? text : numeral(type, json));
      case FieldType.Money money -> money(money, json);
      case FieldType.Plain plain -> plain(plain, json);
      case FieldType.Json _ -> new Value.Json(JsonWriter.text(json));
      case FieldType.Reference(var entity, _, _, _) -> reference(idType(entity), json);
      case FieldType.ListOf(var element) -> list(element, json);
    };
  }

  /// A value from the text of a parameter.
  public Value text(FieldType type, String text) {
    return switch (type) {
      case FieldType.Text _, FieldType.Choice _ -> plainText(text);
      case FieldType.Whole _ -> whole(text);
      case FieldType.Decimal _ -> new Value.Decimal(decimal(text));
      case FieldType.Number _ -> number(text);
      case FieldType.Bytes _ -> bytes(text);
      case FieldType.Plain plain -> scalar(plain.type(), text);
      case FieldType.Reference(var entity, _, _, _) -> text(idType(entity), text);
      case FieldType.Money _ -> throw unfit("money", "is not money: name its amount");
      case FieldType.Json _ -> throw unfit("json", "can't be given as a parameter");
      case FieldType.ListOf(var element) -> text(element, text);
    };
  }

  /// A value of a type that expressions know, from the text of a parameter.
  public Value scalar(Type type, String text) {
    return switch (type) {
      case Type.Scalar scalar -> scalar(scalar, text);
      case Type.RowOf(var entity) -> text(idType(entity), text);
      case Type.ListOf(var element) ->
          new Value.ListOf(
              List.of(text.split(",", -1)).stream().map(t -> scalar(element, t)).toList());
      case Type.RowsOf _ -> throw unfit("list", "is a list of rows");
    };
  }

  private Value scalar(Type.Scalar type, String text) {
    return switch (type) {
      case TEXT -> plainText(text);
      case INTEGER -> whole(text);
      case DECIMAL -> new Value.Decimal(decimal(text));
      case NUMBER -> number(text);
      case BOOLEAN -> Value.of(truth(text));
      case TIMESTAMP -> timestamp(text);
      case DATE -> date(text);
      case TIME -> time(text);
      case DURATION -> duration(text);
      case UUID -> identifier(text);
      case BYTES -> bytes(text);
      case JSON, POINT, MONEY, NULL -> throw unfit("parameter", "can't be given as a parameter");
    };
  }

  private Value plain(FieldType.Plain type, Json json) {
    return switch (type) {
      case BOOLEAN -> {
        if (json instanceof Json.Bool(var truth)) {
          yield Value.of(truth);
        }
        throw unfit("boolean", "is not true or false");
      }
      case POINT -> point(json);
      case TIMESTAMP, DATE, TIME, DURATION, UUID, SECRET -> text(type, string(type, json));
    };
  }

  private static String string(FieldType type, Json json) {
    if (json instanceof Json.Text(var text)) {
      return text;
    }
    throw unfit(name(type), "is not " + article(type));
  }

  private static String numeral(FieldType type, Json json) {
    if (json instanceof Json.Num(var text)) {
      return text;
    }
    throw unfit(name(type), "is not " + article(type));
  }

  private Value money(FieldType.Money type, Json json) {
    var fixed = type.currency();
    if (json instanceof Json.Num(var text) && fixed != null) {
      return new Value.Money(amount(text), fixed);
    }
    if (!(json instanceof Json.Obj(var members))
        || !members.keySet().equals(Set.of("amount", "currency"))
        || !(members.get("amount") instanceof Json.Num(var amount))
        || !(members.get("currency") instanceof Json.Text(var currency))) {
      throw unfit("money", "is not money: " + form(fixed));
    }
    if (!currency.matches("[A-Z]{3}")) {
      throw unfit("money", "has a currency that is not three capital letters");
    }
    if (fixed != null && !currency.equals(fixed)) {
      throw unfit("money", "must be in " + fixed);
    }
    return new Value.Money(amount(amount), currency);
  }

  private static String form(@Nullable String currency) {
    return currency == null
        ? "{\"amount\": minor units, \"currency\": \"EUR\"}"
        : "write minor units of " + currency + ", a whole number such as 150";
  }

  private static long amount(String text) {
    if (whole(text) instanceof Value.Integer(var number)) {
      return number;
    }
    throw unfit("money", "has an amount that is not whole minor units");
  }

  private static Value point(Json json) {
    if (!(json instanceof Json.Obj(var members))
        || !members.keySet().equals(Set.of("latitude", "longitude"))
        || !(members.get("latitude") instanceof Json.Num(var latitude))
        || !(members.get("longitude") instanceof Json.Num(var longitude))) {
      throw unfit("point", "is not a point: {\"latitude\": degrees, \"longitude\": degrees}");
    }
    try {
      return new Value.Point(Double.parseDouble(latitude), Double.parseDouble(longitude));
    } catch (IllegalArgumentException beyond) {
      throw unfit("point", "is not on Earth: " + beyond.getMessage());
    }
  }

  private Value reference(FieldType id, Json json) {
    if (!(json instanceof Json.Obj(var members))) {
      return json(id, json);
    }
    var inner = members.get("id");
    if (members.size() != 1
        || inner == null
        || inner instanceof Json.Obj
        || inner == Json.Null.NULL) {
      throw unfit("reference", "is not a reference: an id, or {\"id\": …} and nothing else");
    }
    return json(id, inner);
  }

  private Value list(FieldType element, Json json) {
    if (!(json instanceof Json.Arr(var elements))) {
      throw unfit("list", "is not a list");
    }
    if (elements.contains(Json.Null.NULL)) {
      throw unfit("list", "must not hold null");
    }
    return new Value.ListOf(elements.stream().map(e -> json(element, e)).toList());
  }

  private static Value plainText(String text) {
    if (text.indexOf('\0') >= 0) {
      throw unfit("text", "must not contain the character U+0000");
    }
    return Value.of(text);
  }

  private static Value whole(String text) {
    try {
      if (WHOLE.matcher(text).matches()) {
        return Value.of(Long.parseLong(text));
      }
    } catch (NumberFormatException _) {
      throw unfit("integer", "is beyond 64 bits");
    }
    throw unfit("integer", "is not an integer");
  }

  private static BigDecimal decimal(String text) {
    if (!DECIMAL.matcher(text).matches()) {
      throw unfit("decimal", "is not a decimal");
    }
    return new BigDecimal(text);
  }

  private static Value number(String text) {
    double number = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
    if (!Double.isFinite(number)) {
      throw unfit("number", "is not a number of 64 bits");
    }
    return new Value.Number(number);
  }

  /// `true` or `false`.
  public static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw unfit("boolean", "is not true or false");
    };
  }

  private static Value timestamp(String text) {
    try {
      var own = Times.own(text);
      if (own != null) {
        return new Value.Timestamp(own);
      }
      if (TIMESTAMP.matcher(text).matches()) {
        return new Value.Timestamp(OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant());
      }
    } catch (DateTimeException | IllegalArgumentException _) {
      throw unfit("timestamp", "is not a moment of the calendar");
    }
    throw unfit("timestamp", "is not a timestamp: 2026-08-01T10:00:00Z");
  }

  private static Value date(String text) {
    return new Value.Date(day(text));
  }

  /// `2026-08-01`.
  public static LocalDate day(String text) {
    try {
      if (DATE.matcher(text).matches() && !text.startsWith("0000")) {
        return LocalDate.parse(text);
      }
    } catch (DateTimeException _) {
      throw unfit("date", "is not a day of the calendar");
    }
    throw unfit("date", "is not a date");
  }

  private static Value time(String text) {
    try {
      if (TIME.matcher(text).matches()) {
        return new Value.Time(LocalTime.parse(text).truncatedTo(ChronoUnit.MICROS));
      }
    } catch (DateTimeException _) {
      throw unfit("time", "is not a time of day");
    }
    throw unfit("time", "is not a time: 10:00:00");
  }

  private static Value duration(String text) {
    try {
      return new Value.Span(Duration.parse(text).truncatedTo(ChronoUnit.MICROS));
    } catch (DateTimeException | ArithmeticException _) {
      throw unfit("duration", "is not a duration: P1DT2H30M");
    }
  }

  private static Value identifier(String text) {
    try {
      var id = UUID.fromString(text);
      if (id.toString().equalsIgnoreCase(text)) { // the JDK also takes 1-1-1-1-1
        return new Value.Uuid(id);
      }
    } catch (IllegalArgumentException _) {
      throw unfit("uuid", "is not a UUID");
    }
    throw unfit("uuid", "is not a UUID");
  }

  private static Value bytes(String text) {
    try {
      return new Value.Bytes(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException _) {
      throw unfit("bytes", "is not base64");
    }
  }

  /// The name of a type in codes and texts.
  public static String name(FieldType type) {
    return switch (type) {
      case FieldType.Text _, FieldType.Choice _ -> "text";
      case FieldType.Whole _ -> "integer";
      case FieldType.Decimal _ -> "decimal";
      case FieldType.Number _ -> "number";
      case FieldType.Money _ -> "money";
      case FieldType.Plain.SECRET -> "text";
      case FieldType.Plain plain -> plain.name().toLowerCase(Locale.ROOT);
      case FieldType.Json _ -> "json";
      case FieldType.Bytes _ -> "bytes";
      case FieldType.Reference _ -> "reference";
      case FieldType.ListOf _ -> "list";
    };
  }

  private static String article(FieldType type) {
    return switch (name(type)) {
      case "integer" -> "an integer";
      case "text" -> "a text";
      case "bytes" -> "base64";
      case "uuid" -> "a UUID";
      case String name -> "a " + name;
    };
  }

  private static Unfit unfit(String type, String message) {
    return new Unfit("type/" + type, message);
  }
}
