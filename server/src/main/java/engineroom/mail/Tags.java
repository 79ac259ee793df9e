package engineroom.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The tags of a template's text, held to the few that a mail needs: `{{ name }}`, and `{% if name
/// %}` with `else` and `endif`. Everything else of the template language stays out, so that a
/// template can neither compute nor reach anything.
final class Tags {
  private static final Pattern TAG = Pattern.compile("\\{\\{.*?\\}\\}|\\{%.*?%\\}|\\{#.*?#\\}");
  private static final Pattern OPEN = Pattern.compile("\\{[{%#]|[}%#]\\}");
  private static final Pattern VALUE = Pattern.compile("\\{\\{ *([a-z][A-Za-z0-9]*) *\\}\\}");
  private static final Pattern IF =
      Pattern.compile("\\{% *if +(?:not +)?([a-z][A-Za-z0-9]*) *%\\}");
  private static final Pattern REST = Pattern.compile("\\{% *(else|endif) *%\\}");
  private static final String KNOWN =
      "There are {{ name }}, {% if name %}, {% if not name %}, {% else %} and {% endif %}.";

  private final List<Wrong> wrong = new ArrayList<>();
  private final List<Condition> conditions = new ArrayList<>();
  private final @Nullable Set<String> variables;

  /// What is wrong, and where in the text.
  ///
  /// @param line from 1
  /// @param column from 1
  /// @param variable the name that is not known; empty where something else is wrong
  record Wrong(int line, int column, String message, @Nullable String hint, String variable) {}

  private record At(int line, int column) {}

  /// A condition that is open.
  ///
  /// @param otherwise whether its `else` has come
  private record Condition(At at, boolean otherwise) {}

  private Tags(@Nullable Set<String> variables) {
    this.variables = variables;
  }

  /// Everything that is wrong in a text.
  ///
  /// @param firstLine the number of the text's first line in its file
  /// @param firstColumn the column of the first character of each line
  /// @param variables what there is; null where that is not known
  static List<Wrong> wrong(
      String text, int firstLine, int firstColumn, @Nullable Set<String> variables) {
    var tags = new Tags(variables);
    var lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      tags.line(lines[i], firstLine + i, firstColumn);
    }
    tags.conditions.forEach(
        open ->
            tags.add(
                open.at(), "This {% if %} has no {% endif %}.", "Write {% endif %} behind it."));
    return tags.wrong;
  }

  private void line(String line, int number, int firstColumn) {
    var matcher = TAG.matcher(line);
    int end = 0;
    while (matcher.find()) {
      loose(line.substring(end, matcher.start()), new At(number, firstColumn + end));
      tag(matcher.group(), new At(number, firstColumn + matcher.start()));
      end = matcher.end();
    }
    loose(line.substring(end), new At(number, firstColumn + end));
  }

  private void loose(String text, At at) {
    var open = OPEN.matcher(text);
    if (open.find() && text.charAt(open.start()) == '{') {
      add(
          new At(at.line(), at.column() + open.start()),
          "The tag " + open.group() + " is not closed on its line.",
          KNOWN);
    }
  }

  private void tag(String tag, At at) {
    if (tag.startsWith("{#")) {
      return;
    }
    var value = VALUE.matcher(tag);
    var condition = IF.matcher(tag);
    var rest = REST.matcher(tag);
    if (value.matches()) {
      known(value.group(1), at);
    } else if (condition.matches()) {
      known(condition.group(1), at);
      conditions.add(new Condition(at, false));
    } else if (rest.matches()) {
      rest(rest.group(1), at);
    } else {
      add(at, "A mail's template can't have the tag " + tag + ".", KNOWN);
    }
  }

  private void rest(String word, At at) {
    if (conditions.isEmpty()) {
      add(at, "This {% " + word + " %} has no {% if %} before it.", "Leave it out.");
      return;
    }
    var open = conditions.removeLast();
    if (word.equals("else")) {
      conditions.add(new Condition(open.at(), true));
      if (open.otherwise()) {
        add(at, "This is the second {% else %} of one {% if %}.", "Leave it out.");
      }
    }
  }

  private void known(String name, At at) {
    if (variables != null && !variables.contains(name)) {
      wrong.add(
          new Wrong(
              at.line(), at.column(), "There is no value " + name + " in this mail.", null, name));
    }
  }

  private void add(At at, String message, String hint) {
    wrong.add(new Wrong(at.line(), at.column(), message, hint, ""));
  }
}
