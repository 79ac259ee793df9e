package engineroom.backup;

import java.time.Duration;

/// Looks again and again whether a backup is due.
public final class BackupClock implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final Duration END = Duration.ofSeconds(5);

  private final AppBackups backups;
  private final Thread thread;
  private volatile boolean closing;

  private BackupClock(AppBackups backups) {
    this.backups = backups;
    this.thread = Thread.ofPlatform().daemon().name("backups").unstarted(this::loop);
  }

  public static BackupClock start(AppBackups backups) {
    var clock = new BackupClock(backups);
    backups.schedule();
    clock.thread.start();
    return clock;
  }

  private void loop() {
    try {
      while (!closing) {
        backups.tick();
        Thread.sleep(EVERY);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Ends; a backup under way is given a moment, and what is left of it goes at the next start.
  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      var _ = thread.join(END);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
