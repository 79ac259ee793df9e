package engineroom.account.token;

/// A new token.
///
/// @param text what the client sends: never stored, never logged
public record IssuedToken(String text, TokenClaims claims) {
  /// Without the secret.
  @Override
  public String toString() {
    return "token " + claims.id();
  }
}
