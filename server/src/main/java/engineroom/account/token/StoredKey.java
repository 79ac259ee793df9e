package engineroom.account.token;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A signing key as it is kept.
///
/// @param kid its id; one key only
/// @param kind the [TokenKind#key] of the tokens that it signs
/// @param sealedJwk the key itself, encrypted under the master key
/// @param notAfter no token signed by it is accepted later
/// @param retiredAt from then on another one signs; null while nobody knows when
public record StoredKey(
    String kid,
    String kind,
    String sealedJwk,
    Instant createdAt,
    Instant notAfter,
    @Nullable Instant retiredAt) {}
