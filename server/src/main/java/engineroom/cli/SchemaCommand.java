package engineroom.cli;

import engineroom.app.App;
import java.util.List;
import java.util.function.Supplier;

/// `engineroom schema`: prints the JSON Schema of the model files.
final class SchemaCommand implements Command {
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
        "Prints the JSON Schema of the model files, for editors.",
        Usage.Arguments.NONE,
        List.of(),
        List.of(
            "  engineroom schema > engineroom.schema.json",
            "Then begin each model file with:",
            "  # yaml-language-server: $schema=../engineroom.schema.json"));
  }

  @Override
  public int run(Given given) {
    console.out().println(app.get().schema());
    return 0;
  }
}
