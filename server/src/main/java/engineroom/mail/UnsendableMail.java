package engineroom.mail;

/// A mail that no repetition makes better: its message says why, for administrators, and names no
/// value of it.
final class UnsendableMail extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnsendableMail(String reason) {
    super(reason, null, false, false);
  }
}
