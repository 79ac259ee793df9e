package engineroom.mail;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A file of a template: its subject, and what follows.
///
/// @param subject what stands behind `Subject:` in the first line; empty where the file begins
///   otherwise
/// @param body below that line and empty ones
/// @param bodyLine where the body begins, from 1
record TemplateFile(String subject, String body, int bodyLine) {
  /// Bytes of a file.
  static final int BYTES_MAX = 128 << 10;

  static final String SUBJECT = "Subject:";

  /// The parts of a file's text.
  static TemplateFile of(String text) {
    var normal = text.replace("\r\n", "\n");
    if (!normal.startsWith(SUBJECT)) {
      return new TemplateFile("", normal, 1);
    }
    int end = normal.indexOf('\n');
    var first = end < 0 ? normal : normal.substring(0, end);
    var rest = end < 0 ? "" : normal.substring(end + 1);
    int line = 2;
    while (rest.startsWith("\n")) {
      rest = rest.substring(1);
      line++;
    }
    return new TemplateFile(first.substring(SUBJECT.length()).strip(), rest, line);
  }

  /// The program's own.
  static Optional<TemplateFile> ofProgram(String name) {
    try (InputStream in = TemplateFile.class.getResourceAsStream("/engineroom/mail/" + name)) {
      return in == null
          ? Optional.empty()
          : Optional.of(of(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException("the program's jar can't be read", e);
    }
  }

  /// The owner's.
  static Optional<TemplateFile> ofOwner(Path file) {
    try {
      return Files.isRegularFile(file) ? Optional.of(of(Files.readString(file))) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(file + " can't be read", e);
    }
  }
}
