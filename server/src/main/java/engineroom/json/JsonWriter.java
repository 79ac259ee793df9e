package engineroom.json;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Turns JSON into compact text, members in their order.
public final class JsonWriter {
  private static final String HEX = "0123456789abcdef";

  private final StringBuilder out = new StringBuilder();

  private JsonWriter() {}

  /// UTF-8 bytes.
  public static byte[] write(Json json) {
    return text(json).getBytes(StandardCharsets.UTF_8);
  }

  /// The same as text.
  public static String text(Json json) {
    var writer = new JsonWriter();
    writer.value(json);
    return writer.out.toString();
  }

  private void value(Json json) {
    switch (json) {
      case Json.Obj(var members) -> object(members);
      case Json.Arr(var elements) -> {
        out.append('[');
        for (int i = 0; i < elements.size(); i++) {
          separated(i);
          value(elements.get(i));
        }
        out.append(']');
      }
      case Json.Text(var text) -> quoted(text);
      case Json.Num(var text) -> out.append(text);
      case Json.Bool(var truth) -> out.append(truth);
      case Json.Null _ -> out.append("null");
    }
  }

  private void object(Map<String, Json> members) {
    out.append('{');
    int written = 0;
    for (var member : members.entrySet()) {
      separated(written++);
      quoted(member.getKey());
      out.append(':');
      value(member.getValue());
    }
    out.append('}');
  }

  private void separated(int before) {
    if (before > 0) {
      out.append(',');
    }
  }

  private void quoted(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      character(text.charAt(i));
    }
    out.append('"');
  }

  private void character(char c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (c < ' ') {
          out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
        } else {
          out.append(c);
        }
      }
    }
  }
}
