package engineroom.door.graphql.document;

import engineroom.json.Json;
import graphql.language.Directive;
import graphql.language.DirectivesContainer;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Collects the fields that are asked of a type: fragments put in, `@skip` and `@include` followed,
/// the same field asked twice made one. Of a document that is valid.
public final class Fields {
  private final GraphQLSchema schema;
  private final Map<String, FragmentDefinition> fragments;
  private final Map<String, Json> truths;

  /// @param truths the variables that directives ask for
  Fields(
      GraphQLSchema schema, Map<String, FragmentDefinition> fragments, Map<String, Json> truths) {
    this.schema = schema;
    this.fragments = fragments;
    this.truths = truths;
  }

  /// The fields of an object type, in the order of the document.
  public List<Asked> of(String type, List<SelectionSet> sets) {
    var found = new LinkedHashMap<String, Asked>();
    var object = (GraphQLObjectType) schema.getType(type);
    if (object == null) {
      throw new IllegalStateException("a valid document asks for no " + type);
    }
    Set<String> seen = new HashSet<>();
    for (var set : sets) {
      collect(object, set, seen, found);
    }
    return List.copyOf(found.values());
  }

  private void collect(
      GraphQLObjectType type, SelectionSet set, Set<String> seen, Map<String, Asked> found) {
    for (Selection<?> selection : set.getSelections()) {
      switch (selection) {
        case Field field when wanted(field) -> add(type, field, found);
        case InlineFragment fragment when wanted(fragment) ->
            collect(type, fragment.getSelectionSet(), seen, found);
        case FragmentSpread spread when wanted(spread) && seen.add(spread.getName()) -> {
          var fragment = fragments.get(spread.getName());
          if (fragment != null) {
            collect(type, fragment.getSelectionSet(), seen, found);
          }
        }
        case Selection<?> _ -> {
          // left out
        }
      }
    }
  }

  private static void add(GraphQLObjectType type, Field field, Map<String, Asked> found) {
    var asked = Asked.of(field, type.getFieldDefinition(field.getName()));
    found.merge(asked.key(), asked, Asked::and);
  }

  private boolean wanted(DirectivesContainer<?> node) {
    return node.getDirectives("skip").stream().noneMatch(this::holds)
        && node.getDirectives("include").stream().allMatch(this::holds);
  }

  private boolean holds(Directive directive) {
    var condition = directive.getArgument("if");
    return condition != null
        && Literals.json(condition.getValue(), truths) instanceof Json.Bool(var truth)
        && truth;
  }
}
