package engineroom.cli;

import engineroom.cli.App.Losing;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `engineroom migrate`: makes the database fit the model.
@Command(
    name = "migrate",
    description =
        "Takes the steps that engineroom plan shows, all or none. Where values are lost, a backup "
            + "is written first.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  engineroom plan shop && engineroom migrate shop",
      "  engineroom migrate shop --allow-loss     with the steps that lose values",
      "Stop the app before: a database is open in one program at a time.",
      "Exit codes: 0 done or nothing to do, 1 failed, 78 mistakes, or refused: nothing was changed."
    })
final class MigrateCommand implements Callable<Integer> {
  private final Supplier<App> app;
  private final Main.Console console;

  @Parameters(
      arity = "0..1",
      paramLabel = "FOLDER",
      defaultValue = ".",
      description = "the project; this folder by default")
  private Path folder = Path.of(".");

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "what the program writes; data/ in the project by default")
  private @Nullable Path data;

  @Option(names = "--allow-loss", description = "take steps that lose values, after a backup")
  private boolean allowLoss;

  MigrateCommand(Supplier<App> app, Main.Console console) {
    this.app = app;
    this.console = console;
  }

  @Override
  public Integer call() {
    var losing = allowLoss ? Losing.ALLOWED : Losing.REFUSED;
    var migrated = app.get().migrate(folder, data, losing);
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
