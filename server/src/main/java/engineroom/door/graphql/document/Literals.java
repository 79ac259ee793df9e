package engineroom.door.graphql.document;

import engineroom.json.Json;
import graphql.language.ArrayValue;
import graphql.language.BooleanValue;
import graphql.language.EnumValue;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.NullValue;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values of documents as JSON, variables put in.
final class Literals {
  private Literals() {}

  /// The value; null where it is a variable that was not given.
  static @Nullable Json json(Value<?> value, Map<String, Json> variables) {
    return switch (value) {
      case VariableReference reference -> variables.get(reference.getName());
      case NullValue _ -> Json.Null.NULL;
      case BooleanValue truth -> new Json.Bool(truth.isValue());
      case IntValue number -> new Json.Num(number.getValue().toString());
      case FloatValue number -> new Json.Num(number.getValue().toString());
      case StringValue text -> new Json.Text(String.valueOf(text.getValue()));
      case EnumValue name -> new Json.Text(name.getName());
      case ArrayValue array -> array(array.getValues(), variables);
      case ObjectValue object -> object(object.getObjectFields(), variables);
      case Value<?> other ->
          throw new IllegalStateException("there is no literal " + other.getClass());
    };
  }

  /// A variable that was not given is null among others.
  @SuppressWarnings("rawtypes") // as the library has it
  private static Json array(List<Value> values, Map<String, Json> variables) {
    var elements = new ArrayList<Json>(values.size());
    for (Value<?> value : values) {
      var json = json(value, variables);
      elements.add(json == null ? Json.Null.NULL : json);
    }
    return new Json.Arr(elements);
  }

  /// A member whose variable was not given is not there.
  private static Json object(List<ObjectField> fields, Map<String, Json> variables) {
    Map<String, Json> members = new LinkedHashMap<>();
    for (var field : fields) {
      var json = json(field.getValue(), variables);
      if (json != null) {
        members.put(field.getName(), json);
      }
    }
    return new Json.Obj(members);
  }

  /// Adds the variables that a value mentions, each as often as it does.
  static void variables(Value<?> value, List<String> names) {
    switch (value) {
      case VariableReference reference -> names.add(reference.getName());
      case ArrayValue array -> array.getValues().forEach(one -> variablesOf(one, names));
      case ObjectValue object ->
          object.getObjectFields().forEach(field -> variables(field.getValue(), names));
      case Value<?> _ -> {
        // mentions none
      }
    }
  }

  @SuppressWarnings("rawtypes") // as the library has it
  private static void variablesOf(Value value, List<String> names) {
    variables((Value<?>) value, names);
  }

  /// Whether a value is the same for every request.
  static boolean constant(Value<?> value) {
    return switch (value) {
      case VariableReference _ -> false;
      case ArrayValue array -> array.getValues().stream().allMatch(Literals::constantOf);
      case ObjectValue object ->
          object.getObjectFields().stream().allMatch(field -> constant(field.getValue()));
      case Value<?> _ -> true;
    };
  }

  @SuppressWarnings("rawtypes") // as the library has it
  private static boolean constantOf(Value value) {
    return constant((Value<?>) value);
  }
}
