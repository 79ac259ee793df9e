package engineroom.modelfile;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What the owner's names may be, and which one was meant.
final class Names {
  private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9]*");
  private static final int LENGTH_MAX = 60;

  /// Words of the rule language.
  private static final Set<String> RULE_WORDS =
      Set.of(
          "or", "and", "not", "old", "caller", "request", "arg", "now", "today", "true", "false",
          "null", "in", "row", "size", "timestamp", "date", "duration");

  /// Words that a request's query gives a meaning.
  private static final Set<String> QUERY_WORDS =
      Set.of(
          "filter", "sort", "fields", "expand", "limit", "offset", "after", "count", "explain",
          "group", "having", "max", "validate", "atomic");

  private Names() {}

  /// Checks the name of an entity.
  static void entity(Node.Scalar name, Mistakes mistakes) {
    shape("The entity", name, mistakes);
    if (Language.OPTIONS.containsKey(name.text())) {
      mistakes.add(
          name, "The entity can't be called " + name.text() + ": that is a type.", "Rename it.");
    } else if (RULE_WORDS.contains(name.text())) {
      ruleWord("entity", name, mistakes);
    }
  }

  /// Checks the name of a field.
  static void field(Node.Scalar name, Mistakes mistakes) {
    shape("The field", name, mistakes);
    if (RULE_WORDS.contains(name.text()) && !Language.OPTIONS.containsKey(name.text())
        && !name.text().equals("size") && !name.text().equals("row")) {
      ruleWord("field", name, mistakes);
    }
    if (QUERY_WORDS.contains(name.text())) {
      mistakes.add(
          name,
          "A field can't be called " + name.text() + ": requests use the word in their query.",
          "Rename it.");
    }
  }

  private static void ruleWord(String kind, Node.Scalar name, Mistakes mistakes) {
    mistakes.add(
        name,
        (kind.equals("entity") ? "An " : "A ") + kind + " can't be called " + name.text()
            + ": the rule language has the word.",
        "Rename it.");
  }

  /// Checks what all names have in common.
  static void shape(String what, Node.Scalar name, Mistakes mistakes) {
    if (!NAME.matcher(name.text()).matches()) {
      mistakes.add(
          name,
          what + " " + name.text() + " needs a name of letters and digits that begins with a small letter.",
          "Call it " + proper(name.text()) + ".");
    } else if (name.text().length() > LENGTH_MAX) {
      mistakes.add(
          name, what + "'s name has more than " + LENGTH_MAX + " letters.", "Shorten it.");
    }
  }

  private static String proper(String text) {
    var proper = new StringBuilder();
    for (var part : text.split("[^A-Za-z0-9]+", -1)) {
      if (!part.isEmpty()) {
        proper.append(
            proper.isEmpty()
                ? Character.toLowerCase(part.charAt(0)) + part.substring(1)
                : Character.toUpperCase(part.charAt(0)) + part.substring(1));
      }
    }
    return proper.isEmpty() || !Character.isLetter(proper.charAt(0)) ? "x" + proper : proper.toString();
  }

  /// `Did you mean …?` for the name that is nearest, where one is near.
  static Optional<String> hint(String name, Collection<String> candidates) {
    return nearest(name, candidates).map(nearest -> "Did you mean " + nearest + "?");
  }

  static Optional<String> nearest(String name, Collection<String> candidates) {
    int limit = Math.max(1, name.length() / 3);
    return candidates.stream()
        .filter(candidate -> distance(name, candidate) <= limit)
        .min(Comparator.comparingInt((String c) -> distance(name, c)).thenComparing(c -> c));
  }

  /// Letters to change, add, remove or swap.
  private static int distance(String a, String b) {
    var left = a.toLowerCase(java.util.Locale.ROOT);
    var right = b.toLowerCase(java.util.Locale.ROOT);
    var d = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      for (int j = 0; j <= right.length(); j++) {
        d[i][j] = i == 0 || j == 0 ? i + j : step(d, left, right, i, j);
      }
    }
    return d[left.length()][right.length()];
  }

  private static int step(int[][] d, String left, String right, int i, int j) {
    int cost = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
    int best = Math.min(d[i - 1][j - 1] + cost, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1
            && left.charAt(i - 1) == right.charAt(j - 2)
            && left.charAt(i - 2) == right.charAt(j - 1);
    return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
  }
}
