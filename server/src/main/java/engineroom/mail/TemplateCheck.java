package engineroom.mail;

import engineroom.problem.Nearest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Looks through the owner's templates and names every mistake with its place.
final class TemplateCheck {
  /// Files in the folder.
  static final int FILES_MAX = 1_000;

  private static final Pattern NAME =
      Pattern.compile(
          "("
              + Message.NAME.pattern()
              + ")\\.("
              + MailSettings.LANGUAGE.pattern()
              + ")\\.(txt|html)");

  private final Path folder;
  private final String language;
  private final List<Templates.Mistake> mistakes = new ArrayList<>();
  private final Set<String> texts = new TreeSet<>();

  private TemplateCheck(Path folder, String language) {
    this.folder = folder;
    this.language = language;
  }

  /// Every mistake, file by file.
  static List<Templates.Mistake> of(Path app, String language) {
    var folder = app.resolve(Templates.FOLDER);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    var check = new TemplateCheck(folder, language);
    var files = files(folder);
    if (files.size() > FILES_MAX) {
      check.add(
          files.getLast(), 0, 0, "mails/ has more than " + FILES_MAX + " files.", "Delete some.");
      return check.mistakes;
    }
    files.stream().map(Path::getFileName).map(Path::toString).forEach(check.texts::add);
    files.forEach(check::file);
    check.languages();
    return check.mistakes;
  }

  private static List<Path> files(Path folder) {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .sorted()
          .limit(FILES_MAX + 1L)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " can't be read", e);
    }
  }

  private void file(Path file) {
    var name = NAME.matcher(file.getFileName().toString());
    if (!name.matches()) {
      add(
          file,
          0,
          0,
          "This is no name of a template.",
          "Write <name>.<language>.txt or .html: confirm-email.en.txt.");
      return;
    }
    var read = read(file);
    if (read.isEmpty()) {
      return;
    }
    var variables = Templates.variables(name.group(1)).orElse(null);
    var parts = TemplateFile.of(read.get());
    if (file.toString().endsWith(".txt")) {
      subject(file, parts);
    } else {
      html(file, parts);
    }
    int column = read.get().indexOf(parts.subject()) + 1;
    tell(file, Tags.wrong(parts.subject(), 1, column, variables), variables);
    tell(file, Tags.wrong(parts.body(), parts.bodyLine(), 1, variables), variables);
  }

  private Optional<String> read(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > TemplateFile.BYTES_MAX) {
        add(file, 0, 0, "A template is a file of at most 128 KiB.", "Make it shorter.");
        return Optional.empty();
      }
      return Optional.of(Files.readString(file));
    } catch (CharacterCodingException _) {
      add(file, 0, 0, "The file is not UTF-8.", "Save it as UTF-8.");
    } catch (IOException _) {
      add(file, 0, 0, "The file can't be read.", "Look at its rights.");
    }
    return Optional.empty();
  }

  private void subject(Path file, TemplateFile parts) {
    if (parts.subject().isEmpty()) {
      add(file, 1, 1, "The mail has no subject.", "Begin the first line with Subject: …");
    }
    if (parts.body().isBlank()) {
      add(file, parts.bodyLine(), 1, "The mail has no text.", "Write it below the subject.");
    }
  }

  private void html(Path file, TemplateFile parts) {
    var beside = file.getFileName().toString().replaceFirst("html$", "txt");
    if (!texts.contains(beside)) {
      add(
          file,
          0,
          0,
          "There is no " + beside + " beside it.",
          "Write the text too: not everybody reads HTML, and the subject is taken from there.");
      return;
    }
    var text = TemplateFile.ofOwner(folder.resolve(beside)).map(TemplateFile::subject);
    if (!parts.subject().isEmpty() && !parts.subject().equals(text.orElse(""))) {
      add(file, 1, 1, "The subject is another one than in " + beside + ".", "Leave it out here.");
    }
  }

  private void tell(Path file, List<Tags.Wrong> all, @Nullable Set<String> variables) {
    for (var wrong : all) {
      var hint = wrong.variable().isEmpty() ? wrong.hint() : there(wrong.variable(), variables);
      add(file, wrong.line(), wrong.column(), wrong.message(), hint);
    }
  }

  private static String there(String name, @Nullable Set<String> variables) {
    var known = variables == null ? Set.<String>of() : variables;
    var nearest = Nearest.of(name, known);
    return nearest == null
        ? "There are: " + String.join(", ", known) + "."
        : "Did you mean " + nearest + "?";
  }

  /// A mail of the owner's must be there for everybody.
  private void languages() {
    for (var file : texts) {
      var name = NAME.matcher(file);
      if (name.matches()
          && BuiltInMail.find(name.group(1)).isEmpty()
          && !texts.contains(name.group(1) + "." + language + ".txt")
          && !texts.contains(name.group(1) + ".en.txt")) {
        add(
            folder.resolve(file),
            0,
            0,
            "There is no " + name.group(1) + " in " + language + ", for everybody else.",
            "Write " + name.group(1) + "." + language + ".txt.");
      }
    }
  }

  private void add(Path file, int line, int column, String message, @Nullable String hint) {
    var shown = Path.of(Templates.FOLDER).resolve(file.getFileName());
    mistakes.add(new Templates.Mistake(shown, line, column, message, hint));
  }
}
