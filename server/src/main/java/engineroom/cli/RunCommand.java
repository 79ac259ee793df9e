package engineroom.cli;

import engineroom.cli.App.Mode;
import engineroom.cli.App.Seeding;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `engineroom run`: serves, for production.
@Command(
    name = "run",
    description = "Serves the project. Ends cleanly on SIGTERM: requests under way are finished.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  engineroom run shop",
      "  engineroom run shop --seed       with the rows of seed/ where the store is empty",
      "  engineroom run shop --migrate    after the steps of engineroom plan that lose nothing",
      "  engineroom run shop --host 0.0.0.0 --port 443 --certificate c.pem --key k.pem",
      "  ENGINEROOM_ADMIN_KEY=... engineroom run shop",
      "Prints one line on standard output when it is ready."
    })
final class RunCommand implements Callable<Integer> {
  private final Supplier<App> app;
  private final Main.Console console;

  @Mixin private Serving serving = new Serving();

  @Option(names = "--seed", description = "read the rows of seed/ where the store is empty")
  private boolean seed;

  @Option(names = "--migrate", description = "first take the steps that lose nothing")
  private boolean migrate;

  RunCommand(Supplier<App> app, Main.Console console) {
    this.app = app;
    this.console = console;
  }

  @Override
  public Integer call() {
    var seeding = seed ? Seeding.WHEN_EMPTY : Seeding.NONE;
    var key = System.getenv("ENGINEROOM_ADMIN_KEY");
    var options = serving.options(seeding, migrate ? Mode.MIGRATION : Mode.PRODUCTION, key);
    var running = app.get().start(serving.folder(), options);
    console.out().println("Engineroom is ready at " + serving.address(running.port()));
    Ending.await(running);
    return 0;
  }
}
