package engineroom.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import engineroom.data.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The functions of the language. A null among the arguments gives null.
public final class Functions {
  /// Characters of a pattern.
  public static final int PATTERN_MAX = 256;

  private static final int PATTERNS_MAX = 1_000;
  private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

  private Functions() {}

  static Value call(Expression.Function function, List<Value> arguments) {
    if (function != Expression.Function.RELEVANCE && arguments.contains(Value.NULL)) {
      return Value.NULL;
    }
    var first = arguments.getFirst();
    return switch (function) {
      case SIZE -> size(first);
      case LOWER -> first instanceof Value.Text(var text) ? Value.of(lower(text)) : Value.NULL;
      case UPPER -> first instanceof Value.Text(var text) ? Value.of(upper(text)) : Value.NULL;
      case TRIM -> first instanceof Value.Text(var text) ? Value.of(trim(text)) : Value.NULL;
      case DATE_OF, YEAR_OF, MONTH_OF, WEEK_OF, HOUR_OF -> Moments.part(function, first);
      case RELEVANCE -> Relevance.of(arguments);
      case ROUND -> Numbers.rounded(first, arguments.get(1), arguments.get(2));
      case MONEY_OF ->
          first instanceof Value.Integer(var amount)
                  && arguments.get(1) instanceof Value.Text(var currency)
              ? new Value.Money(amount, currency)
              : Value.NULL;
      case NUMBER_OF -> Numbers.real(first);
      case STARTS_WITH, ENDS_WITH, CONTAINS, MATCHES, LIKE, ILIKE ->
          first instanceof Value.Text(var text) && arguments.get(1) instanceof Value.Text(var other)
              ? Value.of(test(function, text, other))
              : Value.NULL;
    };
  }

  private static Value size(Value value) {
    return switch (value) {
      case Value.Text(var text) -> Value.of(text.codePointCount(0, text.length()));
      case Value.ListOf(var elements) -> Value.of(elements.size());
      case Value.Bytes(var bytes) -> Value.of(bytes.length);
      default -> Value.NULL; // nothing else has a size
    };
  }

  private static boolean test(Expression.Function function, String text, String other) {
    return switch (function) {
      case STARTS_WITH -> text.startsWith(other);
      case ENDS_WITH -> text.endsWith(other);
      case CONTAINS -> text.contains(other);
      case MATCHES -> matches(text, other);
      case LIKE -> like(text, other);
      case ILIKE -> like(lower(text), lower(other));
      case SIZE,
          LOWER,
          UPPER,
          TRIM,
          DATE_OF,
          YEAR_OF,
          MONTH_OF,
          WEEK_OF,
          HOUR_OF,
          RELEVANCE,
          ROUND,
          MONEY_OF,
          NUMBER_OF ->
          false;
    };
  }

  /// Whether a pattern of RE2 syntax is found; one that is none or too long is found nowhere.
  public static boolean matches(String text, String pattern) {
    var compiled = compiled(pattern);
    return compiled != null && compiled.matcher(text).find();
  }

  private static @Nullable Pattern compiled(String pattern) {
    if (pattern.length() > PATTERN_MAX) {
      return null;
    }
    var known = PATTERNS.get(pattern);
    if (known != null) {
      return known;
    }
    if (PATTERNS.size() >= PATTERNS_MAX) {
      PATTERNS.clear();
    }
    try {
      return PATTERNS.computeIfAbsent(pattern, Pattern::compile);
    } catch (PatternSyntaxException _) {
      return null; // no pattern matches nothing
    }
  }

  /// Whether text fits a pattern of `%` (any characters) and `_` (one code point), in time linear
  /// to their product.
  public static boolean like(String text, String pattern) {
    var t = text.codePoints().toArray();
    var p = pattern.codePoints().toArray();
    int i = 0;
    int j = 0;
    int star = -1;
    int retry = 0;
    while (i < t.length) {
      if (j < p.length && p[j] == '%') {
        star = j++;
        retry = i;
      } else if (j < p.length && (p[j] == '_' || p[j] == t[i])) {
        i++;
        j++;
      } else if (star >= 0) {
        j = star + 1;
        i = ++retry;
      } else {
        return false;
      }
    }
    while (j < p.length && p[j] == '%') {
      j++;
    }
    return j == p.length;
  }

  /// Lower case by Unicode, without a locale.
  public static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /// Upper case by Unicode, without a locale.
  public static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  /// Without spaces, tabs, line feeds and carriage returns at both ends.
  public static String trim(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && white(text.charAt(start))) {
      start++;
    }
    while (end > start && white(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean white(char character) {
    return character == ' ' || character == '\t' || character == '\n' || character == '\r';
  }
}
