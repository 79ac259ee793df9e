package engineroom.cli;

import engineroom.cli.BackupWork.Project;
import engineroom.cli.BackupWork.Restoring;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `engineroom restore`: puts a backup, or an earlier moment, into the place of the database.
@Command(
    name = "restore",
    description =
        "Puts a backup, or the app as it was at an earlier moment, into the place of the "
            + "database. Checks everything first, and moves the present database aside.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  engineroom restore shop/data/backups/shop-20261121T030000000Z.backup --folder shop",
      "  engineroom restore --folder shop --at 2026-11-21T10:00:00Z",
      "  engineroom restore --folder shop --sequence 4711 --into /tmp/look",
      "Stop the app first, or restore --into another data folder and look at it:",
      "  engineroom dev shop --data /tmp/look"
    })
final class RestoreCommand implements Callable<Integer> {
  private final Supplier<App> app;
  private final Main.Console console;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "the backup; with --at or --sequence the best one is found")
  private @Nullable Path file;

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      defaultValue = ".",
      description = "the project; this folder by default")
  private Path folder = Path.of(".");

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "the app's data folder; data/ in the project by default")
  private @Nullable Path data;

  @Option(
      names = "--into",
      paramLabel = "FOLDER",
      description = "another data folder to restore into; the app's own by default")
  private @Nullable Path into;

  @ArgGroup private @Nullable When when;

  /// The moment.
  static final class When {
    @Option(
        names = "--at",
        paramLabel = "TIME",
        description = "as it was at this time, in UTC: 2026-11-21T10:00:00Z")
    private @Nullable String at;

    @Option(
        names = "--sequence",
        paramLabel = "NUMBER",
        description = "as it was after this change of the change log")
    private @Nullable Long sequence;
  }

  RestoreCommand(Supplier<App> app, Main.Console console) {
    this.app = app;
    this.console = console;
  }

  @Override
  public Integer call() {
    if (file == null && when == null) {
      throw new App.ConfigException(
          List.of("Say what to restore: a backup's FILE, or --at TIME, or --sequence NUMBER."));
    }
    var at = when == null ? null : time(when.at);
    var sequence = when == null ? null : when.sequence;
    if (sequence != null && sequence < 0) {
      throw new App.ConfigException(List.of("--sequence must be 0 or more, was " + sequence + "."));
    }
    app.get()
        .backups()
        .restore(new Project(folder, data), new Restoring(file, into, at, sequence))
        .forEach(console.out()::println);
    return 0;
  }

  private static @Nullable Instant time(@Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException _) {
      throw new App.ConfigException(
          List.of("--at can't be " + text + ". Write a time of UTC: 2026-11-21T10:00:00Z."));
    }
  }
}
