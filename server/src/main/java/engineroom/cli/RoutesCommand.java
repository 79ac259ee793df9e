package engineroom.cli;

import engineroom.app.App;
import java.util.List;
import java.util.function.Supplier;

/// `engineroom routes`: lists what the server answers.
final class RoutesCommand implements Command {
  private final Supplier<App> app;
  private final Main.Console console;

  RoutesCommand(Supplier<App> app, Main.Console console) {
    this.app = app;
    this.console = console;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "routes",
        "Lists the routes that the model gives.",
        Usage.Arguments.FOLDER,
        List.of(),
        List.of("  engineroom routes", "  engineroom routes examples/shop | grep review"));
  }

  @Override
  public int run(Given given) {
    app.get().routes(given.folder()).forEach(console.out()::println);
    return 0;
  }
}
