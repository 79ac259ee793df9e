package engineroom.modelfile;

import engineroom.mail.MailSettings;
import engineroom.mail.Mailbox;
import engineroom.mail.SmtpServer;
import engineroom.modelfile.Variables.Empty;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads `settings.mail`.
final class MailReader {
  private final Section section;
  private final Mistakes mistakes;
  private final Variables variables;

  private MailReader(Section section, Map<String, String> environment, Mistakes mistakes) {
    this.section = section;
    this.mistakes = mistakes;
    this.variables = new Variables(environment, mistakes);
  }

  /// The settings that a part says; those that hold otherwise in place of what is wrong.
  static MailSettings read(Part part, Map<String, String> environment, Mistakes mistakes) {
    var section = Section.of("settings.mail", part, Options.names(Options.MAIL), mistakes);
    return new MailReader(section, environment, mistakes).read();
  }

  private MailSettings read() {
    var usual = MailSettings.defaults();
    var url = text("smtp");
    var server =
        url == null
            ? null
            : read("smtp", url, SmtpServer::parse, "Write smtp://user:password@host:587.");
    var sender = text("from");
    var from =
        sender == null
            ? null
            : read("from", sender, Mailbox::parse, "Write \"Shop <shop@example.org>\".");
    var origin = origin();
    if (url != null) {
      needed("from", sender, "from: \"Shop <shop@example.org>\"");
      needed("origin", origin, "origin: https://app.example.org, which links in mails begin with");
    }
    return new MailSettings(server, from == null ? usual.from() : from, origin, language(usual));
  }

  private void needed(String key, @Nullable String value, String way) {
    if (value == null && !section.has(key)) {
      mistakes.add(
          section.keyPlace("smtp"),
          "settings.mail: " + key + " is missing, and mails are sent.",
          "Write " + way + ".");
    }
  }

  /// The text of a key with its variables filled in; null for none.
  private @Nullable String text(String key) {
    var written = section.text(key);
    if (written == null) {
      return null;
    }
    var filled = variables.filled(written, section.place(key), Empty.ALLOWED).strip();
    if (filled.isEmpty() && written.isBlank()) {
      mistakes.add(section.place(key), "settings.mail: " + key + " is empty.", "Leave it out.");
    }
    return filled.isEmpty() ? null : filled;
  }

  /// What a value says; null where it is wrong. The value itself is not told: it may hold a
  /// password.
  private <T> @Nullable T read(String key, String text, Function<String, T> reading, String way) {
    try {
      return reading.apply(text);
    } catch (IllegalArgumentException e) {
      mistakes.add(
          section.place(key), "settings.mail: " + key + " is wrong: " + e.getMessage() + ".", way);
      return null;
    }
  }

  private @Nullable String origin() {
    var origin = text("origin");
    if (origin == null) {
      return null;
    }
    var plain = origin.toLowerCase(Locale.ROOT);
    if (!MailSettings.ORIGIN.matcher(plain).matches()) {
      mistakes.add(
          section.place("origin"),
          "settings.mail: origin can't be " + origin + ".",
          "Write scheme and host, without a path: https://app.example.org.");
      return null;
    }
    return plain;
  }

  private String language(MailSettings usual) {
    var language = section.text("language");
    if (language == null) {
      return usual.language();
    }
    if (!MailSettings.LANGUAGE.matcher(language).matches()) {
      mistakes.add(
          section.place("language"),
          "settings.mail: language can't be " + language + ".",
          "Write one like en, de or de-AT.");
      return usual.language();
    }
    return language;
  }
}
