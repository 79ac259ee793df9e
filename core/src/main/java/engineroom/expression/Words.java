package engineroom.expression;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How text is searched: words of letters and digits, without case and accents.
public final class Words {
  private Words() {}

  /// The folded words of a text.
  public static List<String> of(String text) {
    var folded = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    folded
        .codePoints()
        .forEach(
            point -> {
              if (Character.isLetterOrDigit(point)) {
                word.appendCodePoint(point);
              } else if (!mark(point)) {
                end(word, words);
              }
            });
    end(word, words);
    return words;
  }

  private static boolean mark(int point) {
    int type = Character.getType(point);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }

  private static void end(StringBuilder word, List<String> words) {
    if (!word.isEmpty()) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  /// Whether every word searched for is among the words of a row, the last one as a prefix of one.
  /// Nothing is found by nothing.
  public static boolean match(List<String> searched, List<String> present) {
    if (searched.isEmpty()) {
      return false;
    }
    var last = searched.getLast();
    return present.containsAll(searched.subList(0, searched.size() - 1))
        && present.stream().anyMatch(word -> word.startsWith(last));
  }
}
