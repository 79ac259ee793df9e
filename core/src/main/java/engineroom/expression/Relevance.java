package engineroom.expression;

import engineroom.data.Value;
import java.util.List;

/// How well a row's texts match the words searched for: the same number on every store, so that an
/// order and its cursors are the same too. A word counts more the more often it stands in a text,
/// with less and less gain, and the shorter the text is (the term frequency of Okapi BM25, k1 =
/// 1.2, b = 0.75, for texts of twenty words on average); the first field counts whole, the second a
/// half, the third a third. A word that only begins with the last one searched counts 0.7.
final class Relevance {
  private static final double SATURATION = 1.2;
  private static final double LENGTH_SHARE = 0.75;
  private static final double LENGTH_AVERAGE = 20;
  private static final double PREFIX = 0.7;

  private Relevance() {}

  /// @param arguments the words as typed, then the texts, the most telling first; a null text is
  ///   empty
  static Value of(List<Value> arguments) {
    if (!(arguments.getFirst() instanceof Value.Text(var searched))) {
      return Value.NULL;
    }
    var words = Words.of(searched);
    double sum = 0;
    for (int i = 1; i < arguments.size(); i++) {
      if (arguments.get(i) instanceof Value.Text(var text)) {
        sum += score(words, Words.of(text)) / i;
      }
    }
    return new Value.Number(sum);
  }

  private static double score(List<String> searched, List<String> present) {
    double length = 1 - LENGTH_SHARE + LENGTH_SHARE * present.size() / LENGTH_AVERAGE;
    double sum = 0;
    for (int i = 0; i < searched.size(); i++) {
      double often = hits(searched.get(i), present, i == searched.size() - 1 ? PREFIX : 0);
      sum += often / (often + SATURATION * length);
    }
    return sum;
  }

  private static double hits(String word, List<String> present, double prefix) {
    double hits = 0;
    for (var other : present) {
      if (other.equals(word)) {
        hits += 1;
      } else if (other.startsWith(word)) {
        hits += prefix;
      }
    }
    return hits;
  }
}
