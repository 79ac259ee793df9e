package engineroom.explain;

import engineroom.data.Value;
import java.util.stream.Collectors;

/// Writes values as expressions spell them.
final class LiteralText {
  private LiteralText() {}

  static String of(Value value) {
    return switch (value) {
      case Value.Null _ -> "null";
      case Value.Text(var text) -> quoted(text);
      case Value.Integer(var number) -> Long.toString(number);
      case Value.Decimal(var number) -> number.toPlainString();
      case Value.Number(var number) -> Double.toString(number);
      case Value.Bool(var truth) -> Boolean.toString(truth);
      case Value.Timestamp(var instant) -> called("timestamp", instant.toString());
      case Value.Date(var date) -> called("date", date.toString());
      case Value.Time(var time) -> quoted(time.toString());
      case Value.Span(var duration) -> called("duration", duration.toString());
      case Value.Uuid(var uuid) -> quoted(uuid.toString());
      case Value.Json(var json) -> quoted(json);
      case Value.Bytes bytes -> called("bytes", bytes.toString());
      case Value.Point(var latitude, var longitude) -> "point(" + latitude + ", " + longitude + ")";
      case Value.Money(var amount, var currency) ->
          "money(" + amount + ", " + quoted(currency) + ")";
      case Value.ListOf(var elements) ->
          elements.stream().map(LiteralText::of).collect(Collectors.joining(", ", "[", "]"));
    };
  }

  private static String called(String name, String text) {
    return name + "(" + quoted(text) + ")";
  }

  private static String quoted(String text) {
    var quoted = new StringBuilder("'");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> quoted.append("\\n");
        case '\t' -> quoted.append("\\t");
        case '\r' -> quoted.append("\\r");
        case '\\', '\'' -> quoted.append('\\').append(c);
        default -> quoted.append(Character.isISOControl(c) ? "\\u%04x".formatted((int) c) : "" + c);
      }
    }
    return quoted.append('\'').toString();
  }
}
