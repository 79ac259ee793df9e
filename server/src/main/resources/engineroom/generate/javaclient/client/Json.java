package {{package}}.client;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as a value. */
public sealed interface Json {
  /** Nothing. */
  enum Null implements Json {
    NULL
  }

  /** Yes or no. */
  record Bool(boolean value) implements Json {}

  /** A number, exact as it was written. */
  record Number(BigDecimal value) implements Json {}

  /** A text. */
  record Text(String value) implements Json {}

  /** Values in a row. */
  record Array(List<Json> elements) implements Json {
    public Array {
      elements = List.copyOf(elements);
    }
  }

  /** Members by their names, in the order in which they were written. */
  record Object(Map<String, Json> members) implements Json {
    public Object {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /** The member of a name; {@link Null} where there is none. */
    public Json at(String name) {
      return members.getOrDefault(name, Null.NULL);
    }

    /** The same with one member more, or another in its place. */
    public Object with(String name, Json value) {
      var more = new LinkedHashMap<>(members);
      more.put(name, value);
      return new Object(more);
    }
  }

  /** An object without members. */
  Object EMPTY = new Object(Map.of());

  /** A text, or {@link Null} for null. */
  static Json of(String text) {
    return text == null ? Null.NULL : new Text(text);
  }

  /** A whole number. */
  static Json of(long number) {
    return new Number(BigDecimal.valueOf(number));
  }

  /** Yes or no. */
  static Json of(boolean truth) {
    return new Bool(truth);
  }

  /** Values in a row. */
  static Json of(List<? extends Json> elements) {
    return new Array(new ArrayList<>(elements));
  }

  /** Reads a text. */
  static Json parse(String text) {
    return new JsonParser(text).parse();
  }

  /** The members of an object; none where it is something else. */
  default Object object() {
    return this instanceof Object object ? object : EMPTY;
  }

  /** The elements of an array; none where it is something else. */
  default List<Json> elements() {
    return this instanceof Array array ? array.elements() : List.of();
  }

  /** A text's value; null where it is something else. */
  default String text() {
    return this instanceof Text text ? text.value() : null;
  }

  /** As it is sent. */
  default String written() {
    return JsonPrinter.print(this);
  }
}
