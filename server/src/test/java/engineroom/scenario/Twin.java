package engineroom.scenario;

import engineroom.json.Json;
import engineroom.json.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// What a request of REST is in GraphQL.
sealed interface Twin {
  /// There is none.
  record None(String reason) implements Twin {}

  /// A document.
  ///
  /// @param data what of its data is to be like what of REST's body
  /// @param body what of REST's body
  record Document(
      String text, Map<String, Json> variables, UnaryOperator<Json> data, UnaryOperator<Json> body)
      implements Twin {
    /// The body of the request.
    String request() {
      return JsonWriter.text(
          new Json.Obj(Map.of("query", new Json.Text(text), "variables", new Json.Obj(variables))));
    }
  }

  /// A document as it is put together: its arguments are variables.
  final class Draft {
    private final String kind;
    private final List<String> declared = new ArrayList<>();
    private final Map<String, Json> values = new LinkedHashMap<>();

    Draft(String kind) {
      this.kind = kind;
    }

    /// `name: $v0`.
    String argument(String name, String type, Json value) {
      var variable = "v" + declared.size();
      declared.add("$" + variable + ": " + type);
      values.put(variable, value);
      return name + ": $" + variable;
    }

    /// A root field under the alias `it`.
    Document of(
        String field,
        List<String> arguments,
        String shown,
        UnaryOperator<Json> data,
        UnaryOperator<Json> body) {
      return whole("it: " + called(field, arguments) + shown, it -> data.apply(at(it, "it")), body);
    }

    Document whole(String fields, UnaryOperator<Json> data, UnaryOperator<Json> body) {
      var variables = declared.isEmpty() ? "" : "(" + String.join(", ", declared) + ")";
      return new Document(kind + " T" + variables + " { " + fields + " }", values, data, body);
    }
  }

  static String called(String field, List<String> arguments) {
    return field + (arguments.isEmpty() ? "" : "(" + String.join(", ", arguments) + ")");
  }

  /// A member of an object, or null.
  static Json at(Json json, String name) {
    return json instanceof Json.Obj(var members)
        ? members.getOrDefault(name, Json.Null.NULL)
        : Json.Null.NULL;
  }

  static Json text(String text) {
    return new Json.Text(text);
  }
}
