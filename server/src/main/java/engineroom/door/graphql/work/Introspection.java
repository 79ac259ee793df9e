package engineroom.door.graphql.work;

import engineroom.door.graphql.compiled.RootField;
import engineroom.door.graphql.document.Prepared;
import engineroom.door.graphql.document.Prepared.Wanted;
import engineroom.door.graphql.schema.ReadySchema;
import engineroom.json.Json;
import engineroom.json.JsonWriter;
import graphql.ExecutionInput;
import graphql.GraphQL;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Answers what is asked of the schema, by the library: the one thing that it carries out.
public final class Introspection {
  private final ReadySchema schema;
  private final Prepared document;
  private final Wanted wanted;

  public Introspection(ReadySchema schema, Prepared document, Wanted wanted) {
    this.schema = schema;
    this.document = document;
    this.wanted = wanted;
  }

  /// The value of one root field as JSON.
  public byte[] value(RootField.Introspection root) {
    var alone = alone(root);
    var library =
        GraphQL.newGraphQL(schema.schema())
            .preparsedDocumentProvider(
                (_, _) -> CompletableFuture.completedFuture(new PreparsedDocumentEntry(alone)))
            .build();
    var input = ExecutionInput.newExecutionInput().query("{ __schema }").variables(variables());
    Map<String, Object> data = library.execute(input.build()).getData();
    var value = data == null ? null : data.get(root.asked().key());
    return JsonWriter.write(json(value));
  }

  /// The document with this root field and no other.
  private Document alone(RootField.Introspection root) {
    var asked = root.asked();
    var selections = new ArrayList<Selection<?>>();
    asked.sets().forEach(set -> set.getSelections().forEach(one -> selections.add(one)));
    var field =
        Field.newField(asked.name())
            .alias(asked.key())
            .arguments(asked.written())
            .selectionSet(new SelectionSet(selections))
            .build();
    var operation =
        wanted
            .definition()
            .transform(builder -> builder.selectionSet(new SelectionSet(List.of(field))));
    var whole = Document.newDocument().definition(operation);
    document.document().getDefinitions().stream()
        .filter(definition -> !(definition instanceof OperationDefinition))
        .map(FragmentDefinition.class::cast)
        .forEach(whole::definition);
    return whole.build();
  }

  private Map<String, Object> variables() {
    var values = new HashMap<String, Object>();
    wanted
        .variables()
        .forEach(
            (name, value) -> {
              switch (value) {
                case Json.Text(var text) -> values.put(name, text);
                case Json.Bool(var truth) -> values.put(name, truth);
                case Json _ -> {
                  // nothing of the schema takes such a value
                }
              }
            });
    return values;
  }

  private static Json json(@Nullable Object value) {
    return switch (value) {
      case null -> Json.Null.NULL;
      case Map<?, ?> map -> {
        var members = new LinkedHashMap<String, Json>();
        map.forEach((name, inner) -> members.put(String.valueOf(name), json(inner)));
        yield new Json.Obj(members);
      }
      case List<?> list -> new Json.Arr(list.stream().map(Introspection::json).toList());
      case Boolean truth -> new Json.Bool(truth);
      case Object other -> new Json.Text(other.toString());
    };
  }
}
