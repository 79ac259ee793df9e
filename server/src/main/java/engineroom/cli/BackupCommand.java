package engineroom.cli;

import engineroom.app.App;
import engineroom.app.BackupWork;
import engineroom.app.BackupWork.Project;
import engineroom.cli.Given.WrongException;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// `engineroom backup`: makes a backup, or looks after those that are there.
final class BackupCommand implements Command {
  private static final String LIST = "list";
  private static final String VERIFY = "verify";
  private static final String PROVE = "prove";

  private final Supplier<App> app;
  private final Main.Console console;

  BackupCommand(Supplier<App> app, Main.Console console) {
    this.app = app;
    this.console = console;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "backup",
        "Makes a backup of the app's database, also while it is served, and proves it: "
            + "it is restored into a scratch place and every row compared.",
        Usage.Arguments.FOLDER,
        List.of(
            Usage.value("data", "FOLDER", "the program's own; data/ in the project by default"),
            Usage.flag(LIST, "list the backups instead, and files that are not good"),
            Usage.value(VERIFY, "FILE", "check every byte of a backup instead"),
            Usage.value(PROVE, "FILE", "restore a backup into a scratch place instead")),
        List.of(
            "  engineroom backup shop                  into shop/data/backups/",
            "  engineroom backup shop --list           what there is",
            "  engineroom backup --verify FILE         read every byte against its checksums",
            "  engineroom backup --prove FILE          restore it, and compare every row",
            "Exit codes: 0 done, 1 failed, or the backup is not good."));
  }

  @Override
  public int run(Given given) {
    if (Stream.of(LIST, VERIFY, PROVE).filter(given::has).count() > 1) {
      throw new WrongException("Give one of --list, --verify and --prove.");
    }
    lines(given, app.get().backups()).forEach(console.out()::println);
    return 0;
  }

  private static List<String> lines(Given given, BackupWork work) {
    var project = new Project(given.folder(), given.path("data"));
    var verified = given.path(VERIFY);
    if (verified != null) {
      return work.verify(verified);
    }
    var proved = given.path(PROVE);
    if (proved != null) {
      return work.prove(proved);
    }
    return given.has(LIST) ? work.list(project) : work.make(project);
  }
}
