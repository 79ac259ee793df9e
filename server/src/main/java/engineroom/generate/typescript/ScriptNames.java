package engineroom.generate.typescript;

import engineroom.model.Entity;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The names of a model's entities in TypeScript. Where one is taken, it gets a longer one.
final class ScriptNames {
  /// What stands behind the name of an entity in the names of its types.
  private static final List<String> SUFFIXES =
      List.of("", "Create", "Change", "Where", "Values", "Entity");

  /// Names that the client itself gives away, and those of the language that its types use.
  private static final Set<String> TYPES =
      Set.of(
          ("Add AnyMoneyWhere Array Asked Accounts Batch BatchRows CallOptions ChangeOptions"
                  + " Client Conditions ConflictError Connection ConnectionOptions Credentials"
                  + " DecimalWhere Deleted Edit Entity Exactly Expansions Export FieldName File"
                  + " Given GraphQLError Import Imported Moment Past"
                  + " GraphQLFailure GroupPath Json ListChange ListExpansion ListWhere Me Money"
                  + " MoneyWhere NewAccount NumberWhere Object Omit Ordered Page Partial PlainWhere"
                  + " Point PointWhere PresenceWhere Problem ProblemCode ProblemError Promise"
                  + " Question"
                  + " Readonly Record Reference ReferenceExpansion Referred Rows SearchedTextWhere"
                  + " SecondFactorNeeded Session Showing Shown SignInAnswer SignedIn Sort Step"
                  + " SumPath TextWhere TimeWhere TokenStore Tokens Total Totals Unseen ValueOf"
                  + " ValuePath ValueWhere ValuesWhere Violation WriteOptions Written")
              .split(" "));

  /// Names that no constant can have here.
  private static final Set<String> VALUES =
      Set.of(
          ("accounts arguments auth await batch break case catch class client connect connection"
                  + " const continue debugger default delete do else enum eval export exported"
                  + " extends false history imported imports sublist trash"
                  + " finally for function graphql if implements import in instanceof interface"
                  + " isConflict isGraphQLFailure isProblem let new null package private protected"
                  + " public return static super switch then this throw true try typeof undefined"
                  + " var void while with yield")
              .split(" "));

  private final Map<String, String> types = new HashMap<>();
  private final Map<String, String> constants = new HashMap<>();

  ScriptNames(Iterable<Entity> entities) {
    var taken = new HashSet<>(TYPES);
    var values = new HashSet<>(VALUES);
    for (var entity : entities) {
      var stem = title(entity.name());
      while (SUFFIXES.stream().map(stem::concat).anyMatch(taken::contains)) {
        stem += "Row";
      }
      SUFFIXES.stream().map(stem::concat).forEach(taken::add);
      types.put(entity.name(), stem);
      var constant = entity.plural();
      while (!values.add(constant)) {
        constant += "Rows";
      }
      constants.put(entity.name(), constant);
    }
  }

  private static String title(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  /// The type of an entity's rows: `Order`; with a suffix that of their conditions, and so on.
  String type(String entity) {
    return known(types, entity);
  }

  /// The function and the property that give an entity's rows: `orders`.
  String constant(String entity) {
    return known(constants, entity);
  }

  private static String known(Map<String, String> names, String entity) {
    var name = names.get(entity);
    if (name == null) {
      throw new IllegalArgumentException("a client does not know " + entity);
    }
    return name;
  }
}
