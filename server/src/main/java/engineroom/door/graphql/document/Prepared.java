package engineroom.door.graphql.document;

import engineroom.door.graphql.document.Rejected.Fault;
import engineroom.door.graphql.document.Rejected.Place;
import engineroom.door.graphql.schema.ReadySchema;
import engineroom.json.Json;
import graphql.language.Argument;
import graphql.language.Definition;
import graphql.language.Directive;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.SourceLocation;
import graphql.language.VariableReference;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import graphql.schema.GraphQLSchema;
import graphql.validation.QueryComplexityLimits;
import graphql.validation.Validator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A document that is within its limits and valid for a schema, and what it asks for.
public final class Prepared {
  /// Faults told of one document.
  private static final int FAULTS_MAX = 20;

  private static final Set<String> INTROSPECTION = Set.of("__schema", "__type");

  /// Characters of a message.
  private static final int MESSAGE_MAX = 300;

  private final GraphQLSchema schema;
  private final Document document;
  private final Map<String, FragmentDefinition> fragments = new HashMap<>();
  private final List<OperationDefinition> operations = new ArrayList<>();
  private final IdentityHashMap<OperationDefinition, Variables> variables = new IdentityHashMap<>();
  private Set<String> deciding = Set.of();
  private boolean introspects;

  /// One operation of a document as one request asks for it.
  ///
  /// @param mutation whether it writes
  /// @param variables with their defaults
  /// @param truths the variables that decide which fields are wanted
  public record Wanted(
      OperationDefinition definition,
      boolean mutation,
      Map<String, Json> variables,
      Map<String, Json> truths) {}

  private Prepared(GraphQLSchema schema, Document document) {
    this.schema = schema;
    this.document = document;
    for (Definition<?> definition : document.getDefinitions()) {
      switch (definition) {
        case FragmentDefinition fragment -> fragments.putIfAbsent(fragment.getName(), fragment);
        case OperationDefinition operation -> operations.add(operation);
        case Definition<?> _ -> throw new Rejected("A document defines no types here.");
      }
    }
  }

  /// Reads a document: counted before it is parsed, measured before it is validated.
  public static Prepared of(String text, ReadySchema schema, DocumentLimits limits) {
    DocumentScan.check(text, limits);
    var prepared = new Prepared(schema.schema(), parsed(text));
    for (var operation : prepared.operations) {
      Reach.check(operation.getSelectionSet(), prepared.fragments, limits);
    }
    prepared.validate();
    prepared.makeReady();
    return prepared;
  }

  private static Document parsed(String text) {
    var options =
        ParserOptions.getDefaultOperationParserOptions()
            .transform(builder -> builder.captureIgnoredChars(false).captureLineComments(false));
    var environment =
        ParserEnvironment.newParserEnvironment().document(text).parserOptions(options).build();
    try {
      return Parser.parse(environment);
    } catch (InvalidSyntaxException e) {
      var message = String.valueOf(e.getMessage()).replaceAll("\\s+", " ").strip();
      throw new Rejected(List.of(new Fault(message, place(e.getLocation()))));
    } catch (NumberFormatException _) {
      throw new Rejected("A number of the document has an exponent beyond 32 bits.");
    }
  }

  private void validate() {
    var found =
        new Validator()
            .validateDocument(
                schema, document, _ -> true, Locale.ENGLISH, QueryComplexityLimits.NONE);
    if (!found.isEmpty()) {
      throw new Rejected(
          found.stream()
              .limit(FAULTS_MAX)
              .map(
                  error ->
                      new Fault(
                          message(error.getMessage()),
                          error.getLocations() == null || error.getLocations().isEmpty()
                              ? null
                              : place(error.getLocations().getFirst())))
              .toList());
    }
  }

  /// Finds once what every request asks of a document.
  private void makeReady() {
    operations.forEach(operation -> variables.put(operation, Variables.of(operation, schema)));
    deciding = Set.copyOf(deciding());
    introspects = mentions(INTROSPECTION);
  }

