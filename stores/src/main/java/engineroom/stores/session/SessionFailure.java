package engineroom.stores.session;

import java.sql.SQLException;

/// What a database answered instead of doing as told. Its message may show values of rows: it is
/// for nobody but the log.
public abstract class SessionFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  protected SessionFailure(SQLException cause) {
    super(cause.getMessage(), cause);
  }

  /// Whether a value could not be worked out, which the evaluator can.
  public abstract boolean unsaid();
}
