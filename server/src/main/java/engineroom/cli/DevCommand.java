package engineroom.cli;

import engineroom.cli.App.Mode;
import engineroom.cli.App.Seeding;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `engineroom dev`: serves and follows every change of the files.
@Command(
    name = "dev",
    description =
        "Serves the project and follows its files: a saved change is live at once, "
            + "a mistake is named and the last good model goes on.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  engineroom dev", "  engineroom dev examples/shop --port 0"})
final class DevCommand implements Callable<Integer> {
  private static final Logger LOGGER = System.getLogger("engineroom.dev");
  private static final Watcher.Quiet QUIET = Watcher.Quiet.after(Duration.ofMillis(100));

  private final Supplier<App> app;
  private final Main.Console console;

  @Mixin private Serving serving = new Serving();

  DevCommand(Supplier<App> app, Main.Console console) {
    this.app = app;
    this.console = console;
  }

  @Override
  public Integer call() {
    var key = System.getenv("ENGINEROOM_ADMIN_KEY");
    var options = serving.options(Seeding.WHEN_EMPTY, Mode.DEVELOPMENT, key);
    try (var watcher = Watcher.open(serving.folder(), QUIET)) {
      var running = app.get().start(serving.folder(), options);
      Thread.ofPlatform()
          .name("watcher")
          .daemon()
          .start(() -> watcher.follow(changed -> reload(running, changed)));
      console.out().println("Engineroom is ready at " + serving.address(running.port()));
      Ending.await(running);
    }
    return 0;
  }

  private void reload(App.Running running, String changed) {
    try {
      tell(running.reload(), changed);
    } catch (RuntimeException e) {
      console.notes().println("Changed: " + changed + ". It can't be taken: " + e.getMessage());
      LOGGER.log(Level.ERROR, "a reload failed by a mistake of the program", e);
    }
  }

  private void tell(App.Running.Reloaded reloaded, String changed) {
    if (reloaded.mistakes().isEmpty()) {
      console.notes().println("Changed: " + changed + ". The new model is live.");
      reloaded.changes().forEach(change -> console.notes().println("  " + change));
      return;
    }
    reloaded.mistakes().forEach(console.notes()::println);
    console.notes().println("The model before goes on until this is put right.");
  }
}
