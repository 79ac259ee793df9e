package engineroom.door.graphql.document;

import engineroom.json.Json;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Makes values fit their types as GraphQL has it: one value stands for a list of one, a number can
/// be an id. What remains to be read by the types of the model is left alone.
final class Coercion {
  private static final BigDecimal INT_MAX = BigDecimal.valueOf(Integer.MAX_VALUE);
  private static final BigDecimal INT_MIN = BigDecimal.valueOf(Integer.MIN_VALUE);
  private static final Pattern SHORT =
      Pattern.compile("-?\\d{1,40}(\\.\\d{1,40})?([eE][+-]?\\d{1,2})?");

  /// What is named in messages: `$where`, or `where`.
  private final String name;

  private Coercion(String name) {
    this.name = name;
  }

  /// The value as the type takes it.
  ///
  /// @param name of the variable or argument, for messages
  static Json of(String name, GraphQLInputType type, Json json) {
    return new Coercion(name).value(type, json, "");
  }

  private Json value(GraphQLType type, Json json, String path) {
    if (type instanceof GraphQLNonNull required) {
      if (json == Json.Null.NULL) {
        throw wrong(path, "must not be null");
      }
      return value(required.getWrappedType(), json, path);
    }
    if (json == Json.Null.NULL) {
      return json;
    }
    return switch (type) {
      case GraphQLList list -> list(list, json, path);
      case GraphQLInputObjectType object -> object(object, json, path);
      case GraphQLEnumType choice -> choice(choice, json, path);
      case GraphQLScalarType scalar -> scalar(scalar.getName(), json, path);
      case GraphQLType other ->
          throw new IllegalStateException(GraphQLTypeUtil.simplePrint(other) + " takes no value");
    };
  }

  private Json list(GraphQLList list, Json json, String path) {
    if (!(json instanceof Json.Arr(var elements))) {
      return new Json.Arr(List.of(value(list.getWrappedType(), json, path)));
    }
    var values = new ArrayList<Json>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      values.add(value(list.getWrappedType(), elements.get(i), path + "[" + i + "]"));
    }
    return new Json.Arr(values);
  }

  private Json object(GraphQLInputObjectType type, Json json, String path) {
    if (!(json instanceof Json.Obj(var members))) {
      throw wrong(path, "is not an object of the type " + type.getName());
    }
    Map<String, Json> values = new LinkedHashMap<>();
    members.forEach(
        (member, value) -> {
          var field = type.getFieldDefinition(member);
          if (field == null) {
            throw wrong(path, "has a member " + member + " that " + type.getName() + " lacks");
          }
          values.put(member, value(field.getType(), value, path + "." + member));
        });
    for (var field : type.getFieldDefinitions()) {
      if (GraphQLTypeUtil.isNonNull(field.getType()) && !members.containsKey(field.getName())) {
        throw wrong(path + "." + field.getName(), "is required");
      }
    }
    return new Json.Obj(values);
  }

  private Json choice(GraphQLEnumType type, Json json, String path) {
    if (json instanceof Json.Text(var text) && type.getValue(text) != null) {
      return json;
    }
    throw wrong(path, "is no value of the type " + type.getName());
  }

  private Json scalar(String type, Json json, String path) {
    return switch (type) {
      case "Int" -> number(json, path, "an Int: a whole number of 32 bits");
      case "Float" -> json instanceof Json.Num ? json : refuse(path, "is not a Float");
      case "String" -> json instanceof Json.Text ? json : refuse(path, "is not a String");
      case "Boolean" -> json instanceof Json.Bool ? json : refuse(path, "is not a Boolean");
      case "ID" -> id(json, path);
      default -> json;
    };
  }

  private Json number(Json json, String path, String what) {
    if (json instanceof Json.Num(var text) && SHORT.matcher(text).matches()) {
      var number = new BigDecimal(text);
      boolean whole = number.stripTrailingZeros().scale() <= 0;
      if (whole && number.compareTo(INT_MIN) >= 0 && number.compareTo(INT_MAX) <= 0) {
        var plain = number.toBigInteger().toString();
        return plain.equals(text) ? json : new Json.Num(plain);
      }
    }
    return refuse(path, "is not " + what);
  }

  private Json id(Json json, String path) {
    return switch (json) {
      case Json.Text _ -> json;
      case Json.Num(var text) when text.matches("-?\\d{1,19}") -> new Json.Text(text);
      case Json _ -> refuse(path, "is not an ID");
    };
  }

  private Json refuse(String path, String what) {
    throw wrong(path, what);
  }

  private Rejected wrong(String path, String what) {
    return new Rejected(name + path + " " + what + ".");
  }
}
