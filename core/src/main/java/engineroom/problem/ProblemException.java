package engineroom.problem;

/// Carries a [Problem] to the door that tells the caller. Has no stack trace: it is an answer and
/// not a bug.
public final class ProblemException extends RuntimeException {
  private final transient Problem problem;

  private ProblemException(Problem problem) {
    super(problem.code() + ": " + problem.title(), null, false, false);
    this.problem = problem;
  }

  /// Makes the exception to throw: `throw problem(new UnknownField(…))`.
  public static ProblemException problem(Problem problem) {
    return new ProblemException(problem);
  }

  /// What went wrong.
  public Problem problem() {
    return problem;
  }
}
