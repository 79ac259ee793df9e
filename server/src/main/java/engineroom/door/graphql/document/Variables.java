package engineroom.door.graphql.document;

import engineroom.json.Json;
import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.OperationDefinition;
import graphql.language.Type;
import graphql.language.TypeName;
import graphql.language.VariableDefinition;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The variables that an operation takes.
final class Variables {
  private Variables() {}

  /// The values of an operation's variables; those that were not given and have no default are left
  /// out.
  static Map<String, Json> of(
      OperationDefinition operation, GraphQLSchema schema, Map<String, Json> given) {
    var values = new HashMap<String, Json>();
    for (var definition : operation.getVariableDefinitions()) {
      var type = (GraphQLInputType) type(definition.getType(), schema);
      var value = value(definition, type, given);
      if (value != null) {
        values.put(definition.getName(), Coercion.of("$" + definition.getName(), type, value));
      }
    }
    return values;
  }

  private static @Nullable Json value(
      VariableDefinition definition, GraphQLInputType type, Map<String, Json> given) {
    var value = given.get(definition.getName());
    var usual = definition.getDefaultValue();
    if (value == null && usual != null) {
      return Literals.json(usual, Map.of());
    }
    if (value == null && type instanceof GraphQLNonNull) {
      throw new Rejected("$" + definition.getName() + " is required.");
    }
    return value;
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
