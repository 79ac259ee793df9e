package engineroom.seed;

/// Hears how far the reading of a seed is, after every batch.
public interface Progress {
  /// So much is read.
  ///
  /// @param bytesInAll of all files
  void read(long rows, long bytesRead, long bytesInAll);
}
