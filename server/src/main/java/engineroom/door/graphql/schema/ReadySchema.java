package engineroom.door.graphql.schema;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.ScalarInfo;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.util.Locale;

/// A schema as text, and as documents are validated against it.
///
/// @param text in the schema language
public record ReadySchema(String text, GraphQLSchema schema) {
  /// Any value: what is none of the type is told by whoever reads it.
  private static final class AnyValue implements Coercing<Object, Object> {
    @Override
    public Object parseLiteral(
        Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
      return input;
    }

    @Override
    public Object parseValue(Object input, GraphQLContext context, Locale locale) {
      return input;
    }

    @Override
    public Object serialize(Object value, GraphQLContext context, Locale locale) {
      return value;
    }
  }

  /// Makes a schema of its text.
  public static ReadySchema of(String text) {
    var definitions = new SchemaParser().parse(text);
    var options = SchemaGenerator.Options.defaultOptions().captureAstDefinitions(false);
    var schema =
        new SchemaGenerator().makeExecutableSchema(options, definitions, wiring(definitions));
    return new ReadySchema(text, schema);
  }

  private static RuntimeWiring wiring(TypeDefinitionRegistry definitions) {
    var wiring = RuntimeWiring.newRuntimeWiring();
    for (var scalar : definitions.scalars().values()) {
      if (!ScalarInfo.isGraphqlSpecifiedScalar(scalar.getName())) {
        var description = scalar.getDescription();
        wiring.scalar(
            GraphQLScalarType.newScalar()
                .name(scalar.getName())
                .description(description == null ? null : description.getContent())
                .coercing(new AnyValue())
                .build());
      }
    }
    return wiring.build();
  }
}
