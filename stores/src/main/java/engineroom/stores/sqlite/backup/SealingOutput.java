package engineroom.stores.sqlite.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;

/// Encrypts what goes through; the last chunk is written when it is closed.
final class SealingOutput extends OutputStream {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final OutputStream out;
  private final Seal seal;
  private final byte[] chunk = new byte[Seal.CHUNK];
  private int length;
  private long number;
  private boolean closed;

  SealingOutput(OutputStream out, BackupKey key) throws IOException {
    this.out = out;
    var salt = new byte[BackupKey.SALT_BYTES];
    RANDOM.nextBytes(salt);
    this.seal = new Seal(key.of(salt));
    out.write(Seal.FIRST_LINE);
    out.write(salt);
    out.write(key.check(salt));
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    int at = from;
    int left = count;
    while (left > 0) {
      if (length == chunk.length) {
        put(Seal.Place.MIDDLE);
      }
      int some = Math.min(left, chunk.length - length);
      System.arraycopy(bytes, at, chunk, length, some);
      length += some;
      at += some;
      left -= some;
    }
  }

  private void put(Seal.Place place) throws IOException {
    out.write(seal.close(chunk, length, number, place));
    number++;
    length = 0;
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (out) {
      put(Seal.Place.LAST);
    }
  }
}
