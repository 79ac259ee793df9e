package engineroom.backup;

import engineroom.app.BackupWork;
import engineroom.backup.ControlLine.Reply;
import engineroom.door.admin.Backups;
import engineroom.model.Model;
import engineroom.problem.ProblemException;
import engineroom.stores.sqlite.FileLocks;
import engineroom.stores.sqlite.backup.BackupFile;
import engineroom.stores.sqlite.backup.BackupFolder;
import engineroom.stores.sqlite.backup.BackupKey;
import engineroom.stores.sqlite.backup.Moment;
import engineroom.stores.sqlite.backup.Proof;
import engineroom.stores.sqlite.backup.Restore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Does what the commands about backups ask for.
public final class BackupDesk implements BackupWork {
  /// What the command line sends to the program that serves the app.
  private static final String WORD = "backup";

  private final Function<Project, App> apps;
  private final InstantSource clock;
  private final BackupKey key;

  /// @param apps reads a project
  /// @param key that backups are encrypted under
  public BackupDesk(Function<Project, App> apps, InstantSource clock, BackupKey key) {
    this.apps = apps;
    this.clock = clock;
    this.key = key;
  }

  /// An app: its model, and its database's file.
  public record App(Model model, Path database) {
    private Path data() {
      return Objects.requireNonNull(database.getParent(), "a database is in a folder");
    }
  }

  /// Answers the command line from within the program that serves the app.
  ///
  /// @param data the folder that the program writes into
  /// @param others what it may ask besides, by their words
  public static @Nullable ControlLine answering(
      Path data, Backups backups, Map<String, Supplier<Reply>> others) {
    return ControlLine.listen(
        data,
        word -> {
          var other = others.get(word);
          return other == null ? answer(word, data.resolve("backups"), backups) : other.get();
        });
  }

  private static Reply answer(String word, Path folder, Backups backups) {
    if (!word.equals(WORD)) {
      return new Reply(false, List.of("The program that serves knows no " + word + "."));
    }
    try {
      return new Reply(true, BackupTexts.made(backups.make(), folder));
    } catch (ProblemException e) {
      return new Reply(false, List.of(told(e)));
    } catch (RuntimeException e) {
      return new Reply(false, List.of(String.valueOf(e.getMessage())));
    }
  }

  private static String told(ProblemException e) {
    var hint = e.problem().hint();
    return hint == null ? e.problem().title() : e.problem().title() + " " + hint;
  }

  private BackupFolder folder(App app) {
    return new BackupFolder(app.database(), app.model().name(), clock, key);
  }

  @Override
  public List<String> make(Project project) {
    var app = apps.apply(project);
    var reply = ControlLine.send(app.data(), WORD);
    if (reply.isEmpty()) {
      return alone(app);
    }
    if (!reply.get().done()) {
      throw new Failure(String.join(" ", reply.get().lines()));
    }
    return reply.get().lines();
  }

  /// Makes it in this program, as nobody serves the app.
  private List<String> alone(App app) {
    if (!Files.exists(app.database())) {
      throw new Failure(
          "There is no database "
              + app.database()
              + ". Start the app once, or name its data folder with --data.");
    }
    try (var _ = FileLocks.locked(app.database())) {
      var backups = new AppBackups(app.database(), clock, key);
      backups.follow(app.model().name(), null);
      return BackupTexts.made(backups.make(), folder(app).path());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ProblemException e) {
      throw new Failure(told(e));
    }
  }

  @Override
  public List<String> list(Project project) {
    var app = apps.apply(project);
    var listed = folder(app).list();
    return BackupTexts.all(
        new Backups.All(
            listed.backups().stream().map(AppBackups::one).toList(), listed.failed(), null, null));
  }

  @Override
  public List<String> verify(Path file) {
    var backup = BackupFile.open(file, key);
    backup.verify();
    return List.of(
        "%s is whole: %s, made %s, every byte as it was written."
            .formatted(file, backup.manifest().app(), backup.manifest().time()));
  }

  @Override
  public List<String> prove(Path file) {
    var backup = BackupFile.open(file, key);
    try {
      Proof.of(backup, scratch(file));
    } catch (IOException e) {
      throw new UncheckedIOException("The scratch place can't be written: " + e.getMessage(), e);
    }
    return List.of(
        "%s is proved: restored into a scratch place, all %,d rows of %d tables compared."
            .formatted(
                file,
                backup.manifest().contents().rows(),
                backup.manifest().contents().tables().size()));
  }

  /// Beside the backup, where there is room for another; elsewhere where that can't be written.
  private static Path scratch(Path file) throws IOException {
    var beside = file.toAbsolutePath().getParent();
    return beside != null && Files.isWritable(beside)
        ? Files.createTempDirectory(beside, "proving-")
        : Files.createTempDirectory("proving-");
  }

  @Override
  public List<String> restore(Project project, Restoring restoring) {
    var app = apps.apply(project);
    var into = restoring.into();
    var target =
        into == null ? app.database() : into.resolve(app.database().getFileName()).toAbsolutePath();
    var restore = new Restore(folder(app), target);
    try {
      return BackupTexts.restored(restored(restore, app.model(), restoring), target);
    } catch (ProblemException e) {
      throw new Failure(
          e.problem().title() + " Stop it first, or restore --into another data folder.");
    }
  }

  private Restore.Restored restored(Restore restore, Model model, Restoring restoring) {
    var moment = moment(restoring);
    var file = restoring.file();
    if (file == null) {
      return restore.at(Objects.requireNonNull(moment, "the command asks for one"), model);
    }
    var backup = BackupFile.open(file, key);
    return moment == null ? restore.whole(backup) : restore.at(backup, moment, model);
  }

  private static @Nullable Moment moment(Restoring restoring) {
    var at = restoring.at();
    var sequence = restoring.sequence();
    if (at != null) {
      return new Moment.At(at);
    }
    return sequence == null ? null : new Moment.Number(sequence);
  }

  /// Tells on the command line why something was not done; it ends with 1.
  static final class Failure extends RuntimeException {
    Failure(String text) {
      super(text);
    }
  }
}
