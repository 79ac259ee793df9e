package engineroom.mail;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// One mail to one person, before it is words.
///
/// @param template its name: `confirm-email`, or one of the owner's
/// @param language of the recipient, as their locale says it: `de-AT`; empty where it is not known
/// @param values by the names that the template uses
public record Message(
    String template, Mailbox recipient, String language, Map<String, String> values) {
  /// Names of templates.
  static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");

  /// Characters of all values together.
  static final int VALUES_MAX = 16_384;

  public Message {
    if (!NAME.matcher(template).matches()) {
      throw new IllegalArgumentException("no template can be named " + template);
    }
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    int length = values.values().stream().mapToInt(String::length).sum();
    if (length > VALUES_MAX) {
      throw new IllegalArgumentException(
          "the values of a mail have at most " + VALUES_MAX + " characters, not " + length);
    }
  }

  /// A message of the program's own.
  public static Message of(
      BuiltInMail mail, Mailbox recipient, String language, Map<String, String> values) {
    if (!values.keySet().equals(mail.variables())) {
      throw new IllegalArgumentException(
          mail.template() + " takes " + mail.variables() + ", and not " + values.keySet());
    }
    return new Message(mail.template(), recipient, language, values);
  }
}
