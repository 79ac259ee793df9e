package engineroom.door.openapi;

/// The ranges that the document states.
///
/// @param pageRows rows of a page where a request names no limit
/// @param pageRowsMax the highest `limit`
/// @param newRowsMax rows that one request may create
/// @param foundRowsMax rows that one request may change or delete by a filter
/// @param batchMax requests of a batch
public record Limits(
    int pageRows, int pageRowsMax, int newRowsMax, int foundRowsMax, int batchMax) {
  public Limits {
    if (pageRows < 1 || pageRows > pageRowsMax || newRowsMax < 1) {
      throw new IllegalArgumentException(
          "pages of " + pageRows + " rows, at most " + pageRowsMax + ", can't be");
    }
    if (foundRowsMax < 1 || batchMax < 1) {
      throw new IllegalArgumentException("writes of many rows and batches begin at 1");
    }
  }

  /// As the design has them.
  public static Limits defaults() {
    return new Limits(50, 500, 10_000, 10_000, 100);
  }
}
