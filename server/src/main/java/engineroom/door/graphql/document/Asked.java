package engineroom.door.graphql.document;

import engineroom.door.graphql.document.Rejected.Place;
import engineroom.json.Json;
import graphql.language.Argument;
import graphql.language.Field;
import graphql.language.SelectionSet;
import graphql.language.Value;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A field of a document, put together from all places where it is asked for.
///
/// @param key under which it is answered
/// @param name of the field
/// @param arguments by name
/// @param sets what is asked of its value, from each place
/// @param place of its first mention
/// @param written its arguments as the document has them
public record Asked(
    String key,
    String name,
    Map<String, Bound> arguments,
    List<SelectionSet> sets,
    @Nullable Place place,
    List<Argument> written) {
  public Asked {
    sets = List.copyOf(sets);
    written = List.copyOf(written);
  }

  /// An argument with its type.
  ///
  /// @param constant the value where no variable is in it
  public record Bound(String name, GraphQLInputType type, Value<?> value, @Nullable Json constant) {
    /// The variables in it, each as often as it is there.
    public List<String> variables() {
      var names = new ArrayList<String>();
      Literals.variables(value, names);
      return names;
    }
  }

  static Asked of(Field field, @Nullable GraphQLFieldDefinition definition) {
    var arguments = new LinkedHashMap<String, Bound>();
    for (var argument : field.getArguments()) {
      if (definition != null) {
        arguments.put(argument.getName(), bound(argument, definition));
      }
    }
    var set = field.getSelectionSet();
    var sets = set == null ? List.<SelectionSet>of() : List.of(set);
    var at = field.getSourceLocation();
    var place = at == null ? null : new Place(at.getLine(), at.getColumn());
    return new Asked(
        field.getResultKey(), field.getName(), arguments, sets, place, field.getArguments());
  }

  /// The same, asked for at one more place.
  Asked and(Asked other) {
    var more = new ArrayList<>(sets);
    more.addAll(other.sets());
    return new Asked(key, name, arguments, more, place, written);
  }

  private static Bound bound(Argument argument, GraphQLFieldDefinition definition) {
    Value<?> value = argument.getValue();
    var type = definition.getArgument(argument.getName()).getType();
    var literal = Literals.constant(value) ? Literals.json(value, Map.of()) : null;
    var constant = literal == null ? null : Coercion.of(argument.getName(), type, literal);
    return new Bound(argument.getName(), type, value, constant);
  }

  /// The arguments of one request; those whose variables were not given are left out.
  public static Map<String, Json> values(
      Map<String, Bound> arguments, Map<String, Json> variables) {
    if (arguments.isEmpty()) {
      return Map.of();
    }
    Map<String, Json> values = new LinkedHashMap<>();
    arguments.forEach(
        (name, bound) -> {
          var value = value(bound, variables);
          if (value != null) {
            values.put(name, value);
          }
        });
    return values;
  }

  /// One argument of one request; null where its variable was not given.
  public static @Nullable Json value(Bound bound, Map<String, Json> variables) {
    if (bound.constant() != null) {
      return bound.constant();
    }
    var json = Literals.json(bound.value(), variables);
    return json == null ? null : Coercion.of(bound.name(), bound.type(), json);
  }
}
