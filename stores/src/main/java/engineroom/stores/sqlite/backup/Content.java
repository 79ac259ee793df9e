package engineroom.stores.sqlite.backup;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

/// The bytes of a backup, whether its file is encrypted or not.
sealed interface Content {
  /// How many there are.
  long length();

  /// Reads them from one on.
  InputStream from(long offset) throws IOException;

  /// What a file holds.
  static Content of(Path file, BackupKey key) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var first = in.readNBytes(Seal.FIRST_LINE.length);
      return Arrays.equals(first, Seal.FIRST_LINE)
          ? Sealed.open(file, key, in)
          : new Plain(file, Files.size(file));
    }
  }

  /// A file that is not encrypted.
  record Plain(Path file, long length) implements Content {
    @Override
    public InputStream from(long offset) throws IOException {
      var in = Files.newInputStream(file);
      in.skipNBytes(offset);
      return in;
    }
  }

  /// A file that is encrypted; each chunk is believed once it is found to be the one that was
  /// written there.
  record Sealed(Path file, Seal seal, long chunks, long length) implements Content {
    private static Sealed open(Path file, BackupKey key, InputStream in) throws IOException {
      var salt = in.readNBytes(BackupKey.SALT_BYTES);
      var check = in.readNBytes(BackupKey.CHECK_BYTES);
      var name = file.getFileName();
      if (key.none()) {
        throw new BackupRefused(
            name + " is encrypted, and no key is given.",
            "Set ENGINEROOM_BACKUP_KEY to the key that it was made with. " + BackupFile.ANOTHER);
      }
      if (check.length < BackupKey.CHECK_BYTES || !MessageDigest.isEqual(check, key.check(salt))) {
        throw new BackupRefused(
            name + " is encrypted under another key, or its first bytes are damaged.",
            "Set ENGINEROOM_BACKUP_KEY to the key that it was made with. " + BackupFile.ANOTHER);
      }
      var closed = Files.size(file) - Seal.HEADER;
      var chunks = Math.ceilDiv(closed, Seal.CHUNK + Seal.TAG);
      var last = closed - (chunks - 1) * (Seal.CHUNK + Seal.TAG);
      if (chunks < 1 || last < Seal.TAG) {
        throw BackupFile.damaged(file, "its end is missing");
      }
      return new Sealed(file, new Seal(key.of(salt)), chunks, closed - chunks * Seal.TAG);
    }

    @Override
    public InputStream from(long offset) throws IOException {
      return new Opening(this, offset);
    }
  }

  /// Reads chunk after chunk.
  final class Opening extends InputStream {
    private final Sealed of;
    private final RandomAccessFile file;
    private long number;
    private byte[] chunk;
    private int at;

    private Opening(Sealed of, long offset) throws IOException {
      this.of = of;
      this.file = new RandomAccessFile(of.file().toFile(), "r");
      this.number = offset / Seal.CHUNK;
      this.chunk = new byte[0];
      try {
        next();
        at = (int) (offset % Seal.CHUNK);
      } catch (IOException | RuntimeException e) {
        file.close();
        throw e;
      }
    }

    /// Opens the next chunk; an empty one behind the last.
    private void next() throws IOException {
      chunk = number < of.chunks() ? opened() : new byte[0];
      at = 0;
      number++;
    }

    private byte[] opened() throws IOException {
      long from = Seal.HEADER + number * (Seal.CHUNK + Seal.TAG);
      boolean last = number == of.chunks() - 1;
      file.seek(from);
      var closed = new byte[(int) Math.min(Seal.CHUNK + Seal.TAG, file.length() - from)];
      try {
        file.readFully(closed);
        return of.seal().open(closed, number, last ? Seal.Place.LAST : Seal.Place.MIDDLE);
      } catch (GeneralSecurityException | EOFException _) {
        throw BackupFile.damaged(
            of.file(),
            "bytes %d to %d are not those that were written there"
                .formatted(from, from + closed.length - 1));
      }
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      if (count == 0) {
        return 0;
      }
      if (at >= chunk.length) {
        next();
      }
      int some = Math.min(count, chunk.length - at);
      if (some <= 0) {
        return -1;
      }
      System.arraycopy(chunk, at, bytes, from, some);
      at += some;
      return some;
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
