package engineroom.cli;

import engineroom.app.App;
import engineroom.app.App.Language;
import engineroom.cli.Given.WrongException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// `engineroom generate client`: writes a client that knows the model's names and types.
final class GenerateCommand implements Command {
  private static final String CLIENT = "client";
  private static final String MADE = "Made by `engineroom generate client`";
  private static final List<String> MARKED = List.of("src/model.ts", "pom.xml");

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
            Usage.value("language", "LANGUAGE", "typescript, which is usual, or java"),
            Usage.value("package", "NAME", "for java: the package, as com.example.shop"),
            Usage.value(
                "out", "FOLDER", "where it is written: an empty folder, or an older client"),
            Usage.value("folder", "FOLDER", "the project; this folder by default")),
        List.of(
            "  engineroom generate client --out ../web/shop-client",
            "  engineroom generate client --language java --package com.example.shop --out client",
            "Then, in the folder: npm install && npm run build, or mvn package"));
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
    var language = language(given);
    var folder = given.path("folder");
    var files = app.get().client(folder == null ? Path.of(".") : folder, language);
    refuseForeign(out);
    removeOld(out, files.keySet());
    files.forEach((name, text) -> write(out.resolve(name), text));
    console.out().println("Wrote " + files.size() + " files into " + out + ".");
    console.out().println("Next: cd " + out + " && " + build(language));
    return 0;
  }

  private static Language language(Given given) {
    var name = given.text("language", "typescript");
    var packageName = given.text("package", "");
    return switch (name) {
      case "typescript" -> {
        if (!packageName.isEmpty()) {
          throw new WrongException("--package is for --language java.");
        }
        yield Language.TYPESCRIPT;
      }
      case "java" -> java(packageName);
      default -> throw new WrongException("--language knows typescript and java.");
    };
  }

  private static Language java(String packageName) {
    if (packageName.isEmpty()) {
      throw new WrongException("Say the package, as in --package com.example.shop.");
    }
    try {
      return new Language.Java(packageName);
    } catch (IllegalArgumentException e) {
      throw new WrongException("--package: " + e.getMessage() + ".");
    }
  }

  private static String build(Language language) {
    return switch (language) {
      case Language.TypeScript _ -> "npm install && npm run build";
      case Language.Java _ -> "mvn package";
    };
  }

  /// Writes over nobody's files but those of a client.
  private static void refuseForeign(Path out) {
    if (!Files.exists(out)) {
      return;
    }
    try (var files = Files.isDirectory(out) ? Files.list(out) : null) {
      boolean ours = MARKED.stream().anyMatch(name -> made(out.resolve(name)));
      if (files == null || (files.findAny().isPresent() && !ours)) {
        throw new App.ConfigException(
            List.of(out + " is there and no client of ours. Name another folder, or empty it."));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(out + " can't be read.", e);
    }
  }

  private static boolean made(Path file) {
    try {
      return Files.exists(file) && Files.readString(file).contains(MADE);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " can't be read.", e);
    }
  }

  /// Removes what an older client has of types that the model has no more.
  private static void removeOld(Path out, Set<String> now) {
    var sources = out.resolve("src");
    if (!Files.exists(sources)) {
      return;
    }
    try (var files = Files.walk(sources)) {
      for (var file : files.filter(Files::isRegularFile).filter(GenerateCommand::made).toList()) {
        if (!now.contains(out.relativize(file).toString().replace('\\', '/'))) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(sources + " can't be made anew.", e);
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
