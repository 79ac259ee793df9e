package engineroom.http;

/// Answers requests: a door, or a page of ours. A `ProblemException` becomes an answer by the
/// server's one table; anything else thrown is a bug and becomes a 500 without detail.
public interface Handler {
  Response handle(Request request);

  /// Whether the body of such a request is taken as it comes, within the limits of uploads, and not
  /// read in full before.
  default boolean streams(String method, String path) {
    return false;
  }
}
