package engineroom.mail;

/// A mail as words.
///
/// @param language that it is in
/// @param subject one line
public record Rendered(String language, String subject, String text, String html) {
  /// Characters of a subject.
  static final int SUBJECT_MAX = 200;

  /// Bytes of the text, and of the HTML.
  static final int BODY_BYTES_MAX = 256 << 10;

  public Rendered {
    if (Plain.isBroken(subject) || subject.length() > SUBJECT_MAX) {
      throw new IllegalArgumentException("a subject is one line of " + SUBJECT_MAX);
    }
  }
}
