package engineroom.cli;

import engineroom.app.App;
import engineroom.app.App.Language;
import engineroom.cli.Given.WrongException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// `engineroom generate client`: writes a client that knows the model's names and types.
final class GenerateCommand implements Command {
  private static final String CLIENT = "client";
  private static final String MADE = "Made by `engineroom generate client`";
  private static final Map<String, Language> LANGUAGES = Map.of("typescript", Language.TYPESCRIPT);

  private final Supplier<App> app;
  private final Main.Console console;

  GenerateCommand(Supplier<App> app, Main.Console console) {
    this.app = app;
    this.console = console;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "generate",
        "Writes a client of the app, typed by the model alone: no server is asked.",
        new Usage.Arguments(CLIENT, "what is written", 1, 1),
        List.of(
            Usage.value("language", "LANGUAGE", "typescript, which is usual"),
            Usage.value(
                "out", "FOLDER", "where it is written: an empty folder, or an older client"),
            Usage.value("folder", "FOLDER", "the project; this folder by default")),
        List.of(
            "  engineroom generate client --out ../web/shop-client",
            "  engineroom generate client --language typescript --out client --folder shop",
            "Then, in the folder: npm install && npm run build"));
  }

  @Override
  public int run(Given given) {
    if (!given.paths().getFirst().toString().equals(CLIENT)) {
      throw new WrongException("There is generate client, and nothing else that is generated.");
    }
    var out = given.path("out");
    if (out == null) {
      throw new WrongException("Say where the client is to be written, as in --out client.");
    }
    var language = LANGUAGES.get(given.text("language", "typescript"));
    if (language == null) {
      throw new WrongException("--language knows typescript.");
    }
    var folder = given.path("folder");
    var files = app.get().client(folder == null ? Path.of(".") : folder, language);
    refuseForeign(out);
    files.forEach((name, text) -> write(out.resolve(name), text));
    console.out().println("Wrote " + files.size() + " files into " + out + ".");
    console.out().println("Next: cd " + out + " && npm install && npm run build");
    return 0;
  }

  /// Writes over nobody's files but those of a client.
  private static void refuseForeign(Path out) {
    if (!Files.exists(out)) {
      return;
    }
    try (var files = Files.isDirectory(out) ? Files.list(out) : null) {
      var made = out.resolve("src/model.ts");
      boolean ours = Files.exists(made) && Files.readString(made).contains(MADE);
      if (files == null || (files.findAny().isPresent() && !ours)) {
        throw new App.ConfigException(
            List.of(out + " is there and no client of ours. Name another folder, or empty it."));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(out + " can't be read.", e);
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
