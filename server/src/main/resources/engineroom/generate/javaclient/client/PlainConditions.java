package {{package}}.client;

import java.util.stream.Collectors;

/** Conditions as parameters: `customer.city.eq=Berlin`, all of which hold. */
final class PlainConditions {
  private PlainConditions() {}

  static void add(Json condition, String before, Parameters to) {
    for (var member : condition.object().members().entrySet()) {
      var name = member.getKey();
      var value = member.getValue();
      if (name.equals("and") && value instanceof Json.Array several) {
        several.elements().forEach(one -> add(one, before, to));
      } else if (name.equals("or")
          || name.equals("not")
          || name.equals("every")
          || name.equals("none")) {
        throw new IllegalArgumentException(
            name
                + " is for questions; totals and writes of many rows take conditions that all"
                + " hold.");
      } else if (name.equals("some")) {
        add(value, before, to);
      } else {
        value(before.isEmpty() ? name : before + "." + name, name, value, to);
      }
    }
  }

  private static void value(String key, String name, Json value, Parameters to) {
    if (value instanceof Json.Object) {
      add(value, key, to);
    } else if (value instanceof Json.Array several) {
      to.add(
          key,
          several.elements().stream()
              .map(one -> listed(key, one))
              .collect(Collectors.joining(",")));
    } else if (value == Json.Null.NULL) {
      boolean operator = name.equals("eq") || name.equals("ne");
      var field = operator ? key.substring(0, key.length() - name.length() - 1) : key;
      to.add(field + ".isNull", !name.equals("ne"));
    } else {
      to.add(key, text(value));
    }
  }

  private static String listed(String key, Json value) {
    var text = text(value);
    if (text.contains(",")) {
      throw new IllegalArgumentException(
          key
              + " has a value with a comma, which can't be among several here. Ask in several"
              + " calls.");
    }
    return text;
  }

  private static String text(Json value) {
    return value instanceof Json.Text text ? text.value() : value.written();
  }
}
