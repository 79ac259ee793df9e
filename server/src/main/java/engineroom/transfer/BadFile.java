package engineroom.transfer;

/// A file breaks the rules of its format, so that nothing behind that place can be told apart.
public final class BadFile extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final long line;

  /// @param message continues "line 3"
  BadFile(long line, String message) {
    super(message, null, false, false);
    this.line = line;
  }

  /// From 1.
  public long line() {
    return line;
  }

  public String text() {
    return String.valueOf(getMessage());
  }
}
