package engineroom.mail;

/// How an attempt to send ended.
sealed interface Delivery {
  /// The server took it.
  enum Sent implements Delivery {
    SENT
  }

  /// It may go well another time.
  record Later(String reason) implements Delivery {}

  /// It never will.
  record Refused(String reason) implements Delivery {}
}
