package engineroom.testkit;

import engineroom.testkit.Scenario.Answer;
import engineroom.testkit.Scenario.Request;
import engineroom.testkit.Scenario.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the placeholders of a scenario stand for. `<any>` is any JSON scalar or part of a text,
/// `<timestamp>` one of RFC 3339 in UTC, and `<id:1>` what stood at its first place; the same from
/// then on. `<rest>` is whatever an array goes on with.
final class Placeholders {
  private static final Pattern PLACEHOLDER = Pattern.compile("<(any|timestamp|id:\\w+)>");
  private static final Pattern TOKEN =
      Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|[{}\\[\\],:]|[^\\s{}\\[\\],:\"]+");
  private static final String TIMESTAMP = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z";

  private static final String REST = "<rest>";

  private final Map<String, String> captured = new HashMap<>();

  /// The request with its placeholders filled in.
  Request filled(Request request) {
    var headers = new LinkedHashMap<String, String>();
    request.headers().forEach((name, value) -> headers.put(name, filled(value)));
    return new Request(
        request.caller(),
        request.method(),
        filled(request.path()),
        headers,
        filled(request.body()));
  }

  /// Throws an `AssertionError` where the answer or the changes are not those expected.
  void check(String title, Step step, Answer answer, List<String> changes) {
    var expected = step.expected();
    var problems = new ArrayList<String>();
    if (expected.status() != answer.status()) {
      problems.add(difference("status", expected.status(), answer.status()));
    }
    expected.headers().forEach((name, value) -> header(name, value, answer, problems));
    if (!expected.body().isEmpty() && !sameBody(expected.body(), answer.body())) {
      problems.add(difference("body", expected.body(), answer.body()));
    }
    if (!step.changes().equals(changes)) {
      problems.add(difference("changes", step.changes(), changes));
    }
    if (!problems.isEmpty()) {
      var said = answer.status() == expected.status() ? "" : "\nanswer: " + answer.body();
      throw new AssertionError(
          step.place() + ": " + title + "\n" + String.join("\n", problems) + said);
    }
  }

  private void header(String name, String value, Answer answer, List<String> problems) {
    var actual =
        answer.headers().entrySet().stream()
            .filter(header -> header.getKey().equalsIgnoreCase(name))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("");
    if (!same(value, actual)) {
      problems.add(difference("header " + name, value, actual));
    }
  }

  private boolean sameBody(String expected, String actual) {
    var wanted = tokens(expected);
    var came = tokens(actual);
    int at = 0;
    for (var want : wanted) {
      if (want.equals(REST)) {
        at = end(came, at);
        continue;
      }
      if (at == came.size() || !(want.equals("\"<any>\"") || same(want, came.get(at)))) {
        return false;
      }
      at++;
    }
    return at == came.size();
  }

  /// Where an array ends that goes on at a place.
  private static int end(List<String> tokens, int from) {
    int depth = 0;
    int at = from;
    while (at < tokens.size() && !(depth == 0 && tokens.get(at).equals("]"))) {
      depth +=
          switch (tokens.get(at)) {
            case "[", "{" -> 1;
            case "]", "}" -> -1;
            default -> 0;
          };
      at++;
    }
    return at;
  }

  private static List<String> tokens(String json) {
    return TOKEN.matcher(json).results().map(result -> result.group()).toList();
  }

  /// Whether a text is another whose placeholders may be anything that fits; captures ids.
  private boolean same(String expected, String actual) {
    var pattern = new StringBuilder();
    var names = new ArrayList<String>();
    var matcher = PLACEHOLDER.matcher(expected);
    int end = 0;
    while (matcher.find()) {
      pattern.append(Pattern.quote(expected.substring(end, matcher.start())));
      pattern.append('(').append(meaning(matcher.group(1))).append(')');
      names.add(matcher.group(1));
      end = matcher.end();
    }
    pattern.append(Pattern.quote(expected.substring(end)));
    var match = Pattern.compile(pattern.toString(), Pattern.DOTALL).matcher(actual);
    if (!match.matches()) {
      return false;
    }
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).startsWith("id:")) {
        captured.putIfAbsent(names.get(i), match.group(i + 1));
      }
    }
    return true;
  }

  private String meaning(String name) {
    return switch (name) {
      case "any" -> ".*";
      case "timestamp" -> TIMESTAMP;
      default -> captured.containsKey(name) ? Pattern.quote(captured.get(name)) : "[\\w-]+";
    };
  }

  private String filled(String text) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(captured.getOrDefault(match.group(1), match.group())));
  }

  private static String difference(String what, Object expected, Object actual) {
    return what + "\n  expected: " + expected + "\n  but was:  " + actual;
  }
}
