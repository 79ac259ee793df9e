package engineroom.mail;

import java.time.Instant;

/// A mail as it goes out.
///
/// @param key the same each time it is sent, so that a second copy is recognised as one
/// @param written becomes its date
record Letter(String key, Instant written, Mailbox from, Mailbox to, Rendered words) {
  /// `<0190…@example.org>`.
  String messageId() {
    return "<" + key + from.address().substring(from.address().lastIndexOf('@')) + ">";
  }
}
