package engineroom.door.graphql.document;

import static engineroom.problem.ProblemException.problem;

import engineroom.problem.OperationProblem.TooMuch;
import org.jspecify.annotations.Nullable;

/// Counts what a document holds before anybody parses it, in one pass over its characters. What is
/// no GraphQL is counted too: the parser will say so. The same pass can give the document without
/// what GraphQL ignores, so that documents are compared by what they say.
public final class DocumentScan {
  private final String text;
  private final DocumentLimits limits;
  private final boolean[] selections = new boolean[DocumentLimits.NESTING_MAX + 1];
  private int at;
  private int tokens;
  private int aliases;
  private int directives;
  private int nesting;
  private boolean named;

  /// Takes the tokens, or null.
  private @Nullable StringBuilder heard;

  private DocumentScan(String text, DocumentLimits limits) {
    this.text = text;
    this.limits = limits;
  }

  /// Refuses a document beyond the limits.
  static void check(String text, DocumentLimits limits) {
    within("characters", text.length(), DocumentLimits.CHARACTERS_MAX);
    new DocumentScan(text, limits).run();
  }

  /// The tokens of a document with a space behind each: alike for documents that differ in spaces,
  /// commas and remarks alone. Refuses one beyond the limits.
  public static String plain(String text, DocumentLimits limits) {
    within("characters", text.length(), DocumentLimits.CHARACTERS_MAX);
    var scan = new DocumentScan(text, limits);
    var heard = new StringBuilder(text.length());
    scan.heard = heard;
    scan.run();
    return heard.toString();
  }

  private void run() {
    while (at < text.length()) {
      char sign = text.charAt(at);
      if (sign == '#') {
        comment();
      } else if (sign == ' ' || sign == ',' || sign == '\n' || sign == '\r' || sign == '\t') {
        at++;
      } else {
        int from = at;
        token(sign);
        if (heard != null) {
          hear(heard, text.substring(from, Math.min(at, text.length())));
        }
      }
    }
  }

  /// Dots may stand at the name of a fragment or before it.
  private static void hear(StringBuilder heard, String token) {
    if (token.startsWith("...") && token.length() > 3) {
      heard.append("... ").append(token, 3, token.length()).append(' ');
    } else {
      heard.append(token).append(' ');
    }
  }

  private void comment() {
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
  }

  private void token(char sign) {
    within("tokens", ++tokens, limits.tokens());
    boolean afterName = named;
    named = false;
    switch (sign) {
      case '{', '(', '[' -> open(sign);
      case '}', ')', ']' -> close();
      case '"' -> string();
      case '@' -> {
        within("directives", ++directives, limits.directives());
        at++;
      }
      case ':' -> {
        if (afterName && selections[nesting]) {
          within("aliases", ++aliases, limits.aliases());
        }
        at++;
      }
      default -> word();
    }
  }

  private void open(char sign) {
    boolean within = selections[nesting] || nesting == 0;
    within("nesting", ++nesting, DocumentLimits.NESTING_MAX);
    selections[nesting] = sign == '{' && within;
    at++;
  }

  private void close() {
    nesting = Math.max(0, nesting - 1);
    at++;
  }

  private void string() {
    if (text.startsWith("\"\"\"", at)) {
      int end = text.indexOf("\"\"\"", at + 3);
      while (end > 0 && text.charAt(end - 1) == '\\') {
        end = text.indexOf("\"\"\"", end + 3);
      }
      at = end < 0 ? text.length() : end + 3;
      return;
    }
    at++;
    while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\n') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    at++;
  }

  private void word() {
    int from = at;
    while (at < text.length() && part(text.charAt(at))) {
      at++;
    }
    named = at > from;
    char first = text.charAt(from);
    if (first == '-' || (first >= '0' && first <= '9')) {
      within("digits", at - from, DocumentLimits.DIGITS_MAX);
    }
    at = Math.max(at, from + 1);
  }

  private static boolean part(char sign) {
    return (sign >= 'a' && sign <= 'z')
        || (sign >= 'A' && sign <= 'Z')
        || (sign >= '0' && sign <= '9')
        || sign == '_'
        || sign == '-'
        || sign == '.'
        || sign == '+';
  }

  /// Refuses what is beyond a limit.
  static void within(String limit, long count, int max) {
    if (count > max) {
      throw problem(
          new TooMuch(
              "graphql-" + limit,
              "A document may have "
                  + max
                  + " "
                  + (limit.equals("nesting") || limit.equals("depth") ? "levels" : limit)
                  + " at most."));
    }
  }
}
