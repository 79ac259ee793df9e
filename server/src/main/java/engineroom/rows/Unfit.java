package engineroom.rows;

/// What is written in a file can't be a value of its field.
public final class Unfit extends RuntimeException {
  private static final long serialVersionUID = 1;

  public Unfit(String message) {
    super(message, null, false, false);
  }

  /// Continues the field's name: `is not a date`.
  public String text() {
    return String.valueOf(getMessage());
  }
}
