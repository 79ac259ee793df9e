package engineroom.account.password;

/// What became of comparing a password with a stored hash.
public enum Verdict {
  RIGHT,
  /// Right, and kept by another algorithm or with less work than today's: hash it anew.
  RIGHT_BUT_WEAK,
  WRONG
}
