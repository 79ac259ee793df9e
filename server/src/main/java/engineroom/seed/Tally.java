package engineroom.seed;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Counts rows and bytes and tells of them.
final class Tally {
  private final Progress progress;
  private final long bytesInAll;
  private long bytes;
  private long rows;

  Tally(Progress progress, long bytesInAll) {
    this.progress = progress;
    this.bytesInAll = bytesInAll;
  }

  void rows(int more) {
    rows += more;
    progress.read(rows, bytes, bytesInAll);
  }

  long rows() {
    return rows;
  }

  /// The same stream, its bytes counted.
  InputStream counted(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        int read = super.read();
        bytes += read < 0 ? 0 : 1;
        return read;
      }

      @Override
      public int read(byte[] into, int from, int length) throws IOException {
        int read = super.read(into, from, length);
        bytes += Math.max(read, 0);
        return read;
      }
    };
  }
}
