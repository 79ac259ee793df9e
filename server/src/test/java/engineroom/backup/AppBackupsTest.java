package engineroom.backup;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.app.App.ConfigException;
import engineroom.door.admin.Backups;
import engineroom.modelfile.Settings.BackupTimes;
import engineroom.problem.ProblemException;
import engineroom.stores.sqlite.SqliteDatabase;
import engineroom.stores.sqlite.backup.BackupFolder;
import engineroom.stores.sqlite.backup.BackupKey;
import engineroom.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppBackupsTest {
  private static final BackupTimes NIGHTLY =
      new BackupTimes(Duration.ofDays(1), LocalTime.of(3, 0), 2);

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-21T10:00:00Z"));
  private Path file;
  private SqliteDatabase database;
  private AppBackups backups;

  @BeforeEach
  void with_an_open_database() {
    file = folder.resolve("data/app.db");
    database = SqliteDatabase.open(file);
    started();
  }

  @AfterEach
  void closed() {
    database.close();
  }

  private void started() {
    backups = new AppBackups(file, clock, BackupKey.NONE);
    backups.follow("Notes", NIGHTLY);
    backups.schedule();
  }

  private Backups.Last last() {
    return requireNonNull(backups.all().last());
  }

  private List<Instant> after(Duration time) {
    clock.advance(time);
    backups.tick();
    return backups.all().backups().stream().map(Backups.One::time).toList();
  }

  @Test
  void a_key_in_the_environment_encrypts_what_is_made() {
    var variable = "ENGINEROOM_BACKUP_KEY";
    var key = AppBackups.key(Map.of(variable, "ab".repeat(32)));
    backups = new AppBackups(file, clock, key);
    backups.follow("Notes", NIGHTLY);
    backups.schedule();
    assertThat(after(Duration.ofMinutes(1))).hasSize(1);
    assertThat(last().proved()).isTrue();
    var locked = new BackupFolder(file, "Notes", clock).list();
    assertThat(locked.backups()).isEmpty();
    assertThat(locked.failed().getFirst()).contains("is encrypted, and no key is given.");
    assertThat(AppBackups.key(Map.of())).isSameAs(BackupKey.NONE);
    assertThatThrownBy(() -> AppBackups.key(Map.of(variable, "not a key")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("ENGINEROOM_BACKUP_KEY: The key of backups must be 64 hex digits.");
  }

  @Test
  void makes_up_for_a_missed_one_when_the_start_is_over_and_then_each_night() {
    assertThat(backups.all().next()).isEqualTo("2026-11-21T10:01:00Z");
    assertThat(after(Duration.ofSeconds(59))).isEmpty();
    assertThat(after(Duration.ofSeconds(1))).hasSize(1);
    assertThat(backups.all().next()).isEqualTo("2026-11-22T03:00:00Z");
    assertThat(after(Duration.ofHours(16))).hasSize(1);
    assertThat(after(Duration.ofMinutes(59)))
        .containsExactly(
            Instant.parse("2026-11-22T03:00:00Z"), Instant.parse("2026-11-21T10:01:00Z"));
    assertThat(last().proved()).isTrue();
    assertThat(last().text())
        .matches(
            "backup=notes-20261122T030000000Z\\.backup changes=0 rows=\\d+ bytes=\\d+:"
                + " proved, every row restored and compared");
  }

  @Test
  void deletes_the_oldest_beyond_the_number_once_a_newer_one_is_proved() {
    var first = after(Duration.ofHours(17)).getFirst();
    after(Duration.ofDays(1));
    assertThat(after(Duration.ofDays(1))).hasSize(2).doesNotContain(first);
    assertThat(last().text()).contains("; deleted notes-20261122T030000000Z.backup");
  }

  @Test
  void knows_after_a_restart_what_was_made() {
    after(Duration.ofHours(17));
    started();
    assertThat(after(Duration.ofHours(2))).hasSize(1);
    assertThat(after(Duration.ofHours(22))).hasSize(2);
  }

  @Test
  void tells_a_failed_proof_keeps_the_file_apart_and_deletes_nothing() throws Exception {
    after(Duration.ofHours(17));
    var good = after(Duration.ofDays(1));
    spoil();
    assertThat(after(Duration.ofDays(1))).isEqualTo(good);
    var told = backups.all();
    assertThat(last().proved()).isFalse();
    assertThat(last().text())
        .startsWith(
            "backup failed: The backup that was just made failed its proof:"
                + " notes-20261124T030000000Z.backup.partial does not hold what it should:"
                + " a child refers to a parent that is gone")
        .endsWith("Check the disk, and make another one.");
    assertThat(told.failed())
        .containsExactly("notes-20261124T030000000Z.backup.failed failed its proof.");
    assertThatThrownBy(backups::make).isInstanceOf(ProblemException.class);
  }

  /// Breaks a rule of the database past the program.
  private void spoil() throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY)");
      statement.execute("CREATE TABLE child (parent INTEGER REFERENCES parent (id))");
      statement.execute("INSERT INTO child VALUES (7)");
    }
  }

  @Test
  void tries_again_an_hour_after_a_failure() throws IOException {
    Files.writeString(folder.resolve("data/backups"), "in the way");
    clock.advance(Duration.ofHours(17));
    backups.tick();
    assertThat(last().text()).startsWith("backup failed: The backup could not be");
    Files.delete(folder.resolve("data/backups"));
    assertThat(after(Duration.ofMinutes(59))).isEmpty();
    assertThat(after(Duration.ofMinutes(1))).hasSize(1);
  }

  @Test
  void makes_none_where_the_model_says_off() {
    backups.follow("Notes", null);
    assertThat(after(Duration.ofDays(3))).isEmpty();
    assertThat(backups.all().next()).isNull();
    backups.make();
    assertThat(backups.all().backups()).hasSize(1);
  }

  @Test
  void removes_at_a_start_what_a_killed_one_has_left() throws IOException {
    var left = folder.resolve("data/backups");
    Files.createDirectories(left.resolve("scratch-proof"));
    Files.writeString(left.resolve("scratch-proof/restored.db"), "half");
    Files.writeString(left.resolve("notes-20261121T030000000Z.backup.partial"), "half");
    started();
    try (var files = Files.list(left)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void counts_the_times_from_the_time_of_day() {
    var sixHourly = new BackupTimes(Duration.ofHours(6), LocalTime.of(3, 0), 1);
    assertThat(sixHourly.lastDue(Instant.parse("2026-11-21T14:59:59Z")))
        .isEqualTo("2026-11-21T09:00:00Z");
    assertThat(sixHourly.lastDue(Instant.parse("2026-11-21T15:00:00Z")))
        .isEqualTo("2026-11-21T15:00:00Z");
    var weekly = new BackupTimes(Duration.ofDays(7), LocalTime.of(3, 0), 1);
    assertThat(weekly.lastDue(Instant.parse("2026-11-21T10:00:00Z")))
        .as("Monday")
        .isEqualTo("2026-11-16T03:00:00Z");
    assertThat(NIGHTLY.lastDue(Instant.parse("2026-11-21T02:59:59Z")))
        .isEqualTo("2026-11-20T03:00:00Z");
  }
}
