package engineroom.mail;

/// What becomes of a mail that is written.
public enum Posting {
  /// It waits for the server.
  SEND,
  /// It stays in the outbox: no server is set.
  KEEP,
  /// It stays in the outbox for the inbox page of `dev`, and only the newest stay.
  SHOW
}
