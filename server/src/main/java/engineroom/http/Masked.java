package engineroom.http;

import java.util.regex.Pattern;

/// Text for logs, without what looks like a credential.
final class Masked {
  static final String MASK = "(masked)";

  /// Letters and digits in a row that no word or id has.
  private static final int RUN = 40;

  private static final Pattern CREDENTIAL =
      Pattern.compile("(?:er_[A-Za-z0-9]+_|eyJ)[A-Za-z0-9._~-]{8,}|[A-Za-z0-9_-]{" + RUN + ",}");

  private Masked() {}

  /// A path as the log shows it.
  static String path(String path) {
    return suspicious(path) ? CREDENTIAL.matcher(path).replaceAll(MASK) : path;
  }

  /// Mostly not, and then nothing is searched: the search takes longer than an answer.
  private static boolean suspicious(String path) {
    return hasRun(path) || path.contains("er_") || path.contains("eyJ");
  }

  private static boolean hasRun(String path) {
    var run = 0;
    for (var i = 0; i < path.length(); i++) {
      run = inRun(path.charAt(i)) ? run + 1 : 0;
      if (run == RUN) {
        return true;
      }
    }
    return false;
  }

  private static boolean inRun(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || (c >= 'A' && c <= 'Z')
        || c == '-'
        || c == '_';
  }
}
