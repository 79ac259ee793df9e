package engineroom.account.token;

/// Why a signed token is refused. For logs: the caller learns only that it is.
enum TokenFault {
  TOO_LONG,
  /// Not three parts of base64url with JSON in them.
  MALFORMED,
  /// A header that asks for another key or for what is not understood.
  HEADER,
  TYPE,
  UNKNOWN_KEY,
  ALGORITHM,
  SIGNATURE,
  /// A claim is missing or is not what it must be.
  CLAIMS,
  ISSUER,
  AUDIENCE,
  EXPIRED,
  TOO_EARLY
}
