package engineroom.account.token;

/// Who issues tokens and for whom.
///
/// @param issuer `iss`, the address of this program as its clients know it
/// @param audience `aud`, the API that takes them
public record TokenIssuer(String issuer, String audience) {
  public TokenIssuer {
    if (issuer.isBlank() || audience.isBlank()) {
      throw new IllegalArgumentException("a token needs an issuer and an audience");
    }
  }
}
