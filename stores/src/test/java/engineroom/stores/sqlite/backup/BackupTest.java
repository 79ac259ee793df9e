package engineroom.stores.sqlite.backup;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
  private static final int FLIPS = 400;

  @TempDir Path folder;
  private Place place;

  @BeforeEach
  void with_some_rows() {
    place = new Place(folder, 7);
    for (var i = 0; i < 40; i++) {
      place.write();
    }
  }

  @AfterEach
  void closed() {
    place.close();
  }

  private Place.State restored(BackupFile backup) {
    var target = folder.resolve("restored" + System.nanoTime() + "/data/shop.db");
    new Restore(place.backups, target).whole(backup);
    return Place.state(target);
  }

  private static Contents.Table table(Contents contents, String name) {
    return requireNonNull(contents.tables().get(name));
  }

  @Test
  void a_backup_gives_back_every_row_and_every_change() {
    var before = place.state();
    var backup = place.backups.make();
    place.write();
    assertThat(restored(backup)).isEqualTo(before);
    assertThat(backup.manifest().sequence()).isEqualTo(before.sequence());
    assertThat(table(backup.manifest().contents(), "product").rows())
        .isEqualTo(before.rows().size());
  }

  @Test
  void a_backup_made_during_writes_is_one_moment_of_them() throws Exception {
    var before = place.state();
    var over = new AtomicBoolean();
    var states = new ArrayList<Place.State>();
    var writer =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!over.get()) {
                    place.write();
                    states.add(place.state());
                  }
                });
    var backups = new ArrayList<BackupFile>();
    for (var i = 0; i < 3; i++) {
      backups.add(place.backups.make());
    }
    over.set(true);
    writer.join();
    for (var backup : backups) {
      var of = backup.manifest().sequence();
      var restored = restored(backup);
      assertThat(restored.sequence()).isEqualTo(of);
      assertThat(restored.rows()).isEqualTo(Place.replayed(restored.changes()));
      if (of > before.sequence()) {
        assertThat(states).as("no write is in by halves").contains(restored);
      }
    }
    assertThat(backups.getLast().manifest().sequence())
        .as("writes went on while backups were made")
        .isGreaterThan(backups.getFirst().manifest().sequence());
  }

  @Test
  void every_flipped_byte_is_refused_with_the_place() throws IOException {
    var bytes = Files.readAllBytes(place.backups.make().path());
    var random = new Random(11);
    var target = folder.resolve("never/data/shop.db");
    for (var i = 0; i < FLIPS; i++) {
      // the first and the last bytes one by one, then anywhere
      var at = i < 60 ? i : i < 200 ? bytes.length - 1 - (i - 60) : random.nextInt(bytes.length);
      var flipped = bytes.clone();
      flipped[at] ^= (byte) (1 << random.nextInt(8));
      refused(flipped, target, "byte " + at);
    }
    assertThat(target).doesNotExist();
  }

  @Test
  void every_cut_is_refused() throws IOException {
    var bytes = Files.readAllBytes(place.backups.make().path());
    var target = folder.resolve("never/data/shop.db");
    for (var i = 0; i < 60; i++) {
      refused(Arrays.copyOf(bytes, (int) ((long) bytes.length * i / 60)), target, "cut " + i);
    }
    refused(Arrays.copyOf(bytes, bytes.length - 1), target, "cut by one");
    refused(Arrays.copyOf(bytes, bytes.length + 1), target, "one more");
    assertThat(target).doesNotExist();
  }

  private void refused(byte[] bytes, Path target, String what) throws IOException {
    var file = folder.resolve("damaged.backup");
    Files.write(file, bytes);
    assertThatThrownBy(
            () -> new Restore(place.backups, target).whole(BackupFile.open(file)), "%s", what)
        .as(what)
        .isInstanceOf(BackupRefused.class)
        .hasMessageContaining("damaged.backup")
        .hasMessageMatching("(?s).*(engineroom backup --list|version of Engineroom).*");
  }

  @Test
  void tells_which_part_is_damaged_and_which_bytes() throws IOException {
    var backup = place.backups.make();
    var bytes = Files.readAllBytes(backup.path());
    bytes[5_000 % bytes.length] ^= 1;
    Files.write(backup.path(), bytes);
    assertThatThrownBy(() -> BackupFile.open(backup.path()).verify())
        .hasMessageMatching(
            "corner-shop-20261121T\\d{9}Z\\.backup is damaged: the part database \\(bytes 20 to"
                + " \\d+\\) has another checksum\\. Take another one: engineroom backup --list"
                + " shows what there is\\.");
  }

  @Test
  void refuses_a_newer_format_and_another_app() throws IOException {
    var backup = place.backups.make();
    var other = new BackupFolder(place.file, "Garden", place.clock);
    assertThatThrownBy(() -> new Restore(other, folder.resolve("x/shop.db")).whole(backup))
        .hasMessageContaining("is a backup of the app \"Corner shop\", not of \"Garden\".");
    var newer = folder.resolve("newer.backup");
    Files.writeString(newer, "engineroom backup 3\nwhatever comes then");
    assertThatThrownBy(() -> BackupFile.open(newer))
        .hasMessageContaining("newer.backup has a newer format than this version can read: 2.");
  }

  @Test
  void the_proof_finds_a_row_that_the_database_did_not_hold() throws Exception {
    var copy = folder.resolve("copy.db");
    var snapshot = Snapshot.take(place.file, copy);
    try (var connection = Snapshot.open(copy)) {
      Snapshot.run(
          connection, "UPDATE product SET stock = 2 WHERE _row = (SELECT max(_row) FROM product)");
    }
    var file = folder.resolve("wrong.backup");
    var manifest =
        new Manifest(
            "Corner shop",
            place.clock.instant(),
            snapshot.sequence(),
            snapshot.model(),
            snapshot.contents(),
            Map.of());
    BackupWriter.write(file, manifest, copy, BackupKey.NONE);
    assertThatThrownBy(() -> Proof.of(BackupFile.open(file), folder.resolve("proving")))
        .hasMessageContaining("wrong.backup does not hold what it should")
        .hasMessageContaining("rows of the table product differ");
    assertThat(folder.resolve("proving")).doesNotExist();
  }

  @Test
  void the_proof_finds_a_reference_to_nothing() throws Exception {
    var copy = folder.resolve("copy.db");
    Snapshot.take(place.file, copy);
    try (var connection = Snapshot.open(copy)) {
      Snapshot.run(
          connection,
          "UPDATE product SET category = 'gone' WHERE _row = (SELECT max(_row) FROM product)");
      assertThat(Proof.unsound(connection))
          .containsExactly("a product refers to a category that is gone");
    }
  }

  @Test
  void keeps_the_former_database_aside_and_refuses_while_it_is_open() {
    var backup = place.backups.make();
    place.write();
    var later = place.state();
    var restore = new Restore(place.backups, place.file);
    assertThatThrownBy(() -> restore.whole(backup))
        .hasMessageContaining("Another Engineroom has shop.db open already.");
    assertThat(place.state()).isEqualTo(later);
    place.close();
    var aside = requireNonNull(restore.whole(backup).aside());
    assertThat(Place.state(aside.resolve("shop.db"))).isEqualTo(later);
    assertThat(Place.state(place.file).sequence()).isEqualTo(backup.manifest().sequence());
    assertThat(aside.getFileName().toString()).startsWith("before-restore-20261121T");
    place.open();
  }

  @Test
  void deletes_only_what_is_beyond_the_number_to_keep() {
    var names = new ArrayList<String>();
    for (var i = 0; i < 4; i++) {
      place.clock.advance(Duration.ofHours(1));
      names.add(String.valueOf(place.backups.make().path().getFileName()));
    }
    assertThat(place.backups.prune(2)).containsExactly(names.get(1), names.get(0));
    assertThat(place.backups.list().backups())
        .extracting(backup -> backup.path().getFileName().toString())
        .containsExactly(names.get(3), names.get(2));
  }

  @Test
  void lists_damaged_and_failed_files_as_what_they_are() throws IOException {
    var good = place.backups.make();
    Files.writeString(good.path().resolveSibling("a.backup"), "rubbish");
    Files.writeString(good.path().resolveSibling("b.backup.failed"), "rubbish");
    var listed = place.backups.list();
    assertThat(listed.backups()).hasSize(1);
    assertThat(listed.failed())
        .containsExactly(
            "a.backup is no backup of Engineroom, or its first bytes are damaged.",
            "b.backup.failed failed its proof.");
  }

  @Test
  void only_its_owner_reads_a_backup_and_nothing_else_is_left_behind() throws IOException {
    var backup = place.backups.make();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup.path())))
        .isEqualTo("rw-------");
    try (var files = Files.list(place.backups.path())) {
      assertThat(files).containsExactly(backup.path());
    }
  }

  @Test
  void a_deleted_row_leaves_no_trace_in_the_tables_of_a_backup() throws Exception {
    var copy = folder.resolve("copy.db");
    Snapshot.take(place.file, copy);
    try (var connection = Snapshot.open(copy);
        var statement = connection.createStatement();
        var rows = statement.executeQuery("PRAGMA freelist_count")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong(1)).isZero();
    }
  }

  @Test
  void checksums_tell_values_of_different_kinds_apart() throws Exception {
    var sums = new ArrayList<String>();
    for (var value : List.of("1", "'1'", "1.5", "NULL", "x'31'", "''")) {
      var file = folder.resolve("kind" + sums.size() + ".db");
      try (var connection = Snapshot.open(file)) {
        Snapshot.run(connection, "CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
        Snapshot.run(connection, "INSERT INTO t VALUES (1, " + value + ")");
        sums.add(table(Contents.of(connection), "t").sha256());
      }
    }
    assertThat(sums).doesNotHaveDuplicates();
    assertThat(HexFormat.of().parseHex(sums.getFirst())).hasSize(32);
  }
}
