package engineroom.cli;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;

/// `engineroom schema`: prints the JSON Schema of the model files.
@Command(
    name = "schema",
    description = "Prints the JSON Schema of the model files, for editors.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  engineroom schema > engineroom.schema.json",
      "Then begin each model file with:",
      "  # yaml-language-server: $schema=../engineroom.schema.json"
    })
final class SchemaCommand implements Callable<Integer> {
  private final Supplier<App> app;
  private final Main.Console console;

  SchemaCommand(Supplier<App> app, Main.Console console) {
    this.app = app;
    this.console = console;
  }

  @Override
  public Integer call() {
    console.out().println(app.get().schema());
    return 0;
  }
}
