package {{package}}.client;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/** Reads JSON. */
final class JsonParser {
  private static final int DEPTH_MAX = 200;

  private final String text;
  private int at;
  private int depth;

  JsonParser(String text) {
    this.text = text;
  }

  Json parse() {
    var value = value();
    space();
    if (at < text.length()) {
      throw wrong("something after the value");
    }
    return value;
  }

  private Json value() {
    space();
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> new Json.Text(string());
      case 't' -> word("true", new Json.Bool(true));
      case 'f' -> word("false", new Json.Bool(false));
      case 'n' -> word("null", Json.Null.NULL);
      default -> number();
    };
  }

  private Json word(String word, Json value) {
    if (!text.startsWith(word, at)) {
      throw wrong("an unknown word");
    }
    at += word.length();
    return value;
  }

  private Json object() {
    enter();
    var members = new LinkedHashMap<String, Json>();
    while (more('}', !members.isEmpty())) {
      space();
      if (peek() != '"') {
        throw wrong("a member without a name");
      }
      var name = string();
      space();
      if (next() != ':') {
        throw wrong("no colon");
      }
      members.put(name, value());
    }
    depth--;
    return new Json.Object(members);
  }

  private Json array() {
    enter();
    var elements = new ArrayList<Json>();
    while (more(']', !elements.isEmpty())) {
      elements.add(value());
    }
    depth--;
    return new Json.Array(elements);
  }

  private void enter() {
    at++;
    if (++depth > DEPTH_MAX) {
      throw wrong("more than " + DEPTH_MAX + " brackets");
    }
  }

  /** Whether another element comes; takes the comma before it, or the bracket behind all. */
  private boolean more(char end, boolean some) {
    space();
    if (peek() == end) {
      at++;
      return false;
    }
    if (some && next() != ',') {
      throw wrong("no comma");
    }
    return true;
  }

  private String string() {
    var read = new StringBuilder();
    at++;
    for (char c = next(); c != '"'; c = next()) {
      read.append(c == '\\' ? escaped() : c);
    }
    return read.toString();
  }

  private char escaped() {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw wrong("an unknown escape");
    };
  }

  private char unicode() {
    if (at + 4 > text.length()) {
      throw wrong("an escape cut off");
    }
    try {
      char c = (char) Integer.parseInt(text.substring(at, at + 4), 16);
      at += 4;
      return c;
    } catch (NumberFormatException e) {
      throw wrong("a bad escape");
    }
  }

  private Json number() {
    int from = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    try {
      return new Json.Number(new BigDecimal(text.substring(from, at)));
    } catch (NumberFormatException e) {
      throw wrong("no value");
    }
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw wrong("an early end");
    }
    return text.charAt(at);
  }

  private char next() {
    char c = peek();
    at++;
    return c;
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("Not JSON: " + what + " at character " + at + ".");
  }
}
