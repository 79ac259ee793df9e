package engineroom.cli;

import engineroom.app.App;
import engineroom.app.App.Mode;
import engineroom.app.App.Seeding;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// `engineroom dev`: serves and follows every change of the files.
final class DevCommand implements Command {
  private static final Watcher.Quiet QUIET = Watcher.Quiet.after(Duration.ofMillis(100));

  private final Supplier<App> app;
  private final Main.Console console;

  DevCommand(Supplier<App> app, Main.Console console) {
    this.app = app;
    this.console = console;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "dev",
        "Serves the project and follows its files: a saved change is live at once, "
            + "a mistake is named and the last good model goes on.",
        Usage.Arguments.FOLDER,
        Serving.options(),
        List.of("  engineroom dev", "  engineroom dev examples/shop --port 0"));
  }

  @Override
  public int run(Given given) {
    var key = System.getenv("ENGINEROOM_ADMIN_KEY");
    var options = Serving.options(given, Seeding.WHEN_EMPTY, Mode.DEVELOPMENT, key);
    try (var watcher = Watcher.open(given.folder(), QUIET)) {
      var running = app.get().start(given.folder(), options);
      Thread.ofPlatform()
          .name("watcher")
          .daemon()
          .start(() -> watcher.follow(changed -> reload(running, changed)));
      console.out().println("Engineroom is ready at " + Serving.address(given, running.port()));
      Ending.await(running);
    }
    return 0;
  }

  private void reload(App.Running running, String changed) {
    try {
      tell(running.reload(), changed);
    } catch (RuntimeException e) {
      console.notes().println("Changed: " + changed + ". It can't be taken: " + e.getMessage());
      System.getLogger("engineroom.dev")
          .log(Level.ERROR, "a reload failed by a mistake of the program", e);
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
