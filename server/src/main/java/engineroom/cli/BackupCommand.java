package engineroom.cli;

import engineroom.cli.BackupWork.Project;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `engineroom backup`: makes a backup, or looks after those that are there.
@Command(
    name = "backup",
    description =
        "Makes a backup of the app's database, also while it is served, and proves it: "
            + "it is restored into a scratch place and every row compared.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  engineroom backup shop                  into shop/data/backups/",
      "  engineroom backup shop --list           what there is",
      "  engineroom backup --verify FILE         read every byte against its checksums",
      "  engineroom backup --prove FILE          restore it into a scratch place and compare",
      "Ends with 1 where a backup is not good."
    })
final class BackupCommand implements Callable<Integer> {
  private final Supplier<App> app;
  private final Main.Console console;

  @Mixin private ProjectFolder folder = new ProjectFolder();

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "the app's data folder; data/ in the project by default")
  private @Nullable Path data;

  @ArgGroup private @Nullable Instead instead;

  /// What to do instead of making one.
  static final class Instead {
    @Option(names = "--list", description = "list the backups, and files that are not good")
    private boolean list;

    @Option(names = "--verify", paramLabel = "FILE", description = "check every byte of a backup")
    private @Nullable Path verify;

    @Option(names = "--prove", paramLabel = "FILE", description = "restore and compare every row")
    private @Nullable Path prove;
  }

  BackupCommand(Supplier<App> app, Main.Console console) {
    this.app = app;
    this.console = console;
  }

  @Override
  public Integer call() {
    lines(app.get().backups()).forEach(console.out()::println);
    return 0;
  }

  private List<String> lines(BackupWork work) {
    var project = new Project(folder.path(), data);
    if (instead == null) {
      return work.make(project);
    }
    if (instead.verify != null) {
      return work.verify(instead.verify);
    }
    if (instead.prove != null) {
      return work.prove(instead.prove);
    }
    return instead.list ? work.list(project) : work.make(project);
  }
}
