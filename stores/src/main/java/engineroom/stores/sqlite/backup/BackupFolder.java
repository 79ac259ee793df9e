package engineroom.stores.sqlite.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The folder of an app's backups. A file that ends in `.backup` has been proved: it was restored
/// and compared row by row before it got this name. One that failed ends in `.failed`.
public final class BackupFolder {
  private static final String ENDING = ".backup";
  private static final String FAILED = ".failed";
  private static final String PARTIAL = ".partial";
  private static final String SCRATCH = "scratch-";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path folder;
  private final Path database;
  private final String app;
  private final InstantSource clock;
  private final BackupKey key;

  /// @param database the file, which may be open
  /// @param app the app's name
  public BackupFolder(Path database, String app, InstantSource clock) {
    this(database, app, clock, BackupKey.NONE);
  }

  /// @param key that backups are encrypted under
  public BackupFolder(Path database, String app, InstantSource clock, BackupKey key) {
    this.key = key;
    this.folder = Disk.parent(database).resolve("backups");
    this.database = database;
    this.app = app;
    this.clock = clock;
  }

  /// What there is: sound files by age, the newest first, and what is wrong with the others.
  public record Listed(List<BackupFile> backups, List<String> failed) {
    public Listed {
      backups = List.copyOf(backups);
      failed = List.copyOf(failed);
    }
  }

  /// The folder.
  public Path path() {
    return folder;
  }

  /// The name of the app that the backups are of.
  String app() {
    return app;
  }

  InstantSource clock() {
    return clock;
  }

  Path database() {
    return database;
  }

  /// Makes a backup and proves it. Whoever writes meanwhile need not wait.
  public synchronized BackupFile make() {
    if (!Files.exists(database)) {
      throw new BackupRefused(
          "There is no database " + database + " to back up.",
          "Start the app once, or name its data folder with --data.");
    }
    try {
      clean();
      return made(Disk.folder(folder));
    } catch (IOException e) {
      throw new BackupRefused(
          "The backup could not be made: " + told(e) + ".",
          "Free space or rights in " + folder + ", and make it again.");
    }
  }

  private static String told(IOException e) {
    var text = e.getMessage();
    return e.getClass().getSimpleName() + (text == null ? "" : ", " + text);
  }

  private BackupFile made(Path folder) throws IOException {
    var time = clock.instant();
    var name = slug(app) + "-" + STAMP.format(time) + ENDING;
    var partial = folder.resolve(name + PARTIAL);
    try {
      write(partial, time);
      return proved(partial, folder.resolve(name));
    } finally {
      Disk.delete(partial); // there still where the disk is full
    }
  }

  private void write(Path partial, Instant time) throws IOException {
    var scratch = Disk.folder(folder.resolve(SCRATCH + "copy"));
    try {
      var copy = scratch.resolve("copy.db");
      var snapshot = Snapshot.take(database, copy);
      var manifest =
          new Manifest(
              app, time, snapshot.sequence(), snapshot.model(), snapshot.contents(), Map.of());
      BackupWriter.write(partial, manifest, copy, key);
    } finally {
      Disk.delete(scratch);
    }
  }

  private BackupFile proved(Path partial, Path file) throws IOException {
    try {
      Proof.of(BackupFile.open(partial, key), folder.resolve(SCRATCH + "proof"));
    } catch (BackupRefused e) {
      var failed = file.resolveSibling(file.getFileName() + FAILED);
      forgetFailed();
      Disk.rename(partial, failed);
      throw new BackupRefused(
          "The backup that was just made failed its proof: " + e.what(),
          "It is kept as " + failed + ". Check the disk, and make another one.");
    }
    Disk.rename(partial, file);
    return BackupFile.open(file, key);
  }

  /// Only the last that failed is kept, or they would fill the disk.
  private void forgetFailed() throws IOException {
    for (var file : files()) {
      if (file.getFileName().toString().endsWith(ENDING + FAILED)) {
        Files.deleteIfExists(file);
      }
    }
  }

  /// The app's name as part of a file's name.
  private static String slug(String app) {
    var plain = Normalizer.normalize(app, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    var slug = plain.replaceAll("\\p{M}", "").replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    return slug.isEmpty() ? "app" : slug.substring(0, Math.min(slug.length(), 60));
  }

  /// What there is.
  public Listed list() {
    var backups = new ArrayList<BackupFile>();
    var failed = new ArrayList<String>();
    for (var file : files()) {
      var name = String.valueOf(file.getFileName());
      if (name.endsWith(ENDING + FAILED)) {
        failed.add(name + " failed its proof.");
      } else if (name.endsWith(ENDING)) {
        read(file, backups, failed);
      }
    }
    backups.sort(Comparator.comparing((BackupFile b) -> b.manifest().time()).reversed());
    return new Listed(backups, failed);
  }

  private void read(Path file, List<BackupFile> backups, List<String> failed) {
    try {
      var backup = BackupFile.open(file, key);
      if (backup.manifest().app().equals(app)) {
        backups.add(backup);
      }
    } catch (BackupRefused e) {
      failed.add(e.what());
    }
  }

  private List<Path> files() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " can't be read.", e);
    }
  }

  /// Deletes the oldest backups of the app beyond a number. To be called when a newer one has been
  /// proved. Returns the names of those that went.
  public synchronized List<String> prune(int keep) {
    var gone = new ArrayList<String>();
    try {
      for (var backup : list().backups().stream().skip(keep).toList()) {
        Files.deleteIfExists(backup.path());
        gone.add(String.valueOf(backup.path().getFileName()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("An old backup can't be deleted.", e);
    }
    return gone;
  }

  /// Removes what a backup or a restore that was cut off has left. To be called by the one program
  /// that has the database open.
  public synchronized void clean() {
    try {
      for (var file : files()) {
        var name = String.valueOf(file.getFileName());
        if (name.endsWith(PARTIAL) || name.startsWith(SCRATCH)) {
          Disk.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("What is left of a backup can't be deleted.", e);
    }
  }

  /// The time now as it stands in the names of files.
  String stamp() {
    return STAMP.format(clock.instant());
  }
}
