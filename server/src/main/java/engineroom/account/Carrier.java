package engineroom.account;

/// What carries a session from request to request.
public enum Carrier {
  /// Tokens that an app keeps.
  APP,
  /// A cookie that a browser keeps.
  BROWSER
}
