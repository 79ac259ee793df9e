package engineroom.stores.sqlite.backup;

import engineroom.model.Model;
import engineroom.stores.sqlite.FileLocks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts a database in the place of the one that an app has. Everything is checked before anything
/// is touched, and the present database is moved aside, never overwritten.
public final class Restore {
  private final BackupFolder folder;
  private final Path target;

  /// @param folder of the app's backups
  /// @param target the database's file, which nobody may have open
  public Restore(BackupFolder folder, Path target) {
    this.folder = folder;
    this.target = target.toAbsolutePath();
  }

  /// What was done.
  ///
  /// @param source what it was made from
  /// @param sequence of the last change that is in
  /// @param aside where the database is now that was there before; null where there was none
  public record Restored(String source, long sequence, @Nullable Path aside) {
    private Restored although(BackupRefused nearer) {
      return new Restored(
          source + " (not the nearest, for: " + nearer.what() + ")", sequence, aside);
    }
  }

  /// Makes a database in a scratch place.
  private interface Work {
    Restored in(Path scratch) throws IOException;
  }

  /// Restores a whole backup.
  public Restored whole(BackupFile backup) {
    ofThisApp(backup);
    return placed(
        scratch -> {
          Proof.restored(backup, scratch);
          return new Restored(name(backup), backup.manifest().sequence(), null);
        });
  }

  /// Restores a backup as its app was at an earlier moment.
  public Restored at(BackupFile backup, Moment moment, Model model) {
    ofThisApp(backup);
    return placed(scratch -> rewound(backup, moment, model, scratch));
  }

  /// Restores the app as it was at a moment, from what is nearest behind it: a backup, or the
  /// present database.
  public Restored at(Moment moment, Model model) {
    if (moment instanceof Moment.At(var time) && time.isAfter(folder.clock().instant())) {
      throw new BackupRefused(time + " is yet to come.", "Give a moment that is past, in UTC.");
    }
    return placed(scratch -> nearest(moment, model, scratch));
  }

  private Restored nearest(Moment moment, Model model, Path scratch) throws IOException {
    BackupRefused first = null;
    for (var source : sources(moment, model)) {
      try {
        return first == null ? source.in(scratch) : source.in(scratch).although(first);
      } catch (BackupRefused e) {
        first = first == null ? e : first;
        Disk.delete(scratch);
      }
    }
    throw first == null
        ? new BackupRefused(
            "There is neither a database nor a backup that reaches to this moment.",
            "engineroom backup --list shows what there is.")
        : first;
  }

  /// What the moment can be reached from, by going back; the nearest first. A number means the
  /// present database's.
  private List<Work> sources(Moment moment, Model model) {
    var sources = new ArrayList<Work>();
    for (var backup : folder.list().backups().reversed()) {
      if (reaches(backup.manifest(), moment)) {
        sources.add(scratch -> rewound(backup, moment, model, scratch));
      }
    }
    if (Files.exists(folder.database())) {
      Work present = scratch -> rewoundPresent(moment, model, scratch);
      sources.add(moment instanceof Moment.Number ? 0 : sources.size(), present);
    }
    return sources;
  }

  private static boolean reaches(Manifest manifest, Moment moment) {
    return switch (moment) {
      case Moment.At(var time) -> !manifest.time().isBefore(time);
      case Moment.Number(var sequence) -> manifest.sequence() >= sequence;
    };
  }

  private static Restored rewound(BackupFile backup, Moment moment, Model model, Path scratch)
      throws IOException {
    if (!reaches(backup.manifest(), moment)) {
      throw new BackupRefused(
          name(backup)
              + " ends before this moment: it was made at "
              + backup.manifest().time()
              + ", with changes up to "
              + backup.manifest().sequence()
              + ".",
          "Leave the file out to have the right one found.");
    }
    Proof.restored(backup, scratch);
    return new Restored(name(backup), new Rewind(scratch, model).to(moment), null);
  }

  private Restored rewoundPresent(Moment moment, Model model, Path scratch) throws IOException {
    try {
      Snapshot.take(folder.database(), scratch);
    } catch (IOException e) {
      throw new BackupRefused(
          "The present database can't be read: " + e.getMessage() + ".",
          "Restore a whole backup: engineroom backup --list shows what there is.");
    }
    return new Restored("the present database", new Rewind(scratch, model).to(moment), null);
  }

  private static String name(BackupFile backup) {
    return String.valueOf(backup.path().getFileName());
  }

  private void ofThisApp(BackupFile backup) {
    var app = backup.manifest().app();
    if (!app.equals(folder.app())) {
      throw new BackupRefused(
          name(backup)
              + " is a backup of the app \""
              + app
              + "\", not of \""
              + folder.app()
              + "\".",
          "Restore it in that app's folder.");
    }
  }

  private Restored placed(Work work) {
    var backups = Disk.parent(target).resolve("backups");
    try {
      Disk.folder(backups);
      try (var _ = FileLocks.locked(target)) {
        var scratch = backups.resolve("scratch-restore");
        Disk.delete(scratch);
        Disk.folder(scratch);
        try {
          var file = scratch.resolve("restored.db");
          var restored = work.in(file);
          Disk.sync(file);
          return new Restored(restored.source(), restored.sequence(), swap(file, backups));
        } finally {
          Disk.delete(scratch);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The restore was given up: " + e.getMessage() + ". Nothing was lost.", e);
    }
  }

  /// Moves the present database aside and the new one into its place. Cut off at any point, one of
  /// them is in the place.
  private @Nullable Path swap(Path file, Path backups) throws IOException {
    Path aside = null;
    if (Files.exists(target)) {
      settle();
      aside = Disk.folder(backups.resolve("before-restore-" + folder.stamp()));
      for (var one : List.of("", "-wal", "-shm")) {
        keep(target.resolveSibling(target.getFileName() + one), aside);
      }
      Disk.syncFolder(aside);
      Disk.syncFolder(backups);
      // the log of the former database must not be taken for one of the new
      Files.deleteIfExists(target.resolveSibling(target.getFileName() + "-wal"));
      Files.deleteIfExists(target.resolveSibling(target.getFileName() + "-shm"));
      Disk.syncFolder(Disk.parent(target));
    }
    Disk.rename(file, target);
    return aside;
  }

  /// Moves what the database's log holds into its file. One that is too damaged for that is kept
  /// with its log.
  private void settle() {
    try (var connection = Snapshot.open(target)) {
      Snapshot.run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (SQLException e) {
      System.getLogger(Restore.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "The former database is damaged (" + e.getMessage() + ") and is kept as it is.");
    }
  }

  /// A second name for a file, or a copy where the disk has no second names.
  private static void keep(Path file, Path aside) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    var kept = aside.resolve(file.getFileName());
    try {
      Files.createLink(kept, file);
    } catch (UnsupportedOperationException | IOException _) {
      Files.copy(file, kept);
      Disk.sync(kept);
    }
  }
}
