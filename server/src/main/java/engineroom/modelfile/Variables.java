package engineroom.modelfile;

import com.google.re2j.Pattern;
import java.util.Map;

/// Fills variables of the environment into settings: `${NAME}`, `${NAME:default}`.
record Variables(Map<String, String> environment, Mistakes mistakes) {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::([^}]*))?\\}");

  /// What an empty variable with an empty default is.
  enum Empty {
    REFUSED,
    /// The owner wrote `${NAME:}`: nothing, where nothing is set.
    ALLOWED
  }

  /// The text with what its variables hold.
  ///
  /// @param place of the text
  String filled(String text, Part.Place place, Empty empty) {
    var matcher = VARIABLE.matcher(text);
    var filled = new StringBuilder();
    int at = 0;
    while (matcher.find()) {
      filled.append(text, at, matcher.start());
      at = matcher.end();
      var otherwise = matcher.group(2);
      var value = environment.getOrDefault(matcher.group(1), otherwise == null ? "" : otherwise);
      boolean meant = otherwise != null && empty == Empty.ALLOWED;
      if (value.isEmpty() && !meant) {
        mistakes.add(
            place,
            "The variable " + matcher.group(1) + " is not set.",
            "Set it, or write ${" + matcher.group(1) + ":default}.");
      }
      filled.append(value);
    }
    return filled.append(text.substring(at)).toString();
  }
}
