package engineroom.cli;

import engineroom.app.App;
import engineroom.app.App.Losing;
import java.util.List;
import java.util.function.Supplier;

/// `engineroom migrate`: makes the database fit the model.
final class MigrateCommand implements Command {
  private final Supplier<App> app;
  private final Main.Console console;

  MigrateCommand(Supplier<App> app, Main.Console console) {
    this.app = app;
    this.console = console;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "migrate",
        "Takes the steps that engineroom plan shows, all or none. Where values are lost, a backup "
            + "is written first.",
        Usage.Arguments.FOLDER,
        List.of(
            Usage.value("data", "FOLDER", "the program's own; data/ in the project by default"),
            Usage.flag("allow-loss", "take steps that lose values, after a backup")),
        List.of(
            "  engineroom plan shop",
            "  engineroom migrate shop",
            "  engineroom migrate shop --allow-loss     with the steps that lose values",
            "Stop the app before: a database is open in one program at a time.",
            "Exit codes: 0 done, 1 failed, 78 mistakes, or refused: nothing was changed."));
  }

  @Override
  public int run(Given given) {
    var losing = given.has("allow-loss") ? Losing.ALLOWED : Losing.REFUSED;
    var migrated = app.get().migrate(given.folder(), given.path("data"), losing);
    PlanCommand.table(migrated.plan(), console);
    if (migrated.backup() != null) {
      console.out().println("Backup: " + migrated.backup());
    }
    if (!migrated.plan().steps().isEmpty()) {
      console.out().println("Done: the database fits the model.");
    }
    return 0;
  }
}
