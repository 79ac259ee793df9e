package engineroom.account.password;

import java.util.List;
import java.util.Locale;

/// Finds what makes a long password easy to guess all the same.
final class Guessable {
  /// Runs of neighbours, in both directions.
  private static final List<String> NEIGHBOURS =
      List.of(
          "abcdefghijklmnopqrstuvwxyz",
          "01234567890",
          "qwertyuiop",
          "asdfghjkl",
          "zxcvbnm",
          "qwertzuiop",
          "azertyuiop");

  /// A password whose characters follow from the one before, but for one in four, is no secret.
  private static final int CHARACTERS_PER_SURPRISE = 4;

  private Guessable() {}

  /// A common password, also with digits and marks around it, or several times over.
  static boolean common(String password) {
    var folded = password.toLowerCase(Locale.ROOT);
    if (CommonPasswords.contain(folded)) {
      return true;
    }
    var bare = withoutPadding(folded);
    if (bare.length() < 3) {
      return false;
    }
    var once = unit(bare);
    boolean mostOfIt = 2 * bare.length() >= folded.length();
    return CommonPasswords.contain(once)
        && (mostOfIt
            || surprises(padding(folded, bare)) * CHARACTERS_PER_SURPRISE <= padded(folded, bare));
  }

  private static int padded(String folded, String bare) {
    return folded.length() - bare.length();
  }

  private static String padding(String folded, String bare) {
    int start = folded.indexOf(bare);
    return folded.substring(0, start) + folded.substring(start + bare.length());
  }

  /// A run of neighbours, one character over and over, or a short text repeated.
  static boolean patterned(String password) {
    var once = unit(password.toLowerCase(Locale.ROOT));
    if (once.length() < password.length() && once.length() <= 4) {
      return true;
    }
    return surprises(once) * CHARACTERS_PER_SURPRISE <= password.length();
  }

  /// Whether a word makes up most of it.
  static boolean mostly(String password, String word) {
    var folded = password.toLowerCase(Locale.ROOT);
    var part = word.toLowerCase(Locale.ROOT);
    int left = folded.replace(part, "").length();
    return 2 * left < folded.length();
  }

  private static String withoutPadding(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && !Character.isLetter(text.charAt(start))) {
      start++;
    }
    while (end > start && !Character.isLetter(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  /// The shortest text that, repeated, gives this one; its last time may be cut.
  private static String unit(String text) {
    for (int length = 1; length <= text.length() / 2; length++) {
      if (text.startsWith(text.substring(length))) {
        return text.substring(0, length);
      }
    }
    return text;
  }

  /// Characters that don't follow from the one before.
  private static int surprises(String text) {
    int surprises = text.isEmpty() ? 0 : 1;
    for (int i = 1; i < text.length(); i++) {
      surprises += follows(text.charAt(i - 1), text.charAt(i)) ? 0 : 1;
    }
    return surprises;
  }

  private static boolean follows(char before, char after) {
    var forth = "" + before + after;
    var back = "" + after + before;
    return before == after
        || NEIGHBOURS.stream().anyMatch(run -> run.contains(forth) || run.contains(back));
  }
}
