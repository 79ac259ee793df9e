package engineroom.mail;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The templates of an app: the program's own, and the owner's in the folder `mails`, which come
/// first. The library behind them is loaded with the first mail that becomes words.
public final class Templates {
  /// One mistake in a template of the owner's.
  ///
  /// @param file relative to the app's folder
  /// @param line from 1; 0 where the file as a whole is meant
  /// @param column from 1
  /// @param message what is wrong, a sentence
  /// @param hint the way out, or null
  public record Mistake(Path file, int line, int column, String message, @Nullable String hint) {}

  /// The folder of the owner's.
  public static final String FOLDER = "mails";

  private static final String LAST = "en";

  private final Path folder;
  private final String app;
  private final String language;

  /// Loads the library: only what fills in touches it.
  private static final class Library {
    static final Pages PAGES = new Pages();
  }

  /// What a mail is made of.
  ///
  /// @param html template of the HTML
  private record Found(String language, TemplateFile text, String html) {}

  /// @param folder of the app
  /// @param app its name
  /// @param language for those whose own there is no template in
  public Templates(Path folder, String app, String language) {
    this.folder = folder.resolve(FOLDER);
    this.app = app;
    this.language = language;
  }

  /// A message as words, in the first language of the recipient's, its base, the app's, and English
  /// that there is a template in.
  Rendered render(Message message) {
    var found = found(message);
    var values = values(message);
    var pages = Library.PAGES;
    var subject = pages.fill(found.text().subject(), Pages.Escape.NOTHING, values);
    var text = pages.fill(found.text().body(), Pages.Escape.NOTHING, values).strip() + "\n";
    var html = pages.fill(found.html(), Pages.Escape.HTML, values);
    return new Rendered(found.language(), shortened(subject), bounded(text), bounded(html));
  }

  /// The subject alone, for lists.
  String subject(Message message) {
    var template = found(message).text().subject();
    return shortened(Library.PAGES.fill(template, Pages.Escape.NOTHING, values(message)));
  }

  private Map<String, String> values(Message message) {
    var values = new LinkedHashMap<>(message.values());
    values.put("app", app);
    values.put("address", message.recipient().address());
    return values;
  }

  private static String bounded(String body) {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    if (length > Rendered.BODY_BYTES_MAX) {
      throw new UnsendableMail(
          "It has " + length + " bytes; at most " + Rendered.BODY_BYTES_MAX + " are sent.");
    }
    return body;
  }

  /// A name in a subject may be long, and no reason to send nothing.
  private static String shortened(String subject) {
    var line = Plain.line(subject);
    if (line.length() <= Rendered.SUBJECT_MAX) {
      return line;
    }
    int end = Rendered.SUBJECT_MAX - 1;
    return line.substring(0, Character.isLowSurrogate(line.charAt(end)) ? end - 1 : end) + "…";
  }

  private Found found(Message message) {
    for (var wanted : languages(message.language())) {
      var found = find(message.template(), wanted);
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new UnsendableMail(
        "There is no template %s in %s; write %s/%s.%s.txt."
            .formatted(message.template(), language, FOLDER, message.template(), language));
  }

  private Set<String> languages(String wanted) {
    var languages = new LinkedHashSet<String>();
    for (var tag : List.of(wanted, language, LAST)) {
      var rest = MailSettings.LANGUAGE.matcher(tag).matches() ? tag : "";
      while (!rest.isEmpty()) {
        languages.add(rest);
        rest = rest.substring(0, Math.max(0, rest.lastIndexOf('-')));
      }
    }
    return languages;
  }

  private Optional<Found> find(String template, String wanted) {
    var name = template + "." + wanted;
    var text =
        TemplateFile.ofOwner(folder.resolve(name + ".txt"))
            .or(() -> TemplateFile.ofProgram(name + ".txt"));
    return text.map(file -> new Found(wanted, file, html(name, wanted, file)));
  }

  private String html(String name, String wanted, TemplateFile text) {
    return TemplateFile.ofOwner(folder.resolve(name + ".html"))
        .map(TemplateFile::body)
        .orElseGet(() -> HtmlForm.of(wanted, text));
  }

  /// What a message of a template knows; absent for one of the owner's, whose values they choose.
  static Optional<Set<String>> variables(String template) {
    return BuiltInMail.find(template)
        .map(
            mail -> {
              var all = new LinkedHashSet<>(mail.variables());
              all.addAll(BuiltInMail.ALWAYS);
              return all;
            });
  }

  /// Every mistake in the owner's templates.
  ///
  /// @param folder of the app
  /// @param language for those whose own there is no template in
  public static List<Mistake> check(Path folder, String language) {
    return TemplateCheck.of(folder, language);
  }
}
