package engineroom.stores.sql;

import engineroom.data.JsonText;
import engineroom.data.Type;
import engineroom.data.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Lists as the JSON text that a column holds, and back. Reads only what this program has written.
public final class JsonForm {
  private final String json;
  private int at;

  private JsonForm(String json) {
    this.json = json;
  }

  /// The text of a list; of anything else one that no list has.
  public static String text(Type.ListOf type, Value value) {
    return value instanceof Value.ListOf ? JsonText.of(value) : "not a list of " + type.element();
  }

  static void quote(StringBuilder out, String text) {
    JsonText.quote(out, text);
  }

  /// The list that a text shows.
  static Value list(Type.ListOf type, String json) {
    return new JsonForm(json).array(type.element());
  }

  /// The value that a text shows.
  public static Value value(Type type, String json) {
    return json.equals("null") ? Value.NULL : new JsonForm(json).element(type);
  }

  /// The members of an object, each as the JSON text of its value, in order.
  public static Map<String, String> members(String json) {
    var reader = new JsonForm(json);
    var members = new LinkedHashMap<String, String>();
    reader.at++;
    while (json.charAt(reader.at) != '}') {
      var name = reader.string();
      reader.at++;
      members.put(name, reader.raw());
      if (json.charAt(reader.at) == ',') {
        reader.at++;
      }
    }
    return members;
  }

  private Value array(Type element) {
    var elements = new ArrayList<Value>();
    at++;
    while (json.charAt(at) != ']') {
      elements.add(element(element));
      if (json.charAt(at) == ',') {
        at++;
      }
    }
    at++;
    return new Value.ListOf(List.copyOf(elements));
  }

  private Value element(Type type) {
    return switch (type) {
      case Type.ListOf(var inner) -> array(inner);
      case Type.Scalar scalar -> one(scalar);
      case Type.RowOf _, Type.RowsOf _ ->
          throw new IllegalArgumentException("a list can't hold " + type);
    };
  }

  private Value one(Type.Scalar type) {
    return switch (type) {
      case POINT -> point();
      case MONEY -> money();
      case JSON -> new Value.Json(raw());
      case TEXT,
          INTEGER,
          DECIMAL,
          NUMBER,
          BOOLEAN,
          TIMESTAMP,
          DATE,
          TIME,
          DURATION,
          UUID,
          BYTES,
          NULL ->
          scalar(type);
    };
  }

  private Value scalar(Type.Scalar type) {
    if (json.charAt(at) == '"') {
      return Codec.parse(type, string());
    }
    var word = raw();
    return word.equals("null") ? Value.NULL : Codec.parse(type, word);
  }

  private Value point() {
    var members = members();
    return new Value.Point(number(members, "latitude"), number(members, "longitude"));
  }

  private static double number(Map<String, String> members, String name) {
    return Double.parseDouble(members.getOrDefault(name, "0"));
  }

  private Value money() {
    var members = members();
    return new Value.Money(
        Long.parseLong(members.getOrDefault("amount", "0")), members.getOrDefault("currency", ""));
  }

  private Map<String, String> members() {
    var members = new LinkedHashMap<String, String>();
    at++;
    while (json.charAt(at) != '}') {
      var name = string();
      at++;
      members.put(name, json.charAt(at) == '"' ? string() : raw());
      if (json.charAt(at) == ',') {
        at++;
      }
    }
    at++;
    return members;
  }

  /// The text of any value, up to the comma or bracket that ends it.
  private String raw() {
    var start = at;
    var depth = 0;
    while (at < json.length() && !(depth == 0 && ",]}".indexOf(json.charAt(at)) >= 0)) {
      depth += step();
    }
    return json.substring(start, at);
  }

  private int step() {
    switch (json.charAt(at)) {
      case '"' -> string();
      case '[', '{' -> {
        at++;
        return 1;
      }
      case ']', '}' -> {
        at++;
        return -1;
      }
      default -> at++;
    }
    return 0;
  }

  private String string() {
    var text = new StringBuilder();
    at++;
    while (json.charAt(at) != '"') {
      text.append(json.charAt(at) == '\\' ? escaped() : json.charAt(at++));
    }
    at++;
    return text.toString();
  }

  private char escaped() {
    at += 2;
    return switch (json.charAt(at - 1)) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        at += 4;
        yield (char) Integer.parseInt(json, at - 4, at, 16);
      }
      default -> json.charAt(at - 1);
    };
  }
}
