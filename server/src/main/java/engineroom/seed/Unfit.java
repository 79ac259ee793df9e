package engineroom.seed;

/// What is written in a seed can't be a value of its field.
final class Unfit extends RuntimeException {
  private static final long serialVersionUID = 1;

  Unfit(String message) {
    super(message, null, false, false);
  }

  /// Continues the field's name: `is not a date`.
  String text() {
    return String.valueOf(getMessage());
  }
}
