package engineroom.cli;

import engineroom.app.App;
import engineroom.app.BackupWork.Project;
import engineroom.app.BackupWork.Restoring;
import engineroom.cli.Given.WrongException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `engineroom restore`: puts a backup, or an earlier moment, into the place of the database.
final class RestoreCommand implements Command {
  private static final String AT = "at";
  private static final String SEQUENCE = "sequence";
  private static final Usage.Arguments FILE =
      new Usage.Arguments(
          "[FILE]", "the backup; with --at or --sequence the best one is found", 0, 1);

  private final Supplier<App> app;
  private final Main.Console console;

  RestoreCommand(Supplier<App> app, Main.Console console) {
    this.app = app;
    this.console = console;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "restore",
        "Puts a backup, or the app as it was at an earlier moment, into the place of the "
            + "database. Checks everything first, and moves the present database aside.",
        FILE,
        List.of(
            Usage.value("folder", "FOLDER", "the project; this folder by default"),
            Usage.value("data", "FOLDER", "the program's own; data/ in the project by default"),
            Usage.value("into", "FOLDER", "another data folder to restore into"),
            Usage.value(AT, "TIME", "as it was at a time, in UTC: 2026-11-21T10:00:00Z"),
            Usage.value(SEQUENCE, "NUMBER", "as it was after a change of the change log")),
        List.of(
            "  engineroom restore shop/data/backups/shop-20261121T030000000Z.backup --folder shop",
            "  engineroom restore --folder shop --at 2026-11-21T10:00:00Z",
            "  engineroom restore --folder shop --sequence 4711 --into /tmp/look",
            "Stop the app first, or restore --into another data folder and look at it:",
            "  engineroom dev shop --data /tmp/look"));
  }

  @Override
  public int run(Given given) {
    var paths = given.paths();
    var file = paths.isEmpty() ? null : paths.getFirst();
    if (given.has(AT) && given.has(SEQUENCE)) {
      throw new WrongException("Give --at or --sequence, not both.");
    }
    if (file == null && !given.has(AT) && !given.has(SEQUENCE)) {
      throw new WrongException(
          "Say what to restore: a backup's FILE, or --at TIME, or --sequence NUMBER.");
    }
    var restoring =
        new Restoring(file, given.path("into"), time(given.text(AT)), number(given.text(SEQUENCE)));
    var folder = given.path("folder");
    var project = new Project(folder == null ? Path.of(".") : folder, given.path("data"));
    app.get().backups().restore(project, restoring).forEach(console.out()::println);
    return 0;
  }

  private static @Nullable Instant time(@Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException _) {
      throw new WrongException(
          "--at takes a time of UTC, as 2026-11-21T10:00:00Z, not " + text + ".");
    }
  }

  private static @Nullable Long number(@Nullable String text) {
    if (text == null) {
      return null;
    }
    if (!text.matches("[0-9]{1,18}")) {
      throw new WrongException("--sequence takes a number of 0 or more, not " + text + ".");
    }
    return Long.valueOf(text);
  }
}