  /// Without the library's own words before it, and without the values that were sent.
  private static String message(String text) {
    var told =
        text.replaceFirst("^Validation error \\(\\w+(@\\[[^]]*])?\\) : ", "")
            .replaceFirst("(?s) with value '.*}' ", " ");
    return told.length() <= MESSAGE_MAX ? told : told.substring(0, MESSAGE_MAX) + "…";
  }

  private static @Nullable Place place(@Nullable SourceLocation location) {
    return location == null || location.getLine() < 1
        ? null
        : new Place(location.getLine(), location.getColumn());
  }

  /// The operation that a request names, or the only one.
  public Wanted wanted(@Nullable String name, Map<String, Json> given) {
    var definition = named(name);
    if (definition.getOperation() == OperationDefinition.Operation.SUBSCRIPTION) {
      throw new Rejected("There are no subscriptions yet.");
    }
    var ready = variables.get(definition);
    var values = (ready == null ? Variables.of(definition, schema) : ready).values(given);
    boolean mutation = definition.getOperation() == OperationDefinition.Operation.MUTATION;
    return new Wanted(definition, mutation, values, truths(values));
  }

  private Map<String, Json> truths(Map<String, Json> values) {
    if (deciding.isEmpty()) {
      return Map.of();
    }
    var truths = new HashMap<String, Json>();
    for (var variable : deciding) {
      var value = values.get(variable);
      if (value != null) {
        truths.put(variable, value);
      }
    }
    return truths;
  }

  private OperationDefinition named(@Nullable String name) {
    if (name == null || name.isEmpty()) {
      if (operations.size() == 1) {
        return operations.getFirst();
      }
      throw new Rejected(
          operations.isEmpty()
              ? "The document has no operation."
              : "The document has several operations: say which in operationName.");
    }
    return operations.stream()
        .filter(operation -> name.equals(operation.getName()))
        .findFirst()
        .orElseThrow(() -> new Rejected("The document has no operation " + name + "."));
  }

  /// Whether an operation asks for the schema.
  public boolean introspects() {
    return introspects;
  }

  private boolean mentions(Set<String> names) {
    return operations.stream().anyMatch(o -> mentions(o.getSelectionSet(), names))
        || fragments.values().stream().anyMatch(f -> mentions(f.getSelectionSet(), names));
  }

  private static boolean mentions(SelectionSet set, Set<String> names) {
    for (Selection<?> selection : set.getSelections()) {
      boolean found =
          switch (selection) {
            case Field field -> names.contains(field.getName());
            case InlineFragment fragment -> mentions(fragment.getSelectionSet(), names);
            case Selection<?> _ -> false;
          };
      if (found) {
        return true;
      }
    }
    return false;
  }

  /// The variables that `@skip` and `@include` ask for.
  private Set<String> deciding() {
    var names = new HashSet<String>();
    operations.forEach(operation -> deciding(operation.getSelectionSet(), names));
    fragments.values().forEach(fragment -> deciding(fragment.getSelectionSet(), names));
    return names;
  }

  private static void deciding(@Nullable SelectionSet set, Set<String> names) {
    if (set == null) {
      return;
    }
    for (Selection<?> selection : set.getSelections()) {
      switch (selection) {
        case Field field -> {
          field.getDirectives().forEach(directive -> deciding(directive, names));
          deciding(field.getSelectionSet(), names);
        }
        case InlineFragment fragment -> {
          fragment.getDirectives().forEach(directive -> deciding(directive, names));
          deciding(fragment.getSelectionSet(), names);
        }
        case FragmentSpread spread ->
            spread.getDirectives().forEach(directive -> deciding(directive, names));
        case Selection<?> _ -> throw new IllegalStateException("there is no other selection");
      }
    }
  }

  private static void deciding(Directive directive, Set<String> names) {
    for (Argument argument : directive.getArguments()) {
      if (argument.getValue() instanceof VariableReference reference) {
        names.add(reference.getName());
      }
    }
  }

  /// Collects the fields of an operation.
  public Fields fields(Wanted wanted) {
    return new Fields(schema, fragments, wanted.truths());
  }

  /// The parsed document, for what the library answers itself.
  public Document document() {
    return document;
  }
}
