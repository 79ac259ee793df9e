package engineroom.cli;

import engineroom.app.App;
import engineroom.cli.Given.WrongException;
import java.util.List;
import java.util.function.Supplier;

/// `engineroom schema`: prints the JSON Schema of the model files, or of access tests.
final class SchemaCommand implements Command {
  private static final String OF = "of";

  private final Supplier<App> app;
  private final Main.Console console;

  SchemaCommand(Supplier<App> app, Main.Console console) {
    this.app = app;
    this.console = console;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "schema",
        "Prints the JSON Schema of the model files, or of access tests, for editors.",
        Usage.Arguments.NONE,
        List.of(Usage.value(OF, "FILES", "model, or tests (tests/*.yaml); model by default")),
        List.of(
            "  engineroom schema > engineroom.schema.json",
            "  engineroom schema --of tests > tests.schema.json",
            "Then begin each file with:",
            "  # yaml-language-server: $schema=../engineroom.schema.json"));
  }

  @Override
  public int run(Given given) {
    console.out().println(app.get().schema(files(given.text(OF, "model"))));
    return 0;
  }

  private static App.Files files(String word) {
    return switch (word) {
      case "model" -> App.Files.MODEL;
      case "tests" -> App.Files.TESTS;
      default -> throw new WrongException("--of takes model or tests, not " + word + ".");
    };
  }
}
