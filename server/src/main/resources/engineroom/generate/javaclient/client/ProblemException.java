package {{package}}.client;

/** Thrown where a request fails. Its {@link #problem} is taken apart by its type. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Problem problem;

  /** A failure with what is told of it. */
  public ProblemException(Problem problem) {
    this(problem, null);
  }

  /** A failure with what led to it. */
  public ProblemException(Problem problem, Throwable cause) {
    super(problem.details().toString(), cause);
    this.problem = problem;
  }

  /** What went wrong. */
  public Problem problem() {
    return problem;
  }
}
