package engineroom.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.commons.cli.CommandLine;
import org.jspecify.annotations.Nullable;

/// What stood on the command line behind the command.
final class Given {
  private final CommandLine parsed;

  Given(CommandLine parsed) {
    this.parsed = parsed;
  }

  /// A value that can't be what its option wants. Ends with 2.
  static final class WrongException extends RuntimeException {
    private static final long serialVersionUID = 1;

    WrongException(String message) {
      super(message);
    }
  }

  boolean has(String option) {
    return parsed.hasOption(option);
  }

  @Nullable String text(String option) {
    return parsed.getOptionValue(option);
  }

  String text(String option, String otherwise) {
    var text = parsed.getOptionValue(option);
    return text == null ? otherwise : text;
  }

  /// All values of an option that may be repeated.
  Set<String> texts(String option) {
    var texts = parsed.getOptionValues(option);
    return texts == null ? Set.of() : Set.of(texts);
  }

  int number(String option, int otherwise) {
    var text = parsed.getOptionValue(option);
    try {
      return text == null ? otherwise : Integer.parseInt(text);
    } catch (NumberFormatException _) {
      throw new WrongException("--" + option + " takes a whole number, not " + text + ".");
    }
  }

  @Nullable Path path(String option) {
    var text = parsed.getOptionValue(option);
    return text == null ? null : path("--" + option, text);
  }

  /// The first argument as it stands.
  String first() {
    return parsed.getArgList().getFirst();
  }

  /// The arguments as paths.
  List<Path> paths() {
    return parsed.getArgList().stream().map(text -> path("The argument", text)).toList();
  }

  /// The folder that the command is about: its one argument, or this folder.
  Path folder() {
    var paths = paths();
    return paths.isEmpty() ? Path.of(".") : paths.getFirst();
  }

  private static Path path(String what, String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new WrongException(what + " is no path: " + e.getMessage());
    }
  }
}
