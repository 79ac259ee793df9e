package engineroom.adopt;

import engineroom.data.JsonText;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Writes drafts of entities as the files of an app.
final class AppWriter {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*[?]?");
  private static final Pattern TAKEN = Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null");

  private AppWriter() {}

  /// The head of the app.
  ///
  /// @param store where the program's own rows go
  static String head(String name, String store) {
    return """
        engineroom: 1
        name: %s
        # The program's own rows. The tables of the model are somebody else's, and stay as they are.
        store: %s
        """
        .formatted(scalar(name), store);
  }

  /// The entities.
  static String entities(List<Draft> drafts) {
    var text = new StringBuilder();
    for (var draft : drafts) {
      entity(text, draft);
    }
    return text.toString();
  }

  private static void entity(StringBuilder text, Draft draft) {
    text.append(text.isEmpty() ? "" : "\n").append(draft.name).append(":\n");
    line(text, "table", scalar(draft.table));
    if (!draft.plural.equals(draft.name + "s")) {
      line(text, "plural", draft.plural);
    }
    if (draft.description != null) {
      line(text, "description", scalar(draft.description));
    }
    if (!draft.key.isEmpty()) {
      line(text, "key", list(draft.key));
    }
    if (draft.readOnly) {
      line(text, "readOnly", "true");
    }
    text.append("  fields:\n");
    draft.fields.forEach((name, options) -> text.append(field(name, options)));
    keys(text, "unique", draft.uniques);
    keys(text, "indexes", draft.indexes);
    text.append("  # access: { read: caller.signedIn, write: false }\n");
  }

  private static void line(StringBuilder text, String key, String value) {
    text.append("  ").append(key).append(": ").append(value).append('\n');
  }

  private static String field(String name, Map<String, Object> options) {
    return options.entrySet().stream()
        .map(option -> option.getKey() + ": " + value(option.getValue()))
        .collect(Collectors.joining(", ", "    " + name + ": { ", " }\n"));
  }

  private static void keys(StringBuilder text, String option, List<List<String>> keys) {
    if (!keys.isEmpty()) {
      var lists = keys.stream().map(AppWriter::list).collect(Collectors.joining(", ", "[ ", " ]"));
      line(text, option, lists);
    }
  }

  private static String list(List<String> names) {
    return "[" + String.join(", ", names) + "]";
  }

  private static String value(Object value) {
    return switch (value) {
      case String text -> scalar(text);
      case List<?> values ->
          values.stream()
              .map(one -> quoted(String.valueOf(one)))
              .collect(Collectors.joining(", ", "[", "]"));
      case Object other -> String.valueOf(other);
    };
  }

  /// A text, in quotes where YAML would read it otherwise.
  static String scalar(String text) {
    return PLAIN.matcher(text).matches() && !TAKEN.matcher(text).matches() ? text : quoted(text);
  }

  private static String quoted(String text) {
    var json = new StringBuilder();
    JsonText.quote(json, text);
    return json.toString();
  }
}
