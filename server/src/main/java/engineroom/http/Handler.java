package engineroom.http;

/// Answers requests: a door, or a page of ours. A `ProblemException` becomes an answer by the
/// server's one table; anything else thrown is a bug and becomes a 500 without detail.
public interface Handler {
  /// How the body of a request is taken.
  enum Intake {
    /// Read in full before the request is answered.
    WHOLE,
    /// As it comes, within the limits of files.
    FILE,
    /// As it comes, within the limits of streams, and answered while it comes.
    STREAM
  }

  Response handle(Request request);

  /// How the body of such a request is taken.
  default Intake intake(Request.Head head) {
    return Intake.WHOLE;
  }
}
