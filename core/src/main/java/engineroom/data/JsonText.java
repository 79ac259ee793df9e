package engineroom.data;

import java.math.BigDecimal;
import java.util.Base64;

/// Values as compact JSON text, the same on every store, byte for byte.
///
/// - Text escapes `"`, `\` and control characters (`\b \f \n \r \t`, else `\u001f` in lower case);
///   all else stays.
/// - A whole number is written as it is. A float has the shortest digits that read back as the same
///   float, and always a point: plain from 1e-5 up to below 1e17 (`3.0`, `0.00001`), else
///   `1.0e+17`, `4.9e-324`.
/// - A decimal is a string with exactly its scale, bytes are base64, a duration is ISO 8601
///   (`PT1H30M`), JSON stays as it is.
/// - A point is `{"latitude":…,"longitude":…}`, money is `{"amount":…,"currency":"…"}`.
public final class JsonText {
  private static final double PLAIN_FROM = 1e-5;
  private static final double PLAIN_BELOW = 1e17;

  private JsonText() {}

  /// The value as JSON text.
  public static String of(Value value) {
    var out = new StringBuilder();
    append(out, value);
    return out.toString();
  }

  /// Writes a value behind what is there.
  public static void append(StringBuilder out, Value value) {
    switch (value) {
      case Value.Null _ -> out.append("null");
      case Value.Text(var text) -> quote(out, text);
      case Value.Integer(var number) -> out.append(number);
      case Value.Decimal(var number) -> plain(out, number.toPlainString());
      case Value.Number(var number) -> out.append(number(number));
      case Value.Bool(var truth) -> out.append(truth);
      case Value.Timestamp(var instant) -> plain(out, Times.text(instant));
      case Value.Date(var date) -> plain(out, date.toString());
      case Value.Time(var time) -> plain(out, Times.text(time));
      case Value.Span(var duration) -> plain(out, duration.toString());
      case Value.Uuid(var uuid) -> plain(out, uuid.toString());
      case Value.Bytes(var bytes) -> plain(out, Base64.getEncoder().encodeToString(bytes));
      case Value.Json(var json) -> out.append(json);
      case Value.Point point -> point(out, point);
      case Value.Money money -> money(out, money);
      case Value.ListOf list -> list(out, list);
    }
  }

  /// Writes a text in quotes.
  public static void quote(StringBuilder out, String text) {
    out.append('"');
    int written = 0;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character < ' ' || character == '"' || character == '\\') {
        out.append(text, written, i);
        escape(out, character);
        written = i + 1;
      }
    }
    out.append(text, written, text.length()).append('"');
  }

  /// A finite float in JSON.
  public static String number(double number) {
    if (number == 0) {
      return "0.0";
    }
    var digits = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    double size = Math.abs(number);
    return size >= PLAIN_FROM && size < PLAIN_BELOW
        ? digits.setScale(Math.max(digits.scale(), 1)).toPlainString()
        : scientific(digits);
  }

  private static String scientific(BigDecimal digits) {
    int exponent = digits.precision() - 1 - digits.scale();
    var mantissa = digits.scaleByPowerOfTen(-exponent);
    var text = mantissa.setScale(Math.max(mantissa.scale(), 1)).toPlainString();
    var power = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : "" + Math.abs(exponent);
    return text + (exponent < 0 ? "e-" : "e+") + power;
  }

  private static void escape(StringBuilder out, char character) {
    switch (character) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default ->
          out.append(character < 16 ? "\\u000" : "\\u00").append(Integer.toHexString(character));
    }
  }

  private static void plain(StringBuilder out, String text) {
    out.append('"').append(text).append('"');
  }

  private static void point(StringBuilder out, Value.Point point) {
    out.append("{\"latitude\":").append(number(point.latitude()));
    out.append(",\"longitude\":").append(number(point.longitude())).append('}');
  }

  private static void money(StringBuilder out, Value.Money money) {
    out.append("{\"amount\":").append(money.amount()).append(",\"currency\":");
    quote(out, money.currency());
    out.append('}');
  }

  private static void list(StringBuilder out, Value.ListOf list) {
    out.append('[');
    var separator = "";
    for (var element : list.elements()) {
      out.append(separator);
      append(out, element);
      separator = ",";
    }
    out.append(']');
  }
}
