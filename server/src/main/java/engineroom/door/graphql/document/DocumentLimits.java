package engineroom.door.graphql.document;

/// How much one document may ask.
///
/// @param depth fields within each other
/// @param tokens words, names, values and signs
/// @param aliases fields under another name
/// @param directives `@include` and its kin
/// @param roots fields of `Query` or `Mutation`
/// @param cost rows that it may bring at most, lists within lists multiplied
public record DocumentLimits(
    int depth, int tokens, int aliases, int directives, int roots, int cost) {
  /// Characters of a document; long values are sent as variables.
  static final int CHARACTERS_MAX = 100_000;

  /// Characters of a number.
  static final int DIGITS_MAX = 400;

  /// Brackets within each other, whatever they hold.
  static final int NESTING_MAX = 64;

  public DocumentLimits {
    positive("depth", depth);
    positive("tokens", tokens);
    positive("aliases", aliases);
    positive("directives", directives);
    positive("roots", roots);
    positive("cost", cost);
  }

  private static void positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be 1 or more, was " + value);
    }
  }

  /// What holds where the owner says nothing.
  public static DocumentLimits defaults() {
    return new DocumentLimits(10, 2_000, 15, 50, 20, 5_000);
  }
}
