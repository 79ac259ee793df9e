package engineroom.stores.sqlite.backup;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.InflaterInputStream;

/// A backup's file. Nothing that it says is believed before its checksum is right.
public final class BackupFile {
  private static final int SUM = 32;
  private static final int ENDING = Long.BYTES + SUM + SUM;
  private static final long MANIFEST_MAX = 64L << 20;
  private static final int CHUNK = 1 << 16;
  static final String ANOTHER = "Take another one: engineroom backup --list shows what there is.";

  private final Path file;
  private final Content content;
  private final Manifest manifest;

  private BackupFile(Path file, Content content, Manifest manifest) {
    this.file = file;
    this.content = content;
    this.manifest = manifest;
  }

  /// A backup that is not encrypted.
  public static BackupFile open(Path file) {
    return open(file, BackupKey.NONE);
  }

  /// Reads what a backup says of itself; the rest is read by [#verify] and later.
  ///
  /// @param key for where it is encrypted
  public static BackupFile open(Path file, BackupKey key) {
    try {
      var content = Content.of(file, key);
      return new BackupFile(file, content, manifest(file, content));
    } catch (IOException e) {
      if (!Files.exists(file)) {
        throw missing(file);
      }
      throw new UncheckedIOException(file + " can't be read.", e);
    }
  }

  private static BackupRefused missing(Path file) {
    return new BackupRefused(
        "There is no file " + file + ".", "engineroom backup --list shows what there is.");
  }

  private static Manifest manifest(Path file, Content content) throws IOException {
    firstLine(file, content);
    if (content.length() < BackupWriter.FIRST_LINE.length + ENDING) {
      throw cut(file, content.length());
    }
    var ending = bytes(content, content.length() - ENDING, Long.BYTES + SUM);
    var length = ByteBuffer.wrap(ending).getLong();
    var room = content.length() - ENDING - BackupWriter.FIRST_LINE.length;
    if (length < 0 || length > Math.min(room, MANIFEST_MAX)) {
      throw cut(file, content.length());
    }
    var sum = Arrays.copyOfRange(ending, Long.BYTES, ending.length);
    var signed = bytes(content, content.length() - ENDING - length, (int) length + Long.BYTES);
    if (!MessageDigest.isEqual(sum, Disk.sha256().digest(signed))) {
      throw damaged(
          file, "its manifest (the last " + (length + ENDING) + " bytes) has another checksum");
    }
    try {
      return Manifest.read(new String(signed, 0, (int) length, StandardCharsets.UTF_8));
    } catch (RuntimeException _) {
      throw damaged(file, "its manifest can't be read");
    }
  }

  private static byte[] bytes(Content content, long offset, int count) throws IOException {
    try (var in = content.from(offset)) {
      return in.readNBytes(count);
    }
  }

  /// Tells a file of something else, and one of a later format, before anything else is read.
  private static void firstLine(Path file, Content content) throws IOException {
    var first = bytes(content, 0, BackupWriter.FIRST_LINE.length);
    if (Arrays.equals(first, BackupWriter.FIRST_LINE)) {
      return;
    }
    var line = new String(first, StandardCharsets.ISO_8859_1);
    if (line.matches(BackupWriter.BEGINNING + "[2-9].*(?s:.)?")) {
      throw new BackupRefused(
          file.getFileName() + " has a newer format than this version can read: 2.",
          "Restore it with the version of Engineroom that made it, or a later one.");
    }
    throw new BackupRefused(
        file.getFileName() + " is no backup of Engineroom, or its first bytes are damaged.",
        ANOTHER);
  }

  private static BackupRefused cut(Path file, long length) {
    return damaged(file, "its end is missing or damaged; it has " + length + " bytes");
  }

  static BackupRefused damaged(Path file, String where) {
    return new BackupRefused(file.getFileName() + " is damaged: " + where + ".", ANOTHER);
  }

  /// The file.
  public Path path() {
    return file;
  }

  /// What the backup says of itself.
  public Manifest manifest() {
    return manifest;
  }

  /// How many bytes the file has.
  public long bytes() {
    return file.toFile().length();
  }

  /// Reads every byte and refuses a file that is not as it was written.
  public void verify() {
    try {
      var whole = Disk.sha256();
      var sum = new byte[SUM];
      try (var in = input(0)) {
        add(whole, in, content.length() - SUM);
        in.readNBytes(sum, 0, SUM);
      }
      if (!MessageDigest.isEqual(sum, whole.digest())) {
        throw damaged(file, place());
      }
      database();
    } catch (NoSuchFileException _) {
      throw missing(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " can't be read.", e);
    }
  }

  private InputStream input(long offset) throws IOException {
    return new BufferedInputStream(content.from(offset), CHUNK);
  }

  private static void add(MessageDigest digest, InputStream in, long length) throws IOException {
    var chunk = new byte[CHUNK];
    for (var left = length; left > 0; ) {
      var read = in.read(chunk, 0, (int) Math.min(chunk.length, left));
      if (read < 0) {
        return; // the checksum tells
      }
      digest.update(chunk, 0, read);
      left -= read;
    }
  }

  /// Which part's bytes are not as they were written.
  private String place() throws IOException {
    for (var entry : manifest.parts().entrySet()) {
      var part = entry.getValue();
      var digest = Disk.sha256();
      try (var in = input(part.offset())) {
        add(digest, in, part.length());
      }
      if (!HexFormat.of().formatHex(digest.digest()).equals(part.sha256())) {
        return "the part %s (bytes %d to %d) has another checksum"
            .formatted(entry.getKey(), part.offset(), part.offset() + part.length() - 1);
      }
    }
    return "bytes outside of its parts have another checksum";
  }

  private Manifest.Part database() {
    var part = manifest.parts().get(Manifest.DATABASE);
    if (part == null || part.offset() + part.length() > content.length() - ENDING) {
      throw damaged(file, "it has no database");
    }
    return part;
  }

  /// Writes the database that is in a sound backup into a new file.
  void unpack(Path target) throws IOException {
    verify();
    var part = database();
    Disk.file(target);
    try (var in = input(part.offset());
        var out = Files.newOutputStream(target)) {
      var written = inflate(new InflaterInputStream(in), out, part.size());
      if (written != part.size()) {
        throw damaged(file, "its database has " + written + " bytes, not " + part.size());
      }
    }
  }

  /// Stops behind the size, so that no file can fill the disk with more than it says.
  private static long inflate(InputStream in, OutputStream out, long size) throws IOException {
    var chunk = new byte[CHUNK];
    var written = 0L;
    while (written <= size) {
      var read = in.read(chunk);
      if (read < 0) {
        break;
      }
      out.write(chunk, 0, read);
      written += read;
    }
    return written;
  }
}
