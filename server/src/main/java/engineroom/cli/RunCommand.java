package engineroom.cli;

import engineroom.app.App;
import engineroom.app.App.Mode;
import engineroom.app.App.Seeding;
import java.util.List;
import java.util.function.Supplier;

/// `engineroom run`: serves, for production.
final class RunCommand implements Command {
  private final Supplier<App> app;
  private final Main.Console console;

  RunCommand(Supplier<App> app, Main.Console console) {
    this.app = app;
    this.console = console;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "run",
        "Serves the project. Ends cleanly on SIGTERM: requests under way are finished.",
        Usage.Arguments.FOLDER,
        Serving.options(
            Usage.flag("seed", "read the rows of seed/ where the store is empty"),
            Usage.flag("migrate", "first take the steps that lose nothing")),
        List.of(
            "  engineroom run shop",
            "  engineroom run shop --seed       with the rows of seed/ where the store is empty",
            "  engineroom run shop --migrate    after the steps that lose nothing",
            "  engineroom run shop --host 0.0.0.0 --port 443 --certificate c.pem --key k.pem",
            "  ENGINEROOM_ADMIN_KEY=... engineroom run shop",
            "Prints one line on standard output when it is ready."));
  }

  @Override
  public int run(Given given) {
    var seeding = given.has("seed") ? Seeding.WHEN_EMPTY : Seeding.NONE;
    var key = System.getenv("ENGINEROOM_ADMIN_KEY");
    var mode = given.has("migrate") ? Mode.MIGRATION : Mode.PRODUCTION;
    var options = Serving.options(given, seeding, mode, key);
    var running = app.get().start(given.folder(), options);
    console.out().println("Engineroom is ready at " + Serving.address(given, running.port()));
    Ending.await(running);
    return 0;
  }
}
