package engineroom.stores.sqlite.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/// Writes the file of a backup: a line that says what it is, the parts, the manifest and its
/// length, a checksum of these two, and a checksum of everything before.
final class BackupWriter {
  static final String BEGINNING = "engineroom backup ";
  static final byte[] FIRST_LINE =
      (BEGINNING + Manifest.FORMAT + "\n").getBytes(StandardCharsets.US_ASCII);

  private BackupWriter() {}

  /// Counts what goes through.
  private static final class Counting extends OutputStream {
    private final OutputStream out;
    private long count;

    Counting(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int one) throws IOException {
      out.write(one);
      count++;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
      count += length;
    }
  }

  /// Writes a file and returns when it is on the disk.
  ///
  /// @param manifest without its parts
  static Manifest write(Path file, Manifest manifest, Path database, BackupKey key)
      throws IOException {
    var digest = Disk.sha256();
    Disk.file(file);
    try (var raw = new BufferedOutputStream(output(file, key));
        var out = new DigestOutputStream(raw, digest)) {
      out.write(FIRST_LINE);
      var whole = manifest.with(part(out, database));
      var json = whole.json().getBytes(StandardCharsets.UTF_8);
      var length = ByteBuffer.allocate(Long.BYTES).putLong(0, json.length).array();
      out.write(json);
      out.write(length);
      var ofManifest = Disk.sha256();
      ofManifest.update(json);
      out.write(ofManifest.digest(length));
      raw.write(digest.digest());
      return whole;
    } finally {
      Disk.sync(file);
    }
  }

  private static OutputStream output(Path file, BackupKey key) throws IOException {
    var out = Files.newOutputStream(file);
    return key.none() ? out : new SealingOutput(new BufferedOutputStream(out), key);
  }

  private static Manifest.Part part(OutputStream out, Path database) throws IOException {
    var digest = Disk.sha256();
    var counting = new Counting(new DigestOutputStream(out, digest));
    try (var deflater = new Deflater(Deflater.BEST_SPEED)) {
      var compressed = new DeflaterOutputStream(counting, deflater, 1 << 16);
      Files.copy(database, compressed);
      compressed.finish();
    }
    return new Manifest.Part(
        FIRST_LINE.length,
        counting.count,
        Files.size(database),
        HexFormat.of().formatHex(digest.digest()));
  }
}
