package engineroom.stores.sqlite.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Backups that are encrypted.
class SealedBackupTest {
  private static final BackupKey KEY = BackupKey.parse("0123456789abcdef".repeat(4));
  private static final BackupKey OTHER = BackupKey.parse("1123456789abcdef".repeat(4));
  private static final int CLOSED = Seal.CHUNK + Seal.TAG;
  private static final int FLIPS = 300;

  @TempDir Path folder;
  private Place place;
  private BackupFolder sealed;

  @BeforeEach
  void with_some_rows() {
    place = new Place(folder, 7);
    for (var i = 0; i < 40; i++) {
      place.write();
    }
    sealed = new BackupFolder(place.file, "Corner shop", place.clock, KEY);
  }

  @AfterEach
  void closed() {
    place.close();
  }

  private Path target() {
    return folder.resolve("restored" + System.nanoTime() + "/data/shop.db");
  }

  @Test
  void a_backup_is_proved_listed_and_gives_back_every_row() throws IOException {
    var before = place.state();
    var made = sealed.make();
    place.write();
    var backup = BackupFile.open(made.path(), KEY);
    backup.verify();
    Proof.of(backup, folder.resolve("proving"));
    var target = target();
    new Restore(sealed, target).whole(backup);
    assertThat(Place.state(target)).isEqualTo(before);
    assertThat(sealed.list().backups()).hasSize(1);
    assertThat(backup.manifest()).isEqualTo(made.manifest());
  }

  @Test
  void an_earlier_moment_is_found_in_it() {
    var before = place.state();
    place.write();
    sealed.make();
    var target = target();
    new Restore(sealed, target).at(new Moment.Number(before.sequence()), Place.MODEL);
    assertThat(Place.state(target)).isEqualTo(before);
  }

  @Test
  void nothing_of_the_app_can_be_read_in_the_file() throws IOException {
    var open = new String(bytes(place.backups.make()), StandardCharsets.ISO_8859_1);
    place.clock.advance(Duration.ofSeconds(1));
    var shut = new String(bytes(sealed.make()), StandardCharsets.ISO_8859_1);
    for (var word : new String[] {"Corner shop", "\"product\"", "sha256"}) {
      assertThat(open).contains(word);
      assertThat(shut).doesNotContain(word);
    }
  }

  private static byte[] bytes(BackupFile backup) throws IOException {
    return Files.readAllBytes(backup.path());
  }

  @Test
  void the_same_twice_is_encrypted_differently() throws IOException {
    var one = bytes(sealed.make());
    place.clock.advance(Duration.ofSeconds(1));
    var other = bytes(sealed.make());
    int same = 0;
    for (int at = Seal.HEADER; at < Math.min(one.length, other.length); at++) {
      same += one[at] == other[at] ? 1 : 0;
    }
    assertThat(same).isLessThan(one.length / 100);
  }

  @Test
  void another_key_or_none_is_told() throws IOException {
    var file = sealed.make().path();
    assertThatThrownBy(() -> BackupFile.open(file, OTHER))
        .isInstanceOf(BackupRefused.class)
        .hasMessageContaining("is encrypted under another key, or its first bytes are damaged.");
    assertThatThrownBy(() -> BackupFile.open(file))
        .isInstanceOf(BackupRefused.class)
        .hasMessageContaining("is encrypted, and no key is given.")
        .hasMessageContaining("Set ENGINEROOM_BACKUP_KEY");
    assertThat(place.backups.list().backups()).isEmpty();
    assertThat(place.backups.list().failed().getFirst()).contains("no key is given");
    assertThat(place.backups.prune(0)).isEmpty();
    assertThat(file).exists();
  }

  @Test
  void backups_from_before_there_was_a_key_are_read_all_the_same() {
    var open = place.backups.make();
    place.clock.advance(Duration.ofSeconds(1));
    sealed.make();
    assertThat(sealed.list().backups()).hasSize(2);
    BackupFile.open(open.path(), KEY).verify();
  }

  @Test
  void a_key_is_64_hex_digits_and_is_never_told() {
    for (var wrong :
        new String[] {"", "secret", "0123456789abcdef", "g".repeat(64), "ab".repeat(33)}) {
      assertThatThrownBy(() -> BackupKey.parse(wrong))
          .hasMessage(
              "The key of backups must be 64 hex digits. Make one with: openssl rand -hex 32");
    }
  }

