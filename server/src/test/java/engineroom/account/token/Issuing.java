package engineroom.account.token;

import engineroom.json.JsonOut;
import engineroom.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// A program that issues tokens, with everything in reach that an attacker would like to change.
final class Issuing {
  static final TokenSubject ANNA = new TokenSubject("u1", "web", "s1", 7);
  static final TokenIssuer ISSUER = new TokenIssuer("https://shop.example", "https://api.example");

  final SecureRandom random = new SecureRandom();
  final ManualClock clock = new ManualClock(Instant.parse("2026-11-21T12:00:00Z"));
  final MasterKey master = MasterKey.create(random);
  final MemoryKeys store = new MemoryKeys();
  final KeyRing ring;
  final SignedTokens tokens;

  Issuing(SigningAlgorithm algorithm) {
    this.ring = ring(TokenKind.ACCESS, algorithm);
    this.tokens = new SignedTokens(ring, ISSUER, clock, random);
  }

  KeyRing ring(TokenKind kind, SigningAlgorithm algorithm) {
    return new KeyRing(kind, algorithm, store, master, clock, random);
  }

  /// The claims of a good token, to be spoiled.
  Map<String, Object> claims() {
    long now = clock.instant().getEpochSecond();
    var claims = new LinkedHashMap<String, Object>();
    claims.put("iss", ISSUER.issuer());
    claims.put("aud", ISSUER.audience());
    claims.put("sub", "u1");
    claims.put("client_id", "web");
    claims.put("iat", now);
    claims.put("nbf", now);
    claims.put("exp", now + 600);
    claims.put("jti", "j1");
    claims.put("sid", "s1");
    claims.put("ver", 7);
    return claims;
  }

  /// The header of a good token, to be spoiled.
  Map<String, Object> header() {
    var header = new LinkedHashMap<String, Object>();
    header.put("typ", "at+jwt");
    header.put("alg", ring.signing().algorithm().header());
    header.put("kid", ring.signing().kid());
    return header;
  }

  /// Signed by the good key, whatever the header says.
  String signed(Map<String, Object> header, Map<String, Object> claims) {
    return signed(json(header), json(claims));
  }

  String signed(String header, String claims) {
    var text = part(header) + "." + part(claims);
    var signature = ring.signing().material().sign(text.getBytes(StandardCharsets.US_ASCII));
    return text + "." + Base64Url.text(signature);
  }

  static String part(String text) {
    return Base64Url.text(text.getBytes(StandardCharsets.UTF_8));
  }

  static String json(Map<String, Object> members) {
    return new String(JsonOut.bytes(members), StandardCharsets.UTF_8);
  }

  /// Why a token is refused.
  TokenFault fault(String token) {
    try {
      tokens.read(token);
    } catch (RefusedToken refused) {
      return refused.fault();
    }
    throw new AssertionError("accepted: " + token);
  }
}
