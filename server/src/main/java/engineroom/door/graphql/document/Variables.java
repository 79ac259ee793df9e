package engineroom.door.graphql.document;

import engineroom.json.Json;
import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.OperationDefinition;
import graphql.language.Type;
import graphql.language.TypeName;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The variables that an operation takes, made ready for its requests.
///
/// @param all in their order
record Variables(List<Variable> all) {
  Variables {
    all = List.copyOf(all);
  }

  /// One variable.
  ///
  /// @param spelled as messages have it: `$id`
  /// @param usual its value where none is given, or null
  record Variable(String name, String spelled, GraphQLInputType type, @Nullable Json usual) {
    @Nullable Json value(Map<String, Json> given) {
      var value = given.get(name);
      if (value == null && usual == null && type instanceof GraphQLNonNull) {
        throw new Rejected(spelled + " is required.");
      }
      var told = value == null ? usual : value;
      return told == null ? null : Coercion.of(spelled, type, told);
    }
  }

  /// Those that an operation declares.
  static Variables of(OperationDefinition operation, GraphQLSchema schema) {
    var all = new ArrayList<Variable>();
    for (var definition : operation.getVariableDefinitions()) {
      var name = definition.getName();
      var type = (GraphQLInputType) type(definition.getType(), schema);
      var usual = definition.getDefaultValue();
      var value = usual == null ? null : Literals.json(usual, Map.of());
      all.add(new Variable(name, "$" + name, type, value));
    }
    return new Variables(all);
  }

  /// The values of one request; those that were not given and have no default are left out.
  Map<String, Json> values(Map<String, Json> given) {
    if (all.isEmpty()) {
      return Map.of();
    }
    var values = new HashMap<String, Json>();
    for (var variable : all) {
      var value = variable.value(given);
      if (value != null) {
        values.put(variable.name(), value);
      }
    }
    return values;
  }

  private static GraphQLType type(Type<?> type, GraphQLSchema schema) {
    return switch (type) {
      case NonNullType required -> GraphQLNonNull.nonNull(type(required.getType(), schema));
      case ListType list -> GraphQLList.list(type(list.getType(), schema));
      case TypeName name -> named(name.getName(), schema);
      case Type<?> other -> throw new IllegalStateException("there is no type " + other.getClass());
    };
  }

  private static GraphQLType named(String name, GraphQLSchema schema) {
    var type = schema.getType(name);
    if (type == null) {
      throw new Rejected("There is no type " + name + ".");
    }
    return type;
  }
}
