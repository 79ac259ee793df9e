package {{package}}.client;

/** Writes JSON. */
final class JsonPrinter {
  private final StringBuilder out = new StringBuilder();

  private JsonPrinter() {}

  static String print(Json json) {
    var printer = new JsonPrinter();
    printer.write(json);
    return printer.out.toString();
  }

  private void write(Json json) {
    if (json instanceof Json.Text text) {
      quote(text.value());
    } else if (json instanceof Json.Number number) {
      out.append(number.value());
    } else if (json instanceof Json.Bool bool) {
      out.append(bool.value());
    } else if (json instanceof Json.Array array) {
      out.append('[');
      var before = "";
      for (var element : array.elements()) {
        out.append(before);
        write(element);
        before = ",";
      }
      out.append(']');
    } else if (json instanceof Json.Object object) {
      out.append('{');
      var before = "";
      for (var member : object.members().entrySet()) {
        out.append(before);
        quote(member.getKey());
        out.append(':');
        write(member.getValue());
        before = ",";
      }
      out.append('}');
    } else {
      out.append("null");
    }
  }

  private void quote(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
