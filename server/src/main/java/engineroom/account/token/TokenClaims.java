package engineroom.account.token;

import java.time.Instant;

/// What a good token says.
///
/// @param id its own: `jti`
/// @param expiresAt by its own word, without the leeway for clocks
public record TokenClaims(TokenSubject subject, String id, Instant issuedAt, Instant expiresAt) {}
