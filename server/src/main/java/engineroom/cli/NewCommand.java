package engineroom.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `engineroom new`: writes a small project to start from.
@Command(
    name = "new",
    description = "Writes a small project that works, to start from.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  engineroom new notes && engineroom dev notes"})
final class NewCommand implements Callable<Integer> {
  private static final List<String> FILES =
      List.of("engineroom.yaml", "model/note.yaml", "seed/note.yaml", "gitignore", "README.md");

  private final Main.Console console;

  @Parameters(paramLabel = "NAME", description = "the folder to write, which must not exist")
  private Path name = Path.of(".");

  NewCommand(Main.Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
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
