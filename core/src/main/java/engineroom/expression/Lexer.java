package engineroom.expression;

import engineroom.expression.ExpressionMistake.Mistake;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Cuts the text of an expression into tokens.
final class Lexer {
  private static final Set<String> PAIRS = Set.of("==", "!=", "<=", ">=", "&&", "||");
  private static final String SINGLES = "<>+-*/%!?:.,()[]";

  private final String text;
  private int at;

  Lexer(String text) {
    this.text = text;
  }

  /// What a token is.
  enum Kind {
    NAME,
    WHOLE,
    FRACTION,
    TEXT,
    SIGN,
    END
  }

  /// @param text the name, sign or digits; of a text, what it says
  record Token(Kind kind, String text, int at) {
    boolean is(String sign) {
      return kind == Kind.SIGN && text.equals(sign);
    }
  }

  List<Token> tokens() {
    var tokens = new ArrayList<Token>();
    for (skip(); at < text.length(); skip()) {
      tokens.add(token());
    }
    tokens.add(new Token(Kind.END, "", at));
    return tokens;
  }

  private void skip() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private Token token() {
    char c = text.charAt(at);
    int start = at;
    if ((c == 'r' || c == 'R') && at + 1 < text.length() && quote(text.charAt(at + 1))) {
      at++;
      return raw(start);
    }
    if (Character.isLetter(c) || c == '_') {
      while (at < text.length() && nameGoesOn(text.charAt(at))) {
        at++;
      }
      return new Token(Kind.NAME, text.substring(start, at), start);
    }
    if (digit(c) || (c == '.' && at + 1 < text.length() && digit(text.charAt(at + 1)))) {
      return number(start);
    }
    if (quote(c)) {
      return quoted(start);
    }
    return sign(start);
  }

  private static boolean nameGoesOn(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private static boolean quote(char c) {
    return c == '\'' || c == '"';
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  private Token sign(int start) {
    if (at + 2 <= text.length() && PAIRS.contains(text.substring(at, at + 2))) {
      at += 2;
    } else if (SINGLES.indexOf(text.charAt(at)) >= 0) {
      at++;
    } else {
      throw mistake(start, "The character " + text.charAt(at) + " has no meaning here.", way());
    }
    return new Token(Kind.SIGN, text.substring(start, at), start);
  }

  private @Nullable String way() {
    return switch (text.charAt(at)) {
      case '=' -> "Compare with ==.";
      case '&' -> "Join conditions with &&.";
      case '|' -> "Join conditions with ||.";
      default -> null;
    };
  }

  private Token number(int start) {
    if (text.startsWith("0x", at) || text.startsWith("0X", at)) {
      at += 2;
      while (at < text.length() && Character.digit(text.charAt(at), 16) >= 0) {
        at++;
      }
      return new Token(Kind.WHOLE, text.substring(start, at), start);
    }
    digits();
    boolean fraction = false;
    if (at + 1 < text.length() && text.charAt(at) == '.' && digit(text.charAt(at + 1))) {
      fraction = true;
      at++;
      digits();
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      fraction = true;
      at++;
      if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
        at++;
      }
      digits();
    }
    return new Token(fraction ? Kind.FRACTION : Kind.WHOLE, text.substring(start, at), start);
  }

  private void digits() {
    while (at < text.length() && digit(text.charAt(at))) {
      at++;
    }
  }

  private Token raw(int start) {
    int end = text.indexOf(text.charAt(at), at + 1);
    if (end < 0) {
      throw mistake(start, "The text is not closed.", "Add the closing quote.");
    }
    var content = text.substring(at + 1, end);
    at = end + 1;
    return new Token(Kind.TEXT, content, start);
  }

  private Token quoted(int start) {
    char quote = text.charAt(at++);
    var content = new StringBuilder();
    while (at < text.length() && text.charAt(at) != quote) {
      char c = text.charAt(at++);
      if (c == '\\') {
        escape(content);
      } else {
        content.append(c);
      }
    }
    if (at >= text.length()) {
      throw mistake(start, "The text is not closed.", "Add the closing quote.");
    }
    at++;
    return new Token(Kind.TEXT, content.toString(), start);
  }

  private void escape(StringBuilder content) {
    if (at >= text.length()) {
      return; // the text is not closed, which its reader tells
    }
    char c = text.charAt(at++);
    switch (c) {
      case 'n' -> content.append('\n');
      case 't' -> content.append('\t');
      case 'r' -> content.append('\r');
      case '\\', '\'', '"', '`', '?' -> content.append(c);
      case 'u' -> content.appendCodePoint(hex(4));
      case 'U' -> content.appendCodePoint(hex(8));
      default ->
          throw mistake(
              at - 2, "\\" + c + " is no escape.", "Write \\\\ for a backslash, or r'…'.");
    }
  }

  private int hex(int digits) {
    int end = at + digits;
    try {
      int point = Integer.parseInt(text.substring(at, end), 16);
      if (!Character.isValidCodePoint(point) || point == 0) {
        throw mistake(at - 2, "The escape stands for no character that text can have.", null);
      }
      at = end;
      return point;
    } catch (NumberFormatException | StringIndexOutOfBoundsException _) {
      throw mistake(at - 2, "The escape needs " + digits + " hexadecimal digits.", null);
    }
  }

  static ExpressionMistake mistake(int at, String message, @Nullable String hint) {
    return new ExpressionMistake(List.of(new Mistake(at, message, hint)));
  }
}
