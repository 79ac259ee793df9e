package engineroom.cli;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `engineroom routes`: lists what the server answers.
@Command(
    name = "routes",
    description = "Lists the routes that the model gives.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  engineroom routes", "  engineroom routes examples/shop | grep review"})
final class RoutesCommand implements Callable<Integer> {
  private final Supplier<App> app;
  private final Main.Console console;

  @Mixin private ProjectFolder folder = new ProjectFolder();

  RoutesCommand(Supplier<App> app, Main.Console console) {
    this.app = app;
    this.console = console;
  }

  @Override
  public Integer call() {
    app.get().routes(folder.path()).forEach(console.out()::println);
    return 0;
  }
}
