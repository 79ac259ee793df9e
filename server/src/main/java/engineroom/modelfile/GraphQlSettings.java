package engineroom.modelfile;

/// How much one GraphQL document may ask, and who may ask for the schema.
///
/// @param depth fields within each other
/// @param tokens words, names, values and signs
/// @param aliases fields under another name
/// @param directives `@include` and its kin
/// @param rootFields of one operation
/// @param cost rows that a request may bring at most, lists within lists multiplied
/// @param schema who may ask for it
public record GraphQlSettings(
    int depth,
    int tokens,
    int aliases,
    int directives,
    int rootFields,
    int cost,
    SchemaFor schema) {
  /// Who may ask for the schema. In `dev` everybody may.
  public enum SchemaFor {
    EVERYBODY,
    SIGNED_IN
  }

  public GraphQlSettings {
    within("depth", depth, 30);
    within("tokens", tokens, 20_000);
    within("aliases", aliases, 1_000);
    within("directives", directives, 1_000);
    within("rootFields", rootFields, 100);
    within("cost", cost, 1_000_000);
  }

  private static void within(String name, int value, int max) {
    if (value < 1 || value > max) {
      throw new IllegalArgumentException(name + " must be 1 to " + max + ", was " + value);
    }
  }

  /// What holds where the owner says nothing.
  public static GraphQlSettings defaults() {
    return new GraphQlSettings(10, 2_000, 15, 50, 20, 5_000, SchemaFor.SIGNED_IN);
  }

  /// The same, with the schema open to everybody.
  GraphQlSettings open() {
    return new GraphQlSettings(
        depth, tokens, aliases, directives, rootFields, cost, SchemaFor.EVERYBODY);
  }
}