  @Test
  void every_flipped_bit_is_refused() throws IOException {
    var bytes = bytes(sealed.make());
    var random = new Random(11);
    for (var i = 0; i < FLIPS; i++) {
      var at = i < 90 ? i : i < 180 ? bytes.length - 1 - (i - 90) : random.nextInt(bytes.length);
      var flipped = bytes.clone();
      flipped[at] ^= (byte) (1 << random.nextInt(8));
      refused(flipped, "byte " + at);
    }
  }

  @Test
  void every_cut_is_refused_also_between_chunks() throws IOException {
    var bytes = bytes(sealed.make());
    for (var i = 0; i < 40; i++) {
      refused(Arrays.copyOf(bytes, (int) ((long) bytes.length * i / 40)), "cut " + i);
    }
    for (int at = Seal.HEADER; at < bytes.length; at += CLOSED) {
      refused(Arrays.copyOf(bytes, at), "cut between chunks at " + at);
    }
    refused(Arrays.copyOf(bytes, bytes.length - 1), "cut by one");
    refused(Arrays.copyOf(bytes, bytes.length + 1), "one more");
    refused(Arrays.copyOf(bytes, bytes.length + CLOSED), "a chunk more");
  }

  @Test
  void chunks_can_t_change_places_nor_come_from_another_file() throws IOException {
    var one = sealed(new byte[3 * Seal.CHUNK]);
    var other = sealed(new byte[3 * Seal.CHUNK]);
    assertThat(content(one)).isEqualTo(new byte[3 * Seal.CHUNK]);
    var swapped = one.clone();
    System.arraycopy(one, Seal.HEADER, swapped, Seal.HEADER + CLOSED, CLOSED);
    System.arraycopy(one, Seal.HEADER + CLOSED, swapped, Seal.HEADER, CLOSED);
    var mixed = one.clone();
    System.arraycopy(other, Seal.HEADER, mixed, Seal.HEADER, CLOSED);
    var repeated = Arrays.copyOf(one, one.length + CLOSED);
    System.arraycopy(one, one.length - CLOSED, repeated, one.length, CLOSED);
    for (var wrong : new byte[][] {swapped, mixed, repeated}) {
      assertThatThrownBy(() -> content(wrong))
          .isInstanceOf(BackupRefused.class)
          .hasMessageContaining("are not those that were written there");
    }
  }

  private static byte[] sealed(byte[] bytes) throws IOException {
    var written = new ByteArrayOutputStream();
    try (var out = new SealingOutput(written, KEY)) {
      out.write(bytes);
    }
    return written.toByteArray();
  }

  private byte[] content(byte[] sealed) throws IOException {
    var file = folder.resolve("content");
    Files.write(file, sealed);
    try (var in = Content.of(file, KEY).from(0)) {
      return in.readAllBytes();
    }
  }

  private void refused(byte[] bytes, String what) throws IOException {
    var file = folder.resolve("damaged.backup");
    Files.write(file, bytes);
    var target = folder.resolve("never/data/shop.db");
    assertThatThrownBy(() -> new Restore(sealed, target).whole(BackupFile.open(file, KEY)), what)
        .as(what)
        .isInstanceOf(BackupRefused.class)
        .hasMessageContaining("damaged.backup")
        .hasMessageMatching("(?s).*(engineroom backup --list|version of Engineroom).*");
    assertThat(target).doesNotExist();
  }

  @Test
  void contents_of_every_length_come_back_from_every_place() throws IOException {
    for (int length :
        new int[] {0, 1, Seal.CHUNK - 1, Seal.CHUNK, Seal.CHUNK + 1, 3 * Seal.CHUNK}) {
      var bytes = new byte[length];
      new Random(length).nextBytes(bytes);
      var written = new ByteArrayOutputStream();
      try (var out = new SealingOutput(written, KEY)) {
        out.write(bytes, 0, length / 2);
        for (int at = length / 2; at < length; at++) {
          out.write(bytes[at]);
        }
      }
      var file = folder.resolve("content-" + length);
      Files.write(file, written.toByteArray());
      var content = Content.of(file, KEY);
      assertThat(content.length()).isEqualTo(length);
      for (int from : new int[] {0, 1, length / 2, length - 1, length}) {
        if (from >= 0 && from <= length) {
          try (var in = content.from(from)) {
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, from, length));
          }
        }
      }
    }
  }
}
