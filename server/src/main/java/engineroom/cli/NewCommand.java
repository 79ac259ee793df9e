package engineroom.cli;

import engineroom.app.App;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// `engineroom new`: writes a small project to start from.
final class NewCommand implements Command {
  private static final List<String> FILES =
      List.of(
          "engineroom.yaml",
          "model/note.yaml",
          "seed/note.yaml",
          "tests/access.yaml",
          "gitignore",
          "README.md");

  private final Main.Console console;

  NewCommand(Main.Console console) {
    this.console = console;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "new",
        "Writes a small project that works, to start from.",
        new Usage.Arguments("NAME", "the folder to write, which must not exist", 1, 1),
        List.of(),
        List.of("  engineroom new notes && engineroom dev notes"));
  }

  @Override
  public int run(Given given) {
    var name = given.paths().getFirst();
    if (Files.exists(name)) {
      throw new App.ConfigException(
          List.of(name + " exists already. Name another folder, or delete it."));
    }
    var title = String.valueOf(name.getFileName());
    for (var file : FILES) {
      write(name.resolve(file.equals("gitignore") ? ".gitignore" : file), template(file, title));
    }
    console.out().println("Wrote " + name + ". Next: engineroom dev " + name);
    return 0;
  }

  private static String template(String file, String title) {
    try (var in = NewCommand.class.getResourceAsStream("new/" + file)) {
      if (in == null) {
        throw new IllegalStateException("The template " + file + " is missing.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("{{name}}", title);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " can't be written.", e);
    }
  }
}
