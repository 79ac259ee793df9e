package engineroom.architecture;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/// Reads Java source as brackets and words, enough to count the parameters of methods and how deep
/// their statements stand within each other.
final class Braces {
  /// A method or constructor.
  record Declared(int line, String name, int parameters) {
    /// By our naming, types alone begin with a capital.
    boolean constructor() {
      return Character.isUpperCase(name.charAt(0));
    }
  }

  private static final Pattern CALLED = Pattern.compile("\\b([A-Za-z_]\\w*)\\(");
  private static final Pattern TYPE_BEFORE = Pattern.compile("(?s).*?(\\w+|(?<!-)>|]|\\?)\\s+$");
  private static final Pattern NO_TYPE =
      Pattern.compile("(?s).*\\b(new|return|throw|else|yield|record|case|assert|when)\\s+$");
  private static final Pattern BODY = Pattern.compile("^\\s*(throws [\\w\\s,.]+)?[{;]");
  private static final Pattern STATEMENT =
      Pattern.compile("(?s).*\\b(if|for|while|switch|synchronized|catch|try)\\s*(\\(.*\\))?\\s*$");
  private static final Pattern BARE = Pattern.compile("(?s).*\\b(else|do|try|finally)\\s*$");

  private final String code;

  private Braces(String code) {
    this.code = code;
  }

  /// A source without its comments, texts and characters; lines stay where they are.
  static Braces of(String source) {
    var quiet =
        Pattern.compile(
                "(?s)\"\"\".*?\"\"\"|//[^\\n]*|/\\*.*?\\*/"
                    + "|\"(\\\\.|[^\"\\\\\\n])*\"|'(\\\\.|[^'\\\\])'")
            .matcher(source)
            .replaceAll(
                found -> "\n".repeat((int) found.group().chars().filter(c -> c == '\n').count()));
    return new Braces(quiet);
  }

  /// All methods and constructors; records' own components are none.
  List<Declared> declared() {
    var all = new ArrayList<Declared>();
    var names = CALLED.matcher(code);
    while (names.find()) {
      int open = names.end() - 1;
      int close = closing(open);
      var before = code.substring(Math.max(0, names.start() - 200), names.start());
      boolean typed =
          (TYPE_BEFORE.matcher(before).matches() && !NO_TYPE.matcher(before).matches())
              || (Character.isUpperCase(names.group(1).charAt(0))
                  && before.matches("(?s).*[{};]\\s*"));
      if (typed && BODY.matcher(code.substring(close + 1)).lookingAt()) {
        all.add(new Declared(line(open), names.group(1), parts(code.substring(open + 1, close))));
      }
    }
    return all;
  }

  private int closing(int open) {
    int depth = 0;
    for (int i = open; i < code.length(); i++) {
      depth += code.charAt(i) == '(' ? 1 : code.charAt(i) == ')' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return code.length() - 1;
  }

  private static int parts(String list) {
    int depth = 0;
    int commas = 0;
    for (int i = 0; i < list.length(); i++) {
      char c = list.charAt(i);
      depth += "<(".indexOf(c) >= 0 ? 1 : ">)".indexOf(c) >= 0 ? -1 : 0;
      commas += c == ',' && depth == 0 ? 1 : 0;
    }
    return list.isBlank() ? 0 : commas + 1;
  }

  private int line(int at) {
    return (int) code.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
  }

  /// The lines where a statement stands within more than so many others; a block of a lambda begins
  /// anew.
  List<Integer> deeperThan(int most) {
    var lines = new ArrayList<Integer>();
    Deque<Integer> depths = new ArrayDeque<>();
    depths.push(0);
    int head = 0;
    for (int i = 0; i < code.length(); i++) {
      char c = code.charAt(i);
      if (c == '{') {
        int depth = depth(code.substring(head, i), depths.getFirst());
        depths.push(depth);
        if (depth > most) {
          lines.add(line(i));
        }
      } else if (c == '}' && depths.size() > 1) {
        depths.pop();
      }
      if (c == '{' || c == '}' || c == ';') {
        head = i + 1;
      }
    }
    return lines;
  }

  private static int depth(String head, int outside) {
    if (STATEMENT.matcher(head).matches() || BARE.matcher(head).matches()) {
      return outside + 1;
    }
    return head.strip().endsWith("->") && head.contains("case ") ? outside : 0;
  }
}
