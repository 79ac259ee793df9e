package engineroom.backup;

import static engineroom.problem.ProblemException.problem;

import engineroom.app.App.ConfigException;
import engineroom.door.admin.Backups;
import engineroom.modelfile.Settings.BackupTimes;
import engineroom.problem.StoreProblem.Unavailable;
import engineroom.stores.sqlite.backup.BackupFile;
import engineroom.stores.sqlite.backup.BackupFolder;
import engineroom.stores.sqlite.backup.BackupKey;
import engineroom.stores.sqlite.backup.BackupRefused;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The backups of one app being served. Those that are due are made by [#tick]; each is proved
/// before an older one may go.
public final class AppBackups implements Backups {
  /// A backup that was missed is made up for when the start is over.
  static final Duration AFTER_START = Duration.ofMinutes(1);

  /// One that failed is tried again.
  static final Duration AFTER_FAILURE = Duration.ofHours(1);

  private static final String KEY = "ENGINEROOM_BACKUP_KEY";
  private static final System.Logger LOG = System.getLogger("engineroom.backup");

  private final Path database;
  private final InstantSource clock;
  private final BackupKey key;
  private final ReentrantLock making = new ReentrantLock();
  private volatile BackupFolder folder;
  private volatile @Nullable BackupTimes times;
  private volatile Instant notBefore;
  private volatile boolean scheduling;
  private volatile @Nullable Instant newest;
  private volatile @Nullable Last last;

  /// @param database the file, which this program has open
  /// @param key that they are encrypted under
  public AppBackups(Path database, InstantSource clock, BackupKey key) {
    this.database = database;
    this.clock = clock;
    this.key = key;
    this.folder = new BackupFolder(database, "", clock, key);
    this.notBefore = clock.instant().plus(AFTER_START);
    folder.clean();
  }

  /// The key that backups are encrypted under.
  ///
  /// @param environment may have it
  public static BackupKey key(Map<String, String> environment) {
    var text = environment.getOrDefault(KEY, "");
    if (text.isBlank()) {
      return BackupKey.NONE;
    }
    try {
      return BackupKey.parse(text);
    } catch (BackupRefused e) {
      throw new ConfigException(List.of(KEY + ": " + e.what() + " " + e.wayOut()));
    }
  }

  /// Takes the model's word.
  ///
  /// @param times when they are made; null for never
  public void follow(String app, @Nullable BackupTimes times) {
    this.folder = new BackupFolder(database, app, clock, key);
    this.times = times;
    this.newest = null;
  }

  @Override
  public One make() {
    if (!making.tryLock()) {
      throw problem(
          new Unavailable("A backup is being made already.", "Try again when it is done."));
    }
    try {
      return one(folder.make());
    } catch (BackupRefused e) {
      LOG.log(System.Logger.Level.ERROR, "backup failed: " + e.getMessage());
      throw problem(new Unavailable(e.what(), e.wayOut()));
    } finally {
      making.unlock();
    }
  }

  static One one(BackupFile file) {
    var manifest = file.manifest();
    return new One(
        String.valueOf(file.path().getFileName()),
        manifest.time(),
        manifest.sequence(),
        manifest.contents().rows(),
        file.bytes());
  }

  @Override
  public All all() {
    var listed = folder.list();
    return new All(
        listed.backups().stream().map(AppBackups::one).toList(), listed.failed(), next(), last);
  }

  private @Nullable Instant next() {
    var due = times;
    if (due == null || !scheduling) {
      return null;
    }
    var now = clock.instant();
    var slot = isDue(due, now) ? now : due.lastDue(now).plus(due.every());
    return slot.isBefore(notBefore) ? notBefore : slot;
  }

  private boolean isDue(BackupTimes due, Instant now) {
    var known = newest;
    if (known == null) {
      known =
          folder.list().backups().stream()
              .findFirst()
              .map(backup -> backup.manifest().time())
              .orElse(Instant.EPOCH);
      newest = known;
    }
    return known.isBefore(due.lastDue(now));
  }

  /// From now on backups are made when they are due.
  public void schedule() {
    scheduling = true;
  }

  /// Makes a backup where one is due.
  public void tick() {
    var due = times;
    var now = clock.instant();
    if (scheduling && due != null && !now.isBefore(notBefore) && isDue(due, now)) {
      scheduled(due, now);
    }
  }

  private void scheduled(BackupTimes due, Instant now) {
    making.lock();
    try {
      var made = one(folder.make());
      newest = made.time();
      var gone = folder.prune(due.keep());
      tell(
          new Last(
              now,
              true,
              "backup=%s changes=%d rows=%d bytes=%d: proved, every row restored and compared%s"
                  .formatted(
                      made.name(),
                      made.sequence(),
                      made.rows(),
                      made.bytes(),
                      gone.isEmpty() ? "" : "; deleted " + String.join(", ", gone))));
    } catch (RuntimeException e) {
      // whatever it was, the app goes on; the owner is told, and it is tried again
      notBefore = now.plus(shorter(due.every(), AFTER_FAILURE));
      tell(new Last(now, false, "backup failed: " + e.getMessage()));
    } finally {
      making.unlock();
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void tell(Last result) {
    last = result;
    LOG.log(result.proved() ? System.Logger.Level.INFO : System.Logger.Level.ERROR, result.text());
  }
}
